"""Schemes and money of each place, by the boundaries that the report was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from khuyencong import money
from reports.figures.overview import support_codes
from reports.figures.rows import Place, Rows


@dataclass(frozen=True, slots=True)
class TerritoryFigure:
    """One place, or all of them: schemes, support by source code and in total; money outside schemes included."""

    place: Place
    schemes: int
    amounts: Mapping[str, int]
    total: int
    share: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class TerritoryTable:
    """Every listed place once, also those with nothing; `total` is the sum of the lines."""

    lines: tuple[TerritoryFigure, ...]
    total: TerritoryFigure


ALL = Place(None, "", "Tổng cộng")


def by_territory(rows: Rows) -> TerritoryTable:
    """Each record is counted under one place, so that the lines add up to the whole whatever the boundaries."""
    codes = support_codes(rows.sources)
    schemes = dict.fromkeys(rows.places, 0)
    amounts = {place: dict.fromkeys(codes, 0) for place in rows.places}
    for scheme in rows.schemes:
        schemes[scheme.territory] += 1
        for code in codes:
            amounts[scheme.territory][code] += scheme.approved.get(code, 0)
    for plan in rows.plans:
        if plan.source in codes:
            amounts[plan.territory][plan.source] += plan.approved
    return table(schemes, amounts, codes)


def table(
    schemes: Mapping[Place, int], amounts: Mapping[Place, Mapping[str, int]], codes: tuple[str, ...]
) -> TerritoryTable:
    """The table of counts and support by place; the shares add up to exactly 100, or are all 0."""
    totals = [sum(amounts[place][code] for code in codes) for place in schemes]
    shares = money.shares(totals)
    lines = tuple(
        TerritoryFigure(place, schemes[place], amounts[place], total, share)
        for place, total, share in zip(schemes, totals, shares, strict=True)
    )
    whole = {code: sum(line.amounts[code] for line in lines) for code in codes}
    count = sum(line.schemes for line in lines)
    return TerritoryTable(lines, TerritoryFigure(ALL, count, whole, sum(totals), sum(shares, Decimal(0))))
