"""What the figures are made of: plain rows, as `reports.sources` reads them. Amounts are whole đồng."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from khuyencong.periods import Period


@dataclass(frozen=True, slots=True)
class Source:
    """Where money comes from. Only support (kinh phí khuyến công) is part of a total and has a share."""

    code: str
    name: str
    short_name: str
    is_support: bool
    position: int


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a table of territories: a province under one name, `id` and dates empty when it is not decided which."""

    id: int | None
    code: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None


UNDECIDED = Place(None, "", "Chưa xác định theo địa giới hiện nay")


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """A decided scheme; `approved` and `settled` by source code, a source without a settled amount left out.

    `territory` is the place under which it is counted, `province` its own province's name.
    """

    id: int
    code: str
    name: str
    kind: str
    level: str
    year: int
    province: str
    content_code: str
    content_name: str
    group_code: str
    group_name: str
    place: str
    unit: str
    status: str
    decision_number: str
    decision_on: date
    beneficiaries: tuple[str, ...]
    approved: Mapping[str, int]
    settled: Mapping[str, int]
    territory: Place
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Confirmed money of a plan that belongs to no single scheme."""

    year: int
    source: str
    purpose: str
    approved: int
    territory: Place
    settled: int | None = None
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """What results are counted in; `counting`: "sum", "facilities" or "villages" (each counted once in the period)."""

    code: str
    name: str
    unit: str
    counting: str
    position: int


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What one scheme was to give and gave; `actual` None: not reported yet."""

    scheme_id: int
    indicator: Indicator
    planned: Decimal
    actual: Decimal | None


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """One scheme supports one facility, or craft village."""

    scheme_id: int
    facility_id: int
    facility: str
    is_village: bool


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Money outside schemes that nobody has confirmed yet, and that therefore is left out of every figure."""

    lines: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything that a report reads, at one moment.

    `levels`: code -> name, in reading order. `counted`: content code -> the indicators whose figure is not what
    schemes report but the number of different facilities, or craft villages, that they support. `places`: every place
    that a table of territories lists, in reading order.
    """

    sources: tuple[Source, ...]
    levels: Mapping[str, str]
    counted: Mapping[str, tuple[Indicator, ...]] = field(default_factory=dict)
    schemes: tuple[SchemeRow, ...] = ()
    plans: tuple[PlanRow, ...] = ()
    results: tuple[ResultRow, ...] = ()
    benefits: tuple[BenefitRow, ...] = ()
    places: tuple[Place, ...] = ()
    unconfirmed: Unconfirmed = Unconfirmed()


@dataclass(frozen=True, slots=True)
class Territory:
    """Whose report: ('40', 'Nghệ An', 'tỉnh'); all empty but the name for the whole country."""

    code: str = ""
    name: str = "Toàn quốc"
    kind: str = ""

    @property
    def full_name(self) -> str:
        """'tỉnh Nghệ An', 'Toàn quốc'."""
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Agencies:
    """Who issues the document and whom it goes to, under their names of its day.

    `authority` is above the issuer ('UBND tỉnh Nghệ An'), '' for the ministry; `abbreviation` stands in the number.
    """

    issuer: str = "Bộ Công Thương"
    authority: str = ""
    abbreviation: str = "BCT"
    seat: str = "Hà Nội"
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about. `data_as_of` is in Vietnamese time; `number` is None when no job row stands behind it."""

    report: str
    title: str
    territory: Territory
    period: Period
    cut_off: date
    data_as_of: datetime
    boundaries: str = "as_was"
    boundaries_label: str = "Địa giới tại thời điểm"
    agencies: Agencies = Agencies()
    number: int | None = None
