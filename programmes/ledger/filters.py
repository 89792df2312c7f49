"""What the book of a province and its reconciliation can be asked."""

import django_filters
from django import forms
from django.db.models import Max, Min, Q

from khuyencong import text
from khuyencong.filters import TerritoryFilterSet
from khuyencong.forms import DateField, DateInput
from programmes.enums import DECIDED, Level, Status
from programmes.models import FundingSource, ImplementingUnit, LedgerEntry, Scheme

RECONCILED = (*DECIDED, Status.TERMINATED)


class DayFilter(django_filters.Filter):
    """A day typed as dd/mm/yyyy."""

    field_class = DateField


def units(request):
    """Units that carry out schemes which the person may see."""
    seen = Scheme.objects.visible_to(request.user).filter(status__in=RECONCILED).order_by()
    return ImplementingUnit.objects.filter(pk__in=seen.values("implementing_unit"))


def years(request):
    """From the newest year with a decided scheme that the person may see to the oldest."""
    seen = Scheme.objects.visible_to(request.user).filter(status__in=RECONCILED)
    found = seen.aggregate(first=Min("year"), last=Max("year"))
    return list(range(found["last"], found["first"] - 1, -1)) if found["last"] else []


class LedgerFilter(TerritoryFilterSet):
    """Filters of the entries; `q` searches document, scheme and facility without diacritics."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong sổ",
        widget=forms.TextInput(attrs={"placeholder": "Số chứng từ, đề án…", "type": "search"}),
    )
    year = django_filters.ChoiceFilter(
        choices=(), field_name="scheme__year", label="Năm kế hoạch", empty_label="Mọi năm kế hoạch"
    )
    source = django_filters.ModelChoiceFilter(
        queryset=FundingSource.objects.filter(is_support=True), label="Nguồn", empty_label="Mọi nguồn"
    )
    kind = django_filters.ChoiceFilter(choices=LedgerEntry.Kind.choices, label="Loại", empty_label="Mọi loại")
    since = DayFilter(
        field_name="entered_on",
        lookup_expr="gte",
        label="Từ ngày",
        widget=DateInput(attrs={"placeholder": "Từ ngày dd/mm/yyyy"}),
    )
    until = DayFilter(
        field_name="entered_on",
        lookup_expr="lte",
        label="Đến ngày",
        widget=DateInput(attrs={"placeholder": "Đến ngày dd/mm/yyyy"}),
    )
    unit = django_filters.ModelChoiceFilter(
        queryset=units, field_name="scheme__implementing_unit", label="Đơn vị", empty_label="Mọi đơn vị thực hiện"
    )

    class Meta:
        model = LedgerEntry
        fields = ["q", "year", "source", "kind", "since", "until", "unit", "province"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = [(year, f"Kế hoạch {year}") for year in years(self.request)]

    def search(self, queryset, name, value):
        for word in text.search_key(value).split():
            queryset = queryset.filter(Q(document_number__icontains=word) | Q(scheme__search_key__contains=word))
        return queryset

    def within(self, queryset, provinces):
        return queryset.filter(scheme__province__in=provinces)


class ReconciliationFilter(TerritoryFilterSet):
    """Decided schemes of one year, the newest unless another is asked for, or of the years up to `last`."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm đề án",
        widget=forms.TextInput(attrs={"placeholder": "Mã, tên đề án…", "type": "search"}),
    )
    year = django_filters.ChoiceFilter(choices=(), method="asked", label="Năm", empty_label=None)
    last = django_filters.ChoiceFilter(choices=(), method="asked", label="Đến năm", empty_label="Chỉ năm này")
    level = django_filters.ChoiceFilter(choices=Level.choices, label="Cấp", empty_label="Mọi cấp")
    unit = django_filters.ModelChoiceFilter(
        queryset=units, field_name="implementing_unit", label="Đơn vị", empty_label="Mọi đơn vị thực hiện"
    )

    class Meta:
        model = Scheme
        fields = ["q", "year", "last", "level", "unit", "province"]

    def __init__(self, data=None, *args, request, **kwargs):
        known = years(request)
        data = data.copy()
        if known:
            data.setdefault("year", str(known[0]))
        super().__init__(data, *args, request=request, **kwargs)
        self.filters["year"].extra["choices"] = [(year, f"Năm {year}") for year in known]
        self.filters["last"].extra["choices"] = [(year, f"Đến năm {year}") for year in known]

    @property
    def years(self):
        """(first, last) year that the page is about; None when there is no scheme at all."""
        asked = self.form.cleaned_data if self.form.is_valid() else {}
        if not asked.get("year"):
            return None
        first = int(asked["year"])
        return first, max(first, int(asked.get("last") or first))

    @property
    def period(self):
        """'năm 2021', 'giai đoạn 2021–2025'."""
        if self.years is None:
            return ""
        first, last = self.years
        return f"năm {first}" if first == last else f"giai đoạn {first}–{last}"

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset.filter(status__in=RECONCILED))
        return queryset.filter(year__range=self.years) if self.years else queryset.none()

    def search(self, queryset, name, value):
        return queryset.matching(value)
