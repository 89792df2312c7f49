"""How far a product has come: its dossiers by level, what each was recognised as, and what may come next."""

from dataclasses import dataclass

from fairs.enums import EntryStatus
from fairs.models import Entry, SelectionLevel
from fairs.products.validity import State, state_of

TONES = {EntryStatus.PASSED: "good", EntryStatus.FAILED: "bad", EntryStatus.COMPLETE: "wait"}
OPEN = (EntryStatus.REGISTERED, EntryStatus.COMPLETE)


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier, the tone of its status, its certificate and what became of that (None without one)."""

    entry: Entry
    tone: str
    state: State | None

    @property
    def certificate(self):
        return getattr(self.entry, "certificate", None)


@dataclass(frozen=True, slots=True)
class Ladder:
    """`steps` for _components/steps.html, the lowest level first; `rows` (Row) by day of registration."""

    steps: list
    rows: list


def ladder(entries, day) -> Ladder:
    """Of one product's entries as `for_list` gives them: levels in use today, and those that it has dossiers of."""
    rows = [_row(entry, day) for entry in entries]
    levels = {level.code: level for level in SelectionLevel.objects.on(day).filter(is_active=True)}
    levels |= {row.entry.round.level.code: row.entry.round.level for row in rows}
    ordered = sorted(levels.values(), key=lambda level: (level.rank, level.code))
    return Ladder([_step(level, rows, day) for level in ordered], rows)


def _row(entry, day):
    certificate = getattr(entry, "certificate", None)
    return Row(entry, TONES.get(entry.status, ""), state_of(certificate, day) if certificate else None)


def _step(level, rows, day):
    at_level = [row for row in rows if row.entry.round.level.code == level.code]
    newest = max((row for row in at_level if row.certificate), key=lambda row: row.certificate.issued_on, default=None)
    if newest:
        return {"label": level.name, "note": _note(newest), "state": "done"}
    waiting = [row for row in at_level if row.entry.status in OPEN]
    if waiting:
        return {"label": level.name, "note": waiting[-1].entry.get_status_display(), "state": "current"}
    note = at_level[-1].entry.get_status_display() if at_level else "chưa đăng ký"
    return {"label": level.name, "note": note, "state": "todo"}


def _note(row):
    if row.state.days is not None:
        return f"đến {row.certificate.valid_to:%d/%m/%Y}"
    return f"{row.state.label.lower()} {row.certificate.revoked_on or row.certificate.valid_to:%d/%m/%Y}"
