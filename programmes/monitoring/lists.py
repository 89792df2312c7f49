"""The list of facilities that are followed: rows with what they told before and in the year, and what all of them add up to."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from khuyencong.money import format_amount
from khuyencong.templatetags.portal import million
from programmes.models import MonitoringRecord
from programmes.monitoring.figures import change, said

SUMMED = (("jobs", "Lao động", "người", format_amount), ("revenue", "Doanh thu", "triệu đồng", million))


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """A benefit, its record from before the support and that of the year; either may be None."""

    benefit: object
    before: MonitoringRecord | None
    after: MonitoringRecord | None

    @property
    def revenue_change(self):
        return said(change(*(one and one.revenue for one in (self.before, self.after))))

    @property
    def jobs_change(self):
        return said(change(*(one and one.jobs for one in (self.before, self.after))))


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure over the facilities that gave it both before and in the year, each facility once."""

    label: str
    unit: str
    facilities: int
    before: Decimal
    after: Decimal
    shown: object = format_amount

    @property
    def text(self):
        """'120 → 150 (+25,0%)', '—' when nobody answered both."""
        if not self.facilities:
            return "—"
        percent = said(change(self.before, self.after))
        return f"{self.shown(self.before)} → {self.shown(self.after)}" + (f" ({percent})" if percent else "")


def for_list(benefits):
    """What a row of the list shows."""
    return benefits.select_related("facility", "scheme__content", "scheme__province")


def rows(benefits, year):
    """A FollowedRow for each of these benefits, in one query."""
    records = MonitoringRecord.objects.filter(benefit__in=benefits).filter(Q(is_before=True) | Q(year=year))
    found = {(one.benefit_id, one.is_before): one for one in records}
    return [FollowedRow(one, found.get((one.pk, True)), found.get((one.pk, False))) for one in benefits]


def sums(benefits, year):
    """A Sum for each of SUMMED over `benefits` (a QuerySet) in `year`.

    A facility that several schemes support, or that was merged, counts once: by its newest benefit that has both figures.
    """
    return [_sum(benefits, year, *figure) for figure in SUMMED]


def _sum(benefits, year, name, label, unit, shown):
    before = MonitoringRecord.objects.filter(benefit=OuterRef("benefit"), is_before=True)
    answered = (
        MonitoringRecord.objects.filter(benefit__in=benefits.order_by().values("pk"), year=year, is_before=False)
        .annotate(
            first=Subquery(before.values(name)[:1]),
            counted=Coalesce("benefit__facility__merged_into", "benefit__facility"),
        )
        .filter(first__isnull=False, **{f"{name}__isnull": False})
        .order_by("benefit")
    )
    newest = {counted: (one, two) for counted, one, two in answered.values_list("counted", "first", name)}
    pairs = newest.values()
    return Sum(label, unit, len(pairs), sum(one for one, _ in pairs), sum(two for _, two in pairs), shown)


def strip(benefits, year, found):
    """The figures above the list, for `_components/totals.html`."""
    counts = benefits.order_by().aggregate(all=Count("pk"), answered=Count("pk", filter=Q(has_figures=True)))
    missing = counts["all"] - counts["answered"]
    parts = [
        {"label": "Lượt hỗ trợ phải theo dõi", "value": format_amount(counts["all"])},
        {"label": f"Đã có số liệu năm {year}", "value": format_amount(counts["answered"])},
        {"label": "Còn thiếu", "value": format_amount(missing)},
    ]
    return parts + [
        {"label": one.label, "unit": f"{one.unit}, {one.facilities} cơ sở", "value": one.text} for one in found
    ]
