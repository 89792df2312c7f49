"""Product selection of some years: levels, groups, cycles, the funnel, certificates, commendations.

A facility, a product or an organisation counts once wherever it is said to be distinct; certificates that were revoked
count as issued and are told apart. Where nothing was held there is no line.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from khuyencong.funnel import Dossier, LevelName, Step, explanations, funnel
from reports.figures.rows import Subject
from reports.figures.selection_rows import CommendationRow, EntryRow, RoundRow, SelectionRows


@dataclass(frozen=True, slots=True)
class Counts:
    """Of some rounds and their dossiers; `facilities` registered, `organisations` have a recognised product (distinct)."""

    cycles: int
    rounds: int
    dossiers: int
    products: int
    facilities: int
    recognised: int
    organisations: int
    certified: int
    revoked: int
    promoted: int


@dataclass(frozen=True, slots=True)
class Group:
    """A level, a cycle or a place under its name, with what it counts; `parts`: a cycle's levels."""

    key: str
    name: str
    counts: Counts
    parts: tuple["Group", ...] = ()


@dataclass(frozen=True, slots=True)
class FormRow:
    """A line of the form: of a product group, or a block's total (`number` roman); a value for each of the form's levels."""

    number: str
    name: str
    values: tuple[int, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with what it counts."""

    round: RoundRow
    level: LevelName
    counts: Counts


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certified product in the list."""

    entry: EntryRow
    level: LevelName
    group: str


@dataclass(frozen=True, slots=True)
class Commended:
    """How many collectives and individuals one level commended."""

    level: str
    collectives: int
    individuals: int


@dataclass(frozen=True, slots=True)
class SelectionReport:
    """The figures of "Báo cáo bình chọn sản phẩm": `total` counts products and facilities once over all levels."""

    subject: Subject
    total: Counts
    levels: tuple[Group, ...]
    cycles: tuple[Group, ...]
    territories: tuple[Group, ...]
    steps: tuple[Step, ...]
    explanations: tuple[str, ...]
    form_levels: tuple[LevelName, ...]
    form: tuple[FormRow, ...]
    rounds: tuple[RoundLine, ...]
    certificates: tuple[CertificateLine, ...]
    commended: tuple[Commended, ...]
    commendations: tuple[CommendationRow, ...]
    is_illustrative: bool


def selection_report(rows: SelectionRows, subject: Subject) -> SelectionReport:
    steps = funnel(rows.levels, map(dossier, rows.entries))
    names = {level.code: level for level in rows.levels}
    return SelectionReport(
        subject=subject,
        total=count(rows.rounds, rows.entries),
        levels=_by_level(rows.levels, rows.rounds, rows.entries),
        cycles=_by_cycle(rows),
        territories=_by_territory(rows),
        steps=steps,
        explanations=explanations(steps),
        form_levels=_form_levels(rows),
        form=_form(rows),
        rounds=tuple(
            RoundLine(one, names[one.level], count([one], _of(rows.entries, "round", one))) for one in rows.rounds
        ),
        certificates=tuple(
            CertificateLine(one, names[one.round.level], rows.groups[one.group])
            for one in rows.entries
            if one.certificate
        ),
        commended=_commended(rows.commendations),
        commendations=rows.commendations,
        is_illustrative=any(one.is_illustrative for one in (*rows.rounds, *rows.commendations)),
    )


def dossier(entry: EntryRow) -> Dossier:
    """The row as the funnel counts it."""
    given = entry.certificate.id if entry.certificate else None
    return Dossier(
        entry.id, entry.round.level, entry.product_id, entry.facility_id, entry.is_recognised, given, entry.rests_on
    )


def count(rounds: Iterable[RoundRow], entries: Iterable[EntryRow]) -> Counts:
    """Over several levels a product that won twice is one recognised product; so are certified ones and organisations."""
    rounds, entries = list(rounds), list(entries)
    passed = [one for one in entries if one.is_recognised]
    given = [one for one in entries if one.certificate]
    return Counts(
        cycles=len({one.cycle_id for one in rounds}),
        rounds=len(rounds),
        dossiers=len(entries),
        products=len({one.product_id for one in entries}),
        facilities=len({one.facility_id for one in entries}),
        recognised=_distinct(passed),
        organisations=len({one.facility_id for one in passed}),
        certified=_distinct(given),
        revoked=sum(one.certificate.revoked_on is not None for one in given if one.certificate),
        promoted=sum(one.certificate.is_promoted for one in given if one.certificate),
    )


def _distinct(entries: Sequence[EntryRow]) -> int:
    """Products, each once in a cycle."""
    return len({(one.round.cycle_id, one.product_id) for one in entries})


def _of(entries: Iterable[EntryRow], name: str, value: object) -> list[EntryRow]:
    return [one for one in entries if getattr(one, name) == value]


def _by_level(
    levels: Iterable[LevelName], rounds: Iterable[RoundRow], entries: Iterable[EntryRow]
) -> tuple[Group, ...]:
    rounds, entries = list(rounds), list(entries)
    found = (
        Group(level.code, level.name, _where(rounds, entries, lambda one, code=level.code: one.level == code))
        for level in levels
    )
    return tuple(group for group in found if group.counts.rounds)


def _where(rounds: Iterable[RoundRow], entries: Iterable[EntryRow], fits: Callable[[RoundRow], bool]) -> Counts:
    return count(filter(fits, rounds), (one for one in entries if fits(one.round)))


def _by_cycle(rows: SelectionRows) -> tuple[Group, ...]:
    """Cycles in the order of years, each with its levels."""
    found = {one.cycle_id: one for one in rows.rounds}
    return tuple(
        Group(
            str(pk),
            f"{one.cycle} – {one.province}",
            _where(rows.rounds, rows.entries, lambda round, pk=pk: round.cycle_id == pk),
            _by_level(
                rows.levels,
                [round for round in rows.rounds if round.cycle_id == pk],
                [entry for entry in rows.entries if entry.round.cycle_id == pk],
            ),
        )
        for pk, one in found.items()
    )


def _by_territory(rows: SelectionRows) -> tuple[Group, ...]:
    """Places with rounds, in the order of names; of one place alone nothing is told apart."""
    places = {one.territory for one in rows.rounds}
    return tuple(
        Group(
            place.code, place.name, _where(rows.rounds, rows.entries, lambda one, place=place: one.territory == place)
        )
        for place in sorted(places, key=lambda place: (place.name, place.code))
    )


def _form_levels(rows: SelectionRows) -> tuple[LevelName, ...]:
    """Those of the Sở's form, district and province, and whatever else was held."""
    held = {one.level for one in rows.rounds} | {"district", "province"}
    return tuple(level for level in rows.levels if level.code in held)


def _form(rows: SelectionRows) -> tuple[FormRow, ...]:
    certified = [one for one in rows.entries if one.certificate]
    return (
        *_block("I", "Số sản phẩm đăng ký bình chọn", rows, rows.entries),
        *_block("II", "Số sản phẩm được cấp giấy chứng nhận", rows, certified),
    )


def _block(numeral: str, name: str, rows: SelectionRows, entries: Sequence[EntryRow]) -> Iterable[FormRow]:
    levels = [level.code for level in _form_levels(rows)]

    def values(fits: Callable[[EntryRow], bool]) -> tuple[int, ...]:
        return tuple(sum(fits(one) and one.round.level == level for one in entries) for level in levels)

    yield FormRow(numeral, name, values(lambda one: True), is_total=True)
    for number, (code, label) in enumerate(rows.groups.items(), start=1):
        yield FormRow(str(number), label, values(lambda one, code=code: one.group == code))


def _commended(rows: Iterable[CommendationRow]) -> tuple[Commended, ...]:
    rows = list(rows)
    levels = dict.fromkeys(one.level for one in rows)

    def people(level: str, kind: str) -> int:
        return sum(one.count for one in rows if one.level == level and one.kind == kind)

    return tuple(Commended(level, people(level, "collective"), people(level, "individual")) for level in levels)
