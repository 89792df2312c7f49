"""The report on industrial clusters as plain JSON: hectares with two decimals, amounts in whole đồng beside tỷ đồng."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from reports.figures.clusters import BILLION, ClusterLine, ClusterReport, Indicator, Number, in_billions


def as_json(report: ClusterReport) -> dict[str, Any]:
    """`plan`: rows 1 and 2 with the average area; `rows`: the form; `clusters`: the list behind it; `gaps`: names."""
    subject = report.subject
    return {
        "report": subject.report,
        "title": subject.title,
        "territory": {"code": subject.territory.code or None, "name": subject.territory.full_name},
        "period": {"code": subject.period.code, "label": subject.period.label},
        "day": report.day.isoformat(),
        "cut_off": subject.cut_off.isoformat(),
        "boundaries": subject.boundaries,
        "boundaries_label": subject.boundaries_label,
        "data_as_of": subject.data_as_of.isoformat(),
        "illustrative": report.is_illustrative,
        "plan": {
            "clusters": report.value("1"),
            "area": number(report.value("2")),
            "average_area": number(report.average_area),
        },
        "rows": [
            {"section": section.numeral, "section_title": section.title} | _row(row)
            for section in report.sections
            for row in section.indicators
        ],
        "clusters": [_cluster(line) for line in report.lines],
        "gaps": {name: list(names) for name, names in asdict(report.gaps).items()},
    }


def _row(row: Indicator) -> dict[str, Any]:
    """`value` in the unit of the form; `amount` in đồng for money."""
    plain = {"number": row.number, "label": row.name, "unit": row.unit}
    if row.unit != BILLION:
        return plain | {"value": number(row.value)}
    return plain | {"value": number(in_billions(row.value)), "amount": number(row.value)}


def _cluster(line: ClusterLine) -> dict[str, Any]:
    cluster, figures = line.cluster, line.figures
    return {
        "id": cluster.id,
        "name": cluster.name,
        "kind": cluster.kind,
        "place": cluster.place,
        "province": cluster.province,
        "planned_on": _day(cluster.planned_on),
        "planned_area": number(cluster.planned_area),
        "established_on": _day(cluster.established_on),
        "area": number(line.area),
        "is_operating": line.is_operating,
        "industrial_land": number(cluster.industrial_land),
        "leased_land": number(figures and figures.leased_land),
        "occupancy": number(line.occupancy),
        "workers": figures and figures.workers,
    }


def number(value: Number) -> int | float | None:
    """A JSON number, exact: two decimals of at most 14 digits survive a float's shortest form."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == int(value) else float(value)


def _day(day: date | None) -> str | None:
    return day and day.isoformat()
