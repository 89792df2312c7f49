"""The catalogue of reports; `reports.kinds.contract` says how to add one."""

from reports.kinds.clusters import CLUSTERS
from reports.kinds.contract import Kind
from reports.kinds.fairs import FAIRS
from reports.kinds.period_summary import PERIOD_SUMMARY
from reports.kinds.reconciliation import RECONCILIATION
from reports.kinds.selection import SELECTION

CATALOGUE = {kind.key: kind for kind in (PERIOD_SUMMARY, RECONCILIATION, CLUSTERS, SELECTION, FAIRS)}


class UnknownKindError(ValueError):
    """No such report; the message is a Vietnamese sentence."""


def find(key: str) -> Kind:
    """The kind of a key; UnknownKindError lists those there are."""
    if key not in CATALOGUE:
        raise UnknownKindError(f"Không có loại báo cáo “{key}”. Các loại có: {', '.join(CATALOGUE)}.")
    return CATALOGUE[key]


def choices() -> list[tuple[str, str]]:
    """(key, title) of every kind."""
    return [(kind.key, kind.title) for kind in CATALOGUE.values()]
