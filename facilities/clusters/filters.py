"""What the list of clusters can be asked."""

import django_filters
from django import forms

from facilities.clusters import stages
from facilities.models import IndustrialCluster
from khuyencong.boundaries import LineageMap
from khuyencong.models import Province


def provinces_of_today(request):
    """Provinces in force that the person may see."""
    return Province.objects.visible_to(request.user).current()


class PlacedFilter(django_filters.FilterSet):
    """What clusters and villages have in common: words without diacritics, and for people of all provinces the province.

    A province of today means also the records of those that went into it.
    """

    q = django_filters.CharFilter(method="search", label="Tìm trong danh sách")
    province = django_filters.ModelChoiceFilter(
        queryset=provinces_of_today,
        method="of_place",
        label="Tỉnh, thành phố",
        empty_label="Mọi tỉnh, thành phố",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.request.user.province_id:
            del self.filters["province"]

    def search(self, queryset, name, value):
        return queryset.matching(value)

    def of_place(self, queryset, name, value):
        return queryset.filter(province__in=LineageMap.of_provinces().ancestors(value.pk))


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
        fields = ["q", "province", "stage", "kind", "investor_kind"]

    def at_stage(self, queryset, name, value):
        return queryset.filter(stages.at_stage(value))


class SheetFilter(PlacedFilter):
    """Which clusters stand on the screen of half-yearly figures."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm cụm",
        widget=forms.TextInput(attrs={"placeholder": "Tên, địa bàn…", "type": "search"}),
    )

    class Meta:
        model = IndustrialCluster
        fields = ["q", "province"]
