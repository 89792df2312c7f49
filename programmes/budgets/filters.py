"""Which year and territory the page of budgets is about."""

import django_filters
from django.db.models import Max, Min
from django.utils import timezone

from khuyencong.filters import TerritoryFilterSet
from khuyencong.scope import province_ids
from programmes.models import Allocation, PlanFunding, Scheme, YearBudget


def years(request):
    """From next year back to the first year with a budget or a scheme that the person may see."""
    this = timezone.localdate().year
    found = [
        model.objects.visible_to(request.user).aggregate(a=Min("year"), b=Max("year"))
        for model in (YearBudget, Scheme, PlanFunding)
    ]
    first = min([this, *(row["a"] for row in found if row["a"])])
    last = max([this + 1, *(row["b"] for row in found if row["b"])])
    return range(last, first - 1, -1)


class BudgetFilter(TerritoryFilterSet):
    """Decisions of one year, this year unless another is asked for; `provinces` are the ids that the page adds up."""

    year = django_filters.ChoiceFilter(choices=(), field_name="budget__year", label="Năm", empty_label=None)

    class Meta:
        model = Allocation
        fields = ["year"]

    def __init__(self, data=None, *args, **kwargs):
        data = data.copy()
        data.setdefault("year", str(timezone.localdate().year))
        super().__init__(data, *args, **kwargs)
        self.filters["year"].extra["choices"] = [(year, f"Năm {year}") for year in years(self.request)]
        self.provinces = province_ids(self.request.user) and sorted(province_ids(self.request.user))

    @property
    def chosen_year(self):
        """The year that the page is about."""
        chosen = self.form.cleaned_data.get("year") if self.form.is_valid() else None
        return int(chosen or timezone.localdate().year)

    def within(self, queryset, provinces):
        self.provinces = sorted(provinces if self.provinces is None else set(self.provinces) & set(provinces))
        return queryset.filter(budget__province__in=self.provinces)
