"""What the report on fairs is made of, as `reports.fair_sources` reads it: plain rows of one moment, amounts in đồng."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reports.figures.rows import UNDECIDED, Place, Source


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event that was held by the report's day; `qualifier` in words, '' when the booths are exact.

    `facilities`: the kept facility of each participation, one an occurrence. `others`: occurrences of businesses outside
    the register.
    """

    id: int
    kind: str
    role: str
    name: str
    starts_on: date
    ends_on: date | None = None
    place: str = ""
    province: str = ""
    campaign: str = ""
    booths: int | None = None
    qualifier: str = ""
    facilities: tuple[int, ...] = ()
    others: int = 0
    turnover: int | None = None
    money: Mapping[str, int] = field(default_factory=dict)
    scheme_code: str = ""
    note: str = ""
    territory: Place = UNDECIDED
    is_confirmed: bool = False
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class DealRow:
    """A memorandum or contract of an event, as of the report's day; amounts in đồng, None when not known."""

    event_id: int
    is_memorandum: bool
    is_contract: bool
    is_open: bool = False
    value: int | None = None
    contract_value: int | None = None


@dataclass(frozen=True, slots=True)
class FairRows:
    """Everything that the report reads. `kinds`, `roles`: code -> name, in reading order."""

    kinds: Mapping[str, str]
    roles: Mapping[str, str]
    sources: tuple[Source, ...] = ()
    events: tuple[EventRow, ...] = ()
    deals: tuple[DealRow, ...] = ()
    planned: int = 0
    cancelled: int = 0
