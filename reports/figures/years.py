"""Money of each year by source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.figures.overview import support_codes
from reports.figures.rows import Rows


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One year, or all of them (`year` None): schemes, support by source code and in total."""

    year: int | None
    schemes: int
    amounts: Mapping[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class YearTable:
    """Every year of the period, also those with nothing."""

    years: tuple[YearFigure, ...]
    total: YearFigure


def by_year(rows: Rows, years: Sequence[int]) -> YearTable:
    """Support only, money outside schemes included."""
    codes = support_codes(rows.sources)
    lines = tuple(_year(year, rows, codes) for year in years)
    return YearTable(
        years=lines,
        total=YearFigure(
            year=None,
            schemes=sum(line.schemes for line in lines),
            amounts={code: sum(line.amounts[code] for line in lines) for code in codes},
            total=sum(line.total for line in lines),
        ),
    )


def _year(year: int, rows: Rows, codes: Sequence[str]) -> YearFigure:
    schemes = [scheme for scheme in rows.schemes if scheme.year == year]
    plans = [plan for plan in rows.plans if plan.year == year]
    amounts = {
        code: sum(scheme.approved.get(code, 0) for scheme in schemes)
        + sum(plan.approved for plan in plans if plan.source == code)
        for code in codes
    }
    return YearFigure(year, len(schemes), amounts, sum(amounts.values()))
