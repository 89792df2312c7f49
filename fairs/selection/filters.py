"""What the list of cycles and the dossiers of a round can be asked."""

import django_filters
from django import forms

from fairs.enums import EntryStatus, ProductGroup
from fairs.models import Entry, Product, SelectionCycle
from khuyencong import text
from khuyencong.filters import TerritoryFilterSet


def years(request):
    """Years with a cycle that the person may see, newest first."""
    seen = SelectionCycle.objects.visible_to(request.user)
    return list(seen.order_by("-year").values_list("year", flat=True).distinct())


class CycleFilter(TerritoryFilterSet):
    """Filters of the cycles; `q` needs no diacritics: a province has few of them, so names are compared here."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm đợt bình chọn",
        widget=forms.TextInput(attrs={"placeholder": "Tên đợt, số kế hoạch…", "type": "search"}),
    )
    year = django_filters.ChoiceFilter(choices=(), label="Năm", empty_label="Mọi năm")

    class Meta:
        model = SelectionCycle
        fields = ["q", "year", "province", "boundaries"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = [(year, f"Năm {year}") for year in years(self.request)]

    def search(self, queryset, name, value):
        words = text.search_key(value).split()
        named = queryset.order_by().values_list("pk", "name", "plan_number")
        keys = {pk: text.search_key(" ".join(names)) for pk, *names in named}
        return queryset.filter(pk__in=[pk for pk, key in keys.items() if all(word in key for word in words)])


class EntryFilter(django_filters.FilterSet):
    """Filters of the dossiers of one round; `q` searches product and facility."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm hồ sơ",
        widget=forms.TextInput(attrs={"placeholder": "Sản phẩm, cơ sở…", "type": "search"}),
    )
    group = django_filters.ChoiceFilter(
        field_name="product__group", choices=ProductGroup.choices, label="Nhóm", empty_label="Mọi nhóm"
    )
    status = django_filters.ChoiceFilter(choices=EntryStatus.choices, label="Trạng thái", empty_label="Mọi trạng thái")

    class Meta:
        model = Entry
        fields = ["q", "group", "status"]

    def search(self, queryset, name, value):
        return queryset.filter(product__in=Product.objects.matching(value).order_by().values("pk"))
