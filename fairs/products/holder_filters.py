"""What the list of those who have to report can be asked."""

import django_filters
from django import forms
from django.http import QueryDict
from django.utils import timezone

from facilities.models import Facility
from fairs.products import holders
from fairs.products.filters import matching
from khuyencong.boundaries import Boundaries
from khuyencong.filters import TerritoryFilterSet

STATES = (("missing", "Chưa báo cáo"), ("received", "Đã báo cáo"))


def asked_year(query, offered) -> int:
    """The year that `?year=` names, when it is offered; else the last that is over, else the newest."""
    typed = query.get("year", "")
    if typed in map(str, offered):
        return int(typed)
    return offered[min(1, len(offered) - 1)]


class HolderFilter(TerritoryFilterSet):
    """Filters of facilities that held a valid certificate in `year`, with what they reported."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Tên cơ sở, mã số thuế, địa bàn…", "type": "search"}),
    )
    year = django_filters.ChoiceFilter(choices=(), method="asked", label="Năm báo cáo", empty_label=None)
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label="Tình trạng", empty_label="Đã và chưa báo cáo"
    )

    class Meta:
        model = Facility
        fields = ["q", "year", "state", "province", "boundaries"]

    def __init__(self, data=None, *args, queryset, **kwargs):
        offered = holders.years(timezone.localdate())
        self.year = asked_year(data or {}, offered)
        data = data.copy() if data is not None else QueryDict(mutable=True)
        data["year"] = str(self.year)
        super().__init__(data, *args, queryset=holders.holders(queryset, self.year), **kwargs)
        self.filters["year"].extra["choices"] = [(year, f"Năm {year}") for year in offered]

    def search(self, queryset, name, value):
        return matching(queryset, value, "search_key")

    def in_state(self, queryset, name, value):
        return queryset.filter(report__isnull=value == "missing")

    def within(self, queryset, provinces):
        if self.basis == Boundaries.TODAY:
            return queryset.filter(province__in=provinces)
        return queryset.filter(pk__in=Facility.objects.once_in(self.form.cleaned_data["province"]).values("pk"))
