"""What the report on product selection is made of, as `reports.selection_sources` reads it: plain rows of one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from khuyencong.funnel import LevelName
from reports.figures.rows import UNDECIDED, Place


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as of the report's day; `is_promoted`: a dossier of a higher level rests on it."""

    id: int
    number: str
    issued_on: date
    valid_to: date
    revoked_on: date | None = None
    is_promoted: bool = False


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as of the report's day; `decided_on` None: not concluded by then."""

    id: int
    cycle_id: int
    cycle: str
    cycle_year: int
    level: str
    place: str
    province: str
    opens_on: date
    decided_on: date | None = None
    decision_number: str = ""
    status: str = ""
    territory: Place = UNDECIDED
    is_illustrative: bool = False

    @property
    def year(self) -> int:
        """The year it counts for: of its decision, else of its opening."""
        return (self.decided_on or self.opens_on).year


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A dossier that was not withdrawn; `facility_id`: the kept one of merged ones."""

    id: int
    round: RoundRow
    product_id: int
    product: str
    group: str
    facility_id: int
    facility: str
    place: str = ""
    is_set: bool = False
    is_recognised: bool = False
    certificate: CertificateRow | None = None
    rests_on: int | None = None


@dataclass(frozen=True, slots=True)
class CommendationRow:
    """Commendations of one decision; `count` recipients; `kind`: collective or individual, `kind_label` in words."""

    level: str
    kind: str
    count: int
    year: int
    recipient: str
    form: str = ""
    note: str = ""
    kind_label: str = ""
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class SelectionRows:
    """Everything that the report reads. `levels` from below; `groups` code -> name, in the order of the circular."""

    levels: tuple[LevelName, ...]
    groups: Mapping[str, str]
    rounds: tuple[RoundRow, ...] = ()
    entries: tuple[EntryRow, ...] = ()
    commendations: tuple[CommendationRow, ...] = ()
