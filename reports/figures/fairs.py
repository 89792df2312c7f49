"""Fairs and market events of a period: by kind and role, with what came of them and who paid.

Occurrences (lượt) and distinct facilities are two numbers, and neither is ever added to the other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from khuyencong.money import format_amount
from reports.figures.fair_rows import DealRow, EventRow, FairRows
from reports.figures.rows import Source, Subject

CENT = Decimal("0.01")
SEVERAL = "khoảng"


@dataclass(frozen=True, slots=True)
class Sums:
    """Of some events. `booths` adds up those that are known, `without_booths` counts the others; `qualifiers` in words.

    `occurrences` = of facilities in the register + `others`; `facilities` are distinct ones of the register. Amounts in
    đồng; `turnover`, `value` and `contract_value` None when nobody knows any.
    """

    events: int
    booths: int | None
    without_booths: int
    qualifiers: tuple[str, ...]
    occurrences: int
    registered: int
    others: int
    facilities: int
    turnover: int | None
    memoranda: int
    became_contracts: int
    contracts: int
    open: int
    value: int | None
    contract_value: int | None
    by_source: dict[str, int] = field(default_factory=dict)
    through_schemes: int = 0
    without_scheme: int = 0

    @property
    def money(self) -> int:
        """What all sources gave."""
        return self.through_schemes + self.without_scheme

    @property
    def conversion(self) -> Decimal | None:
        """Per cent of memoranda that became a contract, two decimals; None without memoranda."""
        if not self.memoranda:
            return None
        return (Decimal(100 * self.became_contracts) / self.memoranda).quantize(CENT, ROUND_HALF_UP)

    @property
    def booths_in_words(self) -> str:
        """'gần 300', '70', '' when nothing is known; exact numbers added to 'gần 300' give 'gần 370', mixed ones 'khoảng'."""
        if self.booths is None:
            return ""
        qualifier = self.qualifiers[0] if len(self.qualifiers) == 1 else SEVERAL if self.qualifiers else ""
        return f"{qualifier} {format_amount(self.booths)}".strip()


@dataclass(frozen=True, slots=True)
class Group:
    """A kind, a role within a kind, or a place, under its name."""

    key: str
    name: str
    sums: Sums
    parts: tuple["Group", ...] = ()


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event in the list."""

    event: EventRow
    kind: str
    role: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class FairReport:
    """The figures of "Báo cáo hội chợ, kết nối thị trường"; `planned` and `cancelled` events are not in them."""

    subject: Subject
    total: Sums
    kinds: tuple[Group, ...]
    territories: tuple[Group, ...]
    sources: tuple[Source, ...]
    lines: tuple[EventLine, ...]
    planned: int
    cancelled: int
    unconfirmed: int
    is_illustrative: bool


def fair_report(rows: FairRows, subject: Subject) -> FairReport:
    total = add_up(rows.events, rows.deals)
    return FairReport(
        subject=subject,
        total=total,
        kinds=_kinds(rows),
        territories=_territories(rows),
        sources=tuple(source for source in rows.sources if total.by_source.get(source.code)),
        lines=tuple(
            EventLine(one, rows.kinds[one.kind], rows.roles[one.role], add_up([one], rows.deals)) for one in rows.events
        ),
        planned=rows.planned,
        cancelled=rows.cancelled,
        unconfirmed=sum(not one.is_confirmed for one in rows.events),
        is_illustrative=any(one.is_illustrative for one in rows.events),
    )


def add_up(events: Iterable[EventRow], deals: Iterable[DealRow]) -> Sums:
    """`deals`: those of other events are left out."""
    events = list(events)
    ids = {one.id for one in events}
    deals = [one for one in deals if one.event_id in ids]
    registered = sum(len(one.facilities) for one in events)
    others = sum(one.others for one in events)
    known = [one.booths for one in events if one.booths is not None]
    return Sums(
        events=len(events),
        booths=sum(known) if known else None,
        without_booths=len(events) - len(known),
        qualifiers=tuple(dict.fromkeys(one.qualifier for one in events if one.qualifier)),
        occurrences=registered + others,
        registered=registered,
        others=others,
        facilities=len({facility for one in events for facility in one.facilities}),
        turnover=_sum(one.turnover for one in events),
        memoranda=sum(one.is_memorandum for one in deals),
        became_contracts=sum(one.is_memorandum and one.is_contract for one in deals),
        contracts=sum(one.is_contract for one in deals),
        open=sum(one.is_open for one in deals),
        value=_sum(one.value for one in deals),
        contract_value=_sum(one.contract_value for one in deals),
        by_source=_by_source(events),
        through_schemes=sum(sum(one.money.values()) for one in events if one.scheme_code),
        without_scheme=sum(sum(one.money.values()) for one in events if not one.scheme_code),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _by_source(events: Sequence[EventRow]) -> dict[str, int]:
    found: dict[str, int] = {}
    for event in events:
        for source, amount in event.money.items():
            found[source] = found.get(source, 0) + amount
    return found


def _kinds(rows: FairRows) -> tuple[Group, ...]:
    """Kinds that were held, each with its roles where there are two."""
    found = []
    for kind, name in rows.kinds.items():
        events = [one for one in rows.events if one.kind == kind]
        roles = _groups(rows.roles.items(), events, rows.deals, lambda one: one.role)
        if events:
            found.append(Group(kind, name, add_up(events, rows.deals), roles if len(roles) > 1 else ()))
    return tuple(found)


def _territories(rows: FairRows) -> tuple[Group, ...]:
    places = sorted({one.territory for one in rows.events}, key=lambda place: (place.name, place.code))
    names = [(place, place.name) for place in places]
    groups = _groups(names, rows.events, rows.deals, lambda one: one.territory)
    return tuple(Group(place.code, group.name, group.sums) for (place, _), group in zip(names, groups, strict=True))


def _groups(
    names: Iterable[tuple], events: Sequence[EventRow], deals: Sequence[DealRow], key: Callable[[EventRow], object]
) -> tuple[Group, ...]:
    found = ((code, name, [one for one in events if key(one) == code]) for code, name in names)
    return tuple(Group(str(code), name, add_up(own, deals)) for code, name, own in found if own)
