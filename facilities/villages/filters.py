"""What the list of craft villages can be asked."""

import django_filters
from django import forms

from facilities.clusters.filters import PlacedFilter
from facilities.models import CraftVillage, Trade


class VillageFilter(PlacedFilter):
    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Tên, sản phẩm, số quyết định, địa bàn…", "type": "search"}),
    )
    kind = django_filters.ChoiceFilter(choices=CraftVillage.Kind.choices, label="Loại", empty_label="Mọi loại")
    trades = django_filters.ModelChoiceFilter(
        queryset=Trade.objects.filter(is_active=True), label="Ngành nghề", empty_label="Mọi ngành nghề"
    )

    class Meta:
        model = CraftVillage
        fields = ["q", "province", "boundaries", "kind", "trades"]
