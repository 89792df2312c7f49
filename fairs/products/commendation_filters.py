"""What the list of commendations can be asked."""

import django_filters
from django import forms
from django.db.models import Sum
from django.utils import timezone

from fairs.enums import CommendationLevel, Recipient
from fairs.models import Commendation
from khuyencong.filters import TerritoryFilterSet
from khuyencong.money import format_amount


class CommendationFilter(TerritoryFilterSet):
    """Filters of commendations; `q` needs no diacritics."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Tập thể, cá nhân, số quyết định…", "type": "search"}),
    )
    year = django_filters.ChoiceFilter(
        choices=lambda: [(year, f"Năm {year}") for year in range(timezone.localdate().year, 2004, -1)],
        label="Năm",
        empty_label="Mọi năm",
    )
    level = django_filters.ChoiceFilter(choices=CommendationLevel.choices, label="Cấp khen", empty_label="Mọi cấp")
    recipient_kind = django_filters.ChoiceFilter(
        choices=Recipient.choices, label="Đối tượng", empty_label="Tập thể và cá nhân"
    )

    class Meta:
        model = Commendation
        fields = ["q", "province", "boundaries", "year", "level", "recipient_kind"]

    def search(self, queryset, name, value):
        return queryset.matching(value)


def strip(commendations):
    """How many collectives and individuals were commended, by level: for `_components/totals.html`. Sums `count`."""
    rows = commendations.order_by().values_list("level", "recipient_kind").annotate(Sum("count"))
    found = {(level, kind): number for level, kind, number in rows}
    whole = [{"label": kind.label, "value": format_amount(_of_kind(found, kind))} for kind in Recipient]
    return whole + [
        {"label": level.label, "unit": "tập thể / cá nhân", "value": _pair(found, level)}
        for level in CommendationLevel
        if any(one == level for one, _ in found)
    ]


def _of_kind(found, kind):
    return sum(number for (_, one), number in found.items() if one == kind)


def _pair(found, level):
    return " / ".join(format_amount(found.get((level, kind), 0)) for kind in Recipient)
