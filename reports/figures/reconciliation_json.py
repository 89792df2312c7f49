"""The reconciliation as plain JSON: whole đồng, dates in ISO 8601."""

from dataclasses import asdict
from typing import Any

from reports.figures.reconciliation import Group, Reconciliation, SourceLine, Sums

MOST_UNEVEN = 200


def as_json(report: Reconciliation) -> dict[str, Any]:
    """`total` and `levels` with their `parts`; `sources`; `apart`: what is not counted, by reason; `schemes`: every line.

    `uneven`: how many lines have a difference, and the first 200 of them.
    """
    subject = report.subject
    uneven = [line for line in report.lines if line.sums.difference]
    return {
        "report": subject.report,
        "title": subject.title,
        "territory": {"code": subject.territory.code or None, "name": subject.territory.full_name},
        "period": {"code": subject.period.code, "label": subject.period.label},
        "cut_off": subject.cut_off.isoformat(),
        "boundaries": subject.boundaries,
        "boundaries_label": subject.boundaries_label,
        "unit": "đồng",
        "data_as_of": subject.data_as_of.isoformat(),
        "illustrative": report.is_illustrative,
        "total": _sums(report.total),
        "difference": report.total.difference,
        "levels": [_group("level", group) for group in report.levels],
        "sources": [_group("source", group) for group in report.sources],
        "apart": [_group("reason", group) for group in report.apart],
        "uneven": {"count": len(uneven), "lines": [_line(line) for line in uneven[:MOST_UNEVEN]]},
        "schemes": [_line(line) for line in report.lines],
        "line_count": len(report.lines),
        "apart_schemes": [_line(line) for line in report.apart_lines],
        "outside": asdict(report.outside),
        "unconfirmed": asdict(report.unconfirmed),
    }


def _group(kind: str, group: Group) -> dict[str, Any]:
    """`amount` says again what was agreed: the figure that other reports call the money of a scheme."""
    plain = {kind: group.key, "label": group.name, "amount": group.sums.agreed} | _sums(group.sums)
    return plain | ({"parts": [_group("part", part) for part in group.parts]} if group.parts else {})


def _sums(sums: Sums) -> dict[str, Any]:
    """`count` is `schemes` and `tasks` together; `spent` = advanced + paid - refunded."""
    return {
        "count": sums.count,
        "schemes": sums.schemes,
        "tasks": sums.tasks,
        "beneficiaries": sums.beneficiaries,
        "proposed": sums.proposed,
        "approved": sums.approved,
        "adjusted": sums.agreed,
        "adjustment": sums.adjusted,
        "advanced": sums.advanced,
        "paid": sums.paid,
        "refunded": sums.refunded,
        "spent": sums.spent,
        "accepted": sums.accepted,
        "settled": sums.settled,
        "difference": sums.difference,
        "explanation": sums.explanation,
    }


def _line(line: SourceLine) -> dict[str, Any]:
    """None where it has not come to a stage."""
    scheme, money = line.scheme, line.money
    return {
        "id": scheme.id,
        "code": scheme.code,
        "name": scheme.name,
        "kind": "task" if scheme.is_task else "scheme",
        "level": scheme.level,
        "year": scheme.year,
        "province": scheme.province,
        "content": scheme.content_code,
        "unit": scheme.unit,
        "status": scheme.status,
        "standing": scheme.standing,
        "decision_number": scheme.decision_number,
        "decision_on": scheme.decision_on and scheme.decision_on.isoformat(),
        "beneficiaries": len(scheme.facilities),
        "source": money.source.code,
        "source_label": money.source.name,
        "proposed": money.proposed,
        "approved": money.approved,
        "adjusted": money.agreed,
        "advanced": money.advanced,
        "paid": money.paid,
        "refunded": money.refunded,
        "spent": line.sums.spent,
        "accepted": money.accepted,
        "settled": money.settled,
        "difference": line.sums.difference,
        "explanation": line.sums.explanation,
    }
