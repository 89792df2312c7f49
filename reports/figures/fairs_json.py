"""The report on fairs as plain JSON: amounts in whole đồng, the conversion in per cent."""

from dataclasses import asdict
from typing import Any

from reports.figures.fairs import EventLine, FairReport, Group, Sums


def as_json(report: FairReport) -> dict[str, Any]:
    """`total`, `kinds` with their roles, `territories`: the same sums; `events`: the list."""
    subject = report.subject
    return {
        "report": subject.report,
        "title": subject.title,
        "territory": {"code": subject.territory.code or None, "name": subject.territory.full_name},
        "period": {"code": subject.period.code, "label": subject.period.label},
        "cut_off": subject.cut_off.isoformat(),
        "boundaries": subject.boundaries,
        "boundaries_label": subject.boundaries_label,
        "data_as_of": subject.data_as_of.isoformat(),
        "illustrative": report.is_illustrative,
        "unit": {"booths": "gian hàng", "occurrences": "lượt doanh nghiệp", "facilities": "cơ sở", "money": "đồng"},
        "total": _sums(report.total),
        "kinds": [_group(group) for group in report.kinds],
        "territories": [_group(group) for group in report.territories],
        "sources": [
            {"code": one.code, "label": one.name, "amount": report.total.by_source[one.code]} for one in report.sources
        ],
        "events": [_event(line) for line in report.lines],
        "planned": report.planned,
        "cancelled": report.cancelled,
        "unconfirmed": report.unconfirmed,
    }


def _sums(sums: Sums) -> dict[str, Any]:
    return asdict(sums) | {
        "booths_in_words": sums.booths_in_words,
        "money": sums.money,
        "conversion": None if sums.conversion is None else float(sums.conversion),
    }


def _group(group: Group) -> dict[str, Any]:
    plain = {"key": group.key, "label": group.name} | _sums(group.sums)
    return plain | ({"roles": [_group(part) for part in group.parts]} if group.parts else {})


def _event(line: EventLine) -> dict[str, Any]:
    event, sums = line.event, line.sums
    return {
        "id": event.id,
        "kind": line.kind,
        "role": line.role,
        "name": event.name,
        "place": event.place or event.province,
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on and event.ends_on.isoformat(),
        "booths": event.booths,
        "booths_qualifier": event.qualifier,
        "booths_in_words": sums.booths_in_words,
        "occurrences": sums.occurrences,
        "facilities": sums.facilities,
        "turnover": sums.turnover,
        "memoranda": sums.memoranda,
        "contracts": sums.contracts,
        "money": sums.money,
        "scheme": event.scheme_code,
        "is_confirmed": event.is_confirmed,
        "note": event.note,
    }
