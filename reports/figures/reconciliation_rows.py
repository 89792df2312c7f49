"""What the reconciliation is made of, as `reports.reconciliation_sources` reads it: plain rows, amounts in whole đồng."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reports.figures.rows import Source, Unconfirmed


@dataclass(frozen=True, slots=True)
class Money:
    """One source of one scheme up to the report's day; None: it has not come to that.

    `agreed` is what was approved, as adjusted; `advanced`, `paid` and `refunded` are entries of the book, reversals
    taken off.
    """

    source: Source
    proposed: int
    approved: int | None = None
    agreed: int | None = None
    advanced: int = 0
    paid: int = 0
    refunded: int = 0
    accepted: int | None = None
    settled: int | None = None


@dataclass(frozen=True, slots=True)
class SchemeMoney:
    """A scheme that was sent, with its sources of support.

    `standing`: "agreed" (decided, not begun), "begun", "finished": these are counted; "waiting", "later" (decided after
    the report's day), "returned", "rejected", "terminated": these are not. `facilities`: whom it counts for.
    """

    id: int
    code: str
    name: str
    is_task: bool
    level: str
    year: int
    province: str
    content_code: str
    unit: str
    status: str
    standing: str
    decision_number: str
    decision_on: date | None
    facilities: frozenset[int]
    money: tuple[Money, ...]
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class ReconciliationRows:
    """Everything that the reconciliation reads, at one moment; `outside` is confirmed money of plans without a scheme."""

    levels: Mapping[str, str]
    schemes: tuple[SchemeMoney, ...] = ()
    outside: Unconfirmed = field(default_factory=Unconfirmed)
    unconfirmed: Unconfirmed = field(default_factory=Unconfirmed)
