"""The report on product selection as plain JSON; days as 2020-09-15."""

from dataclasses import asdict
from typing import Any

from reports.figures.selection import CertificateLine, Counts, Group, RoundLine, SelectionReport

CYCLE = "đợt"


def as_json(report: SelectionReport) -> dict[str, Any]:
    """`total`: over all levels, each product once; `levels`, `cycles`: with the same counts; `schemes`: the list.

    The certificates stand under "schemes", which the row keeps and the page does not load.
    """
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
        "unit": {"cycles": CYCLE, "dossiers": "hồ sơ", "products": "sản phẩm", "facilities": "cơ sở"},
        "total": _total(report.total),
        "levels": [_group(group) for group in report.levels],
        "cycles": [_group(group) for group in report.cycles],
        "territories": [_group(group) for group in report.territories],
        "funnel": [asdict(step) for step in report.steps],
        "explanations": list(report.explanations),
        "form": {
            "levels": [level.name for level in report.form_levels],
            "rows": [asdict(row) for row in report.form],
        },
        "rounds": [_round(line) for line in report.rounds],
        "commendations": {
            "collectives": sum(row.collectives for row in report.commended),
            "individuals": sum(row.individuals for row in report.commended),
            "levels": [asdict(row) for row in report.commended],
        },
        "schemes": [_certificate(line) for line in report.certificates],
    }


def _total(counts: Counts) -> dict[str, Any]:
    """Dossiers of all levels are no number of products: the same product may have one at each."""
    plain = asdict(counts)
    return plain | {"dossiers_of_all_levels": plain.pop("dossiers")}


def _group(group: Group) -> dict[str, Any]:
    plain = {"key": group.key, "label": group.name} | asdict(group.counts)
    return plain | ({"levels": [_group(part) for part in group.parts]} if group.parts else {})


def _round(line: RoundLine) -> dict[str, Any]:
    round = line.round
    return {
        "id": round.id,
        "cycle": round.cycle,
        "level": line.level.name,
        "place": round.place or round.province,
        "year": round.year,
        "status": round.status,
        "decision": round.decision_number,
        "decided_on": round.decided_on and round.decided_on.isoformat(),
        "dossiers": line.counts.dossiers,
        "recognised": line.counts.recognised,
        "certified": line.counts.certified,
    }


def _certificate(line: CertificateLine) -> dict[str, Any]:
    entry, certificate = line.entry, line.entry.certificate
    return {
        "id": certificate.id,
        "number": certificate.number,
        "product": entry.product,
        "facility": entry.facility,
        "level": line.level.name,
        "group": line.group,
        "issued_on": certificate.issued_on.isoformat(),
        "valid_to": certificate.valid_to.isoformat(),
        "revoked_on": certificate.revoked_on and certificate.revoked_on.isoformat(),
    }
