"""One fault for each integrity rule, planted past the database's own guards."""

from tests.faults import (
    budgets,
    calendar,
    clusters,
    dossier,
    files,
    machinery,
    money,
    monitoring,
    people,
    places,
    plans,
    register,
    schemes,
    steps,
)
from tests.faults.planting import FAULTS

__all__ = [
    "FAULTS",
    "budgets",
    "calendar",
    "clusters",
    "dossier",
    "files",
    "machinery",
    "money",
    "monitoring",
    "people",
    "places",
    "plans",
    "register",
    "schemes",
    "steps",
]
