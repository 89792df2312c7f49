"""What the list of warnings can be asked: territory, how grave, decided or not."""

import django_filters

from khuyencong.filters import TerritoryFilterSet
from programmes.models import Scheme
from programmes.warnings.alerts import Severity

STATES = (("open", "Chưa kết luận"), ("decided", "Đã kết luận"), ("all", "Tất cả"))


class WarningFilter(TerritoryFilterSet):
    """Filters of warnings, which are no rows: `matches` answers for each."""

    state = django_filters.ChoiceFilter(choices=STATES, method="asked", label="Kết luận", empty_label=None)
    severity = django_filters.ChoiceFilter(
        choices=list(reversed(Severity.choices)), method="asked", label="Mức độ", empty_label="Mọi mức độ"
    )

    class Meta:
        model = Scheme
        fields = ["state", "severity", "province"]

    def __init__(self, *args, **kwargs):
        self.provinces = None
        super().__init__(*args, **kwargs)
        self.is_valid()
        self.filter_queryset(self.queryset)

    def within(self, queryset, provinces):
        self.provinces = frozenset(provinces)
        return queryset

    def is_here(self, shown):
        """It speaks of a record of the territory that was asked for."""
        return self.provinces is None or bool(self.provinces & shown.alert.provinces)

    def matches(self, shown):
        """It is here, of the severity and in the state that were asked for."""
        asked = self.form.cleaned_data
        state, severity = asked.get("state") or "open", asked.get("severity")
        return (
            self.is_here(shown)
            and (not severity or shown.alert.severity == int(severity))
            and (state == "all" or shown.is_open == (state == "open"))
        )
