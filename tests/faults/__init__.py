"""One fault for each integrity rule, planted past the database's own guards."""

from tests.faults import (
    adjustments,
    budgets,
    calendar,
    clusters,
    dossier,
    files,
    ledger,
    machinery,
    money,
    monitoring,
    people,
    places,
    plans,
    procedure,
    register,
    schemes,
    steps,
)
from tests.faults.planting import FAULTS

__all__ = [
    "FAULTS",
    "adjustments",
    "budgets",
    "calendar",
    "clusters",
    "dossier",
    "files",
    "ledger",
    "machinery",
    "money",
    "monitoring",
    "people",
    "places",
    "plans",
    "procedure",
    "register",
    "schemes",
    "steps",
]
