"""What the figures of industrial clusters are made of: plain rows. Areas are hectares, amounts whole đồng.

None means that nobody reported it, which is not zero.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster with its decisions; a day that is None has not come."""

    id: int
    name: str
    kind: str
    kind_label: str = ""
    place: str = ""
    province: str = ""
    investor: str = ""
    investor_kind: str = ""
    planned_on: date | None = None
    planned_area: Decimal | None = None
    removed_on: date | None = None
    established_on: date | None = None
    established_area: Decimal | None = None
    establishment_number: str = ""
    detailed_plan_on: date | None = None
    detailed_plan_area: Decimal | None = None
    industrial_land: Decimal | None = None
    infrastructure_on: date | None = None
    infrastructure_area: Decimal | None = None
    infrastructure_capital: int | None = None
    operating_from: date | None = None
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What one cluster reported for one half-year; `revenue` and `budget_paid` are of it, the rest as at its end."""

    cluster_id: int
    year: int
    half: int
    invested_capital: int | None = None
    leased_land: Decimal | None = None
    projects: int | None = None
    fdi_projects: int | None = None
    operating_projects: int | None = None
    revenue: int | None = None
    budget_paid: int | None = None
    workers: int | None = None
    wastewater: str = ""


@dataclass(frozen=True, slots=True)
class ClusterRows:
    """Everything that the report reads."""

    clusters: tuple[ClusterRow, ...] = ()
    figures: tuple[FigureRow, ...] = ()
