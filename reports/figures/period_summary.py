"""The report at the end of a period: everything in it, and the same as plain JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.figures.contents import ContentFigure, ContentTable, ResultFigure, by_content
from reports.figures.overview import Overview, SourceFigure, overview
from reports.figures.rows import Rows, Subject, Unconfirmed
from reports.figures.schemes import SchemeFigure, SchemeList, scheme_list
from reports.figures.territories import TerritoryFigure, TerritoryTable, by_territory
from reports.figures.years import YearFigure, YearTable, by_year


@dataclass(frozen=True, slots=True)
class PeriodSummary:
    """The figures of "Báo cáo tổng kết khuyến công giai đoạn"."""

    subject: Subject
    overview: Overview
    contents: ContentTable
    years: YearTable
    schemes: SchemeList
    territories: TerritoryTable
    unconfirmed: Unconfirmed
    illustrative_schemes: int
    is_illustrative: bool


def period_summary(rows: Rows, subject: Subject) -> PeriodSummary:
    """All tables from the same rows."""
    illustrative = sum(scheme.is_illustrative for scheme in rows.schemes)
    return PeriodSummary(
        subject=subject,
        overview=overview(rows),
        contents=by_content(rows),
        years=by_year(rows, subject.period.years),
        schemes=scheme_list(rows),
        territories=by_territory(rows),
        unconfirmed=rows.unconfirmed,
        illustrative_schemes=illustrative,
        is_illustrative=bool(illustrative) or any(plan.is_illustrative for plan in rows.plans),
    )


def as_json(summary: PeriodSummary) -> dict[str, Any]:
    """Plain values only: amounts are whole numbers of đồng, shares have two decimals, dates are ISO 8601."""
    subject = summary.subject
    period = subject.period
    shown = [figure.source.code for figure in summary.overview.by_source]
    return {
        "report": subject.report,
        "title": subject.title,
        "territory": {"code": subject.territory.code or None, "name": subject.territory.full_name},
        "period": {"code": period.code, "first_year": period.years[0], "last_year": period.years[-1]},
        "cut_off": subject.cut_off.isoformat(),
        "boundaries": subject.boundaries,
        "boundaries_label": subject.boundaries_label,
        "unit": "đồng",
        "data_as_of": subject.data_as_of.isoformat(),
        "illustrative": summary.is_illustrative,
        "illustrative_schemes": summary.illustrative_schemes,
        "overview": _overview(summary.overview),
        "territories": [_territory(line, shown) for line in summary.territories.lines],
        "contents": [_content(group) for group in summary.contents.groups],
        "by_year": [_year(year, shown) for year in summary.years.years],
        "schemes": [_scheme(line) for line in summary.schemes.lines],
        "unconfirmed": {"lines": summary.unconfirmed.lines, "amount": summary.unconfirmed.amount},
    }


def _overview(figures: Overview) -> dict[str, Any]:
    return {
        "schemes": figures.schemes,
        "amount": figures.amount,
        "outside_amount": figures.outside,
        "by_source": [_source(figure) | {"share": _number(figure.share)} for figure in figures.by_source],
        "by_level": [
            {"level": figure.level, "label": figure.name, "schemes": figure.schemes, "amount": figure.amount}
            for figure in figures.by_level
        ],
        "outside_schemes": [
            {"source": figure.source.code, "label": figure.source.name, "amount": figure.outside}
            for figure in (*figures.by_source, *figures.others)
            if figure.outside
        ],
        "other_sources": [_source(figure) for figure in figures.others],
    }


def _source(figure: SourceFigure) -> dict[str, Any]:
    return {
        "source": figure.source.code,
        "label": figure.source.name,
        "short_label": figure.source.short_name,
        "schemes": figure.schemes,
        "amount": figure.amount,
    }


def _content(figure: ContentFigure) -> dict[str, Any]:
    plain = {
        "code": figure.code,
        "name": figure.name,
        "schemes": figure.schemes,
        "amount": figure.amount,
        "share": _number(figure.share),
        "results": [_result(result) for result in figure.results],
    }
    return plain | ({"contents": [_content(leaf) for leaf in figure.contents]} if figure.contents else {})


def _result(figure: ResultFigure) -> dict[str, Any]:
    return {
        "indicator": figure.indicator.code,
        "label": figure.indicator.name,
        "unit": figure.indicator.unit,
        "planned": _number(figure.planned),
        "actual": _number(figure.actual),
    }


def _year(figure: YearFigure, shown: Iterable[str]) -> dict[str, Any]:
    amounts = {code: figure.amounts[code] for code in shown}
    return {"year": figure.year, "schemes": figure.schemes, "amounts": amounts, "total": figure.total}


def _territory(figure: TerritoryFigure, shown: Iterable[str]) -> dict[str, Any]:
    place = figure.place
    return {
        "province": place.id,
        "code": place.code or None,
        "name": place.name,
        "valid_from": place.valid_from and place.valid_from.isoformat(),
        "valid_to": place.valid_to and place.valid_to.isoformat(),
        "schemes": figure.schemes,
        "amounts": {code: figure.amounts[code] for code in shown},
        "amount": figure.total,
    }


def _scheme(line: SchemeFigure) -> dict[str, Any]:
    scheme = line.scheme
    return {
        "code": scheme.code,
        "name": scheme.name,
        "kind": scheme.kind,
        "level": scheme.level,
        "year": scheme.year,
        "province": scheme.province,
        "place": scheme.place,
        "content": scheme.content_code,
        "unit": scheme.unit,
        "status": scheme.status,
        "decision_number": scheme.decision_number,
        "decision_on": scheme.decision_on.isoformat(),
        "beneficiaries": list(scheme.beneficiaries),
        "amounts": dict(scheme.approved),
        "total": line.support,
        "other": line.other,
        "settled": line.settled,
    }


def _number(value: Decimal | None) -> int | float | None:
    """A JSON number; exact, because two decimals of at most 14 digits survive a float's shortest form."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
