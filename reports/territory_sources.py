"""Schemes and money by province, added up by the database: seven queries, however many rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, Max, Min, Sum

from khuyencong.periods import Window
from programmes.models import FundingLine, FundingSource, PlanFunding, Scheme
from reports.coverage import Coverage
from reports.figures.rows import Source
from reports.figures.territories import TerritoryTable, table


@dataclass(frozen=True)
class Territories:
    """The table, the sources that have money in it, and whether any of it is made up to show how the portal works."""

    table: TerritoryTable
    sources: list[Source]
    is_illustrative: bool


def years(user):
    """(first, last) year of the decided schemes and confirmed money that a person may see; None when there are none."""
    spans = [
        rows.order_by().aggregate(first=Min("year"), last=Max("year"))
        for rows in (Scheme.objects.visible_to(user).decided(), PlanFunding.objects.visible_to(user).confirmed())
    ]
    found = [year for span in spans for year in span.values() if year is not None]
    return (min(found), max(found)) if found else None


def read(user, first_year, last_year, boundaries, today):
    """The Territories of what a person may see, as reports count it with decisions up to `today`."""
    coverage = Coverage.seen_by(user, boundaries)
    span = range(first_year, last_year + 1)
    schemes = Scheme.objects.in_years(span).of_provinces(coverage.ids).decided_by_day(today).order_by()
    plans = PlanFunding.objects.in_years(span).of_provinces(coverage.ids).decided_by_day(today).order_by()
    counted = schemes.values_list("province").annotate(count=Count("pk"), made_up=BoolOr("is_illustrative"))
    lines = FundingLine.objects.filter(scheme__in=schemes).agreed_by_day(today)
    granted = lines.order_by().values_list("scheme__province", "source")
    outside = plans.values_list("province", "source").annotate(amount=Sum("approved_amount"))
    money = [*granted.annotate(amount=Sum("agreed", default=0)), *outside]
    illustrative = any(flag for _, _, flag in counted) or plans.filter(is_illustrative=True).exists()
    return _table(coverage, Window(date(first_year, 1, 1), date(last_year, 12, 31)), counted, money, illustrative)


def _table(coverage, window, counted, money, is_illustrative):
    known = [source for source in _support() if any(amount for _, code, amount in money if code == source.code)]
    codes = tuple(source.code for source in known)
    schemes, amounts = defaultdict(int), defaultdict(lambda: dict.fromkeys(codes, 0))
    for province, count, _ in counted:
        schemes[coverage.place_of(province)] += count
    for province, code, amount in money:
        if code in codes:
            amounts[coverage.place_of(province)][code] += int(amount)
    places = coverage.places(window, {*schemes, *amounts})
    return Territories(
        table({place: schemes[place] for place in places}, {place: amounts[place] for place in places}, codes),
        known,
        is_illustrative,
    )


def _support():
    """The sources of khuyến công money, in order."""
    rows = FundingSource.objects.filter(is_support=True)
    return [Source(*row) for row in rows.values_list("code", "name", "short_name", "is_support", "position")]
