"""What the list of administrative units can be asked."""

import django_filters
from django import forms
from django.db.models import Q

from khuyencong.boundaries import LineageMap
from khuyencong.filters import visible_provinces
from khuyencong.models import AdministrativeUnit

ENDED, ALL = "ended", "all"


class UnitFilter(django_filters.FilterSet):
    """Filters of the units; unless asked otherwise those of today. `q` needs no diacritics.

    A unit of today is found by the names, codes and districts that went into it, too.
    """

    q = django_filters.CharFilter(
        method="search",
        label="Tìm đơn vị hành chính",
        widget=forms.TextInput(attrs={"placeholder": "Tên mới, tên cũ, huyện cũ, mã…", "type": "search"}),
    )
    province = django_filters.ModelChoiceFilter(
        queryset=visible_provinces, method="in_province", label="Tỉnh, thành phố", empty_label="Mọi tỉnh, thành phố"
    )
    level = django_filters.ChoiceFilter(choices=AdministrativeUnit.Level.choices, label="Cấp", empty_label="Mọi cấp")
    time = django_filters.ChoiceFilter(
        choices=[(ENDED, "Đã hết hiệu lực"), (ALL, "Mọi thời kỳ")],
        method="in_time",
        label="Thời kỳ",
        empty_label="Hiện nay",
    )

    class Meta:
        model = AdministrativeUnit
        fields = ["q", "province", "level", "time"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if visible_provinces(self.request).values("name").distinct().order_by().count() == 1:
            del self.filters["province"]

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("time") else found.current()

    def search(self, queryset, name, value):
        found = AdministrativeUnit.objects.matching(value)
        lineage = LineageMap.of_units()
        ended = found.filter(valid_to__isnull=False).values_list("pk", flat=True)
        later = frozenset().union(*map(lineage.successors, ended))
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=later))

    def in_province(self, queryset, name, province):
        """Units of the province and of all that became a part of it."""
        return queryset.filter(province__in=LineageMap.of_provinces().ancestors(province.pk))

    def in_time(self, queryset, name, value):
        return queryset.filter(valid_to__isnull=False) if value == ENDED else queryset
