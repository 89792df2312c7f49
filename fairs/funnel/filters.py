"""What the funnel can be asked: years of decision, territory, one cycle."""

import django_filters

from fairs.models import SelectionCycle, SelectionRound
from fairs.selection.years import COUNTED_YEAR
from khuyencong.filters import TerritoryFilterSet


def _cycles(request):
    return SelectionCycle.objects.visible_to(request.user).order_by("-year", "name", "pk")


class FunnelFilter(TerritoryFilterSet):
    """Rounds, each in the year that it counts for."""

    first = django_filters.ChoiceFilter(
        choices=(), field_name="counted_year", lookup_expr="gte", label="Từ năm", empty_label="Từ đầu"
    )
    last = django_filters.ChoiceFilter(
        choices=(), field_name="counted_year", lookup_expr="lte", label="Đến năm", empty_label="Đến nay"
    )
    cycle = django_filters.ModelChoiceFilter(queryset=_cycles, label="Đợt bình chọn", empty_label="Mọi đợt")

    class Meta:
        model = SelectionRound
        fields = ["first", "last", "province", "boundaries", "cycle"]

    def __init__(self, data=None, *args, queryset, **kwargs):
        super().__init__(data, *args, queryset=queryset.annotate(counted_year=COUNTED_YEAR), **kwargs)
        seen = SelectionRound.objects.visible_to(self.request.user).annotate(counted_year=COUNTED_YEAR).order_by()
        years = sorted(set(seen.values_list("counted_year", flat=True)), reverse=True)
        for name, word in (("first", "Từ"), ("last", "Đến")):
            self.filters[name].extra["choices"] = [(year, f"{word} năm {year}") for year in years]

    def within(self, queryset, provinces):
        return queryset.filter(cycle__province__in=provinces)
