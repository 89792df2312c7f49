"""What the list of clusters can be asked."""

import django_filters
from django import forms
from django.utils import timezone

from facilities.clusters import stages
from facilities.models import IndustrialCluster
from khuyencong.filters import TerritoryFilterSet


class PlacedFilter(TerritoryFilterSet):
    """What clusters and villages have in common: words without diacritics, and territory."""

    q = django_filters.CharFilter(method="search", label="Tìm trong danh sách")

    def search(self, queryset, name, value):
        return queryset.matching(value)


class ClusterFilter(PlacedFilter):
    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Tên, chủ đầu tư, số quyết định, địa bàn…", "type": "search"}),
    )
    stage = django_filters.ChoiceFilter(
        choices=stages.CHOICES, method="at_stage", label="Giai đoạn", empty_label="Mọi giai đoạn"
    )
    kind = django_filters.ChoiceFilter(choices=IndustrialCluster.Kind.choices, label="Loại", empty_label="Mọi loại")
    investor_kind = django_filters.ChoiceFilter(
        choices=IndustrialCluster.Investor.choices, label="Chủ đầu tư hạ tầng", empty_label="Mọi chủ đầu tư"
    )

    class Meta:
        model = IndustrialCluster
        fields = ["q", "province", "boundaries", "stage", "kind", "investor_kind"]

    def at_stage(self, queryset, name, value):
        return queryset.filter(stages.at_stage(value, timezone.localdate()))


class SheetFilter(PlacedFilter):
    """Which clusters stand on the screen of half-yearly figures."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm cụm",
        widget=forms.TextInput(attrs={"placeholder": "Tên, địa bàn…", "type": "search"}),
    )

    class Meta:
        model = IndustrialCluster
        fields = ["q", "province", "boundaries"]
