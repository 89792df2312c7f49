"""One fault for each integrity rule, planted past the database's own guards."""

from tests.faults import clusters, files, machinery, money, people, places, plans, register, schemes, steps
from tests.faults.planting import FAULTS

__all__ = [
    "FAULTS",
    "clusters",
    "files",
    "machinery",
    "money",
    "people",
    "places",
    "plans",
    "register",
    "schemes",
    "steps",
]
