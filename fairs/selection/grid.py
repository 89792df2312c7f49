"""Points of a whole round on one screen: one juror's sheets of every dossier, or the averages of the minutes.

The rows that are right are saved, the others say what is wrong. A screen costs the same number of queries however many
rows it has: sheets are written in bulk.
"""

from django.db.models import F

from fairs.enums import EntryStatus, Scoring
from fairs.models import Entry, ScoreSheet, SelectionRound
from fairs.selection.forms.points import AverageForm, SheetForm, seen_of
from khuyencong.forms import saving
from khuyencong.money import format_decimal

CONFLICT = "Người khác vừa ghi: {}. Số bạn gõ vẫn còn; nếu đúng thì lưu lần nữa."
EMPTIED = "đã xóa điểm"


class Grid:
    """The rows of `round`; `refused` is what the database said of all of them. `juror` None: the averages."""

    def __init__(self, round, scale, juror=None, data=None):
        self.round, self.juror, self.refused = round, juror, ""
        self.data = data and data.copy()
        self.form_class = SheetForm if juror else AverageForm
        self.entries = list(entries_of(round))
        self.saved = self._saved()
        self.rows = [
            self.form_class(self.data, entry=entry, saved=self._values(entry.pk), scale=scale, prefix=f"e{entry.pk}")
            for entry in self.entries
        ]

    def _saved(self):
        """Entry id -> the row that holds its points now."""
        if self.juror:
            return {sheet.entry_id: sheet for sheet in ScoreSheet.objects.filter(juror=self.juror)}
        return {entry.pk: entry for entry in Entry.objects.filter(round=self.round)}

    def _values(self, pk):
        saved = self.saved.get(pk)
        return {name: getattr(saved, name, None) for name in self.form_class.names}

    def total_of(self, pk):
        """What the database added up for the sheet; None without one."""
        return getattr(self.saved.get(pk), "total", None)

    @property
    def lines(self):
        """(entry, form, total) of each row."""
        return [(row.entry, row, self.total_of(row.entry.pk)) for row in self.rows]

    @property
    def faulty(self):
        return [row for row in self.rows if row.is_bound and row.errors]

    def add_refusal(self, refusal):
        self.refused = refusal.sentence

    def save(self, by):
        """How many rows were written; those with errors were not, and after a refusal of the database none was."""
        typed = [row for row in self.rows if row.is_valid() and row.is_typed]
        with saving(self):
            SelectionRound.objects.select_for_update(of=("self",)).get(pk=self.round.pk)
            self.saved = self._saved()
            changed = [row for row in typed if self._is_fresh(row)]
            (self._write_sheets if self.juror else self._write_averages)(changed, by)
        if self.refused:
            return 0
        self.saved = self._saved()
        self._show_as_seen(changed)
        return len(changed)

    def _is_fresh(self, row):
        now = self._values(row.entry.pk)
        if seen_of(now) == row.cleaned_data["seen"]:
            return True
        said = " + ".join(format_decimal(value, 2) for value in now.values() if value is not None)
        row.add_error(None, CONFLICT.format(said or EMPTIED))
        self._show_as_seen([row])
        return False

    def _show_as_seen(self, rows):
        """The page now shows what stands in the database of these rows, so that saving once more is possible."""
        for row in rows:
            self.data[row.add_prefix("seen")] = seen_of(self._values(row.entry.pk))

    def _write_sheets(self, rows, by):
        gone = [self.saved[row.entry.pk].pk for row in rows if row.is_emptied]
        sheets = [self._sheet(row, by) for row in rows if not row.is_emptied]
        ScoreSheet.objects.filter(pk__in=gone).delete()
        ScoreSheet.objects.bulk_create([one for one in sheets if one.pk is None])
        written = [*self.form_class.names, "recorded_by"]
        ScoreSheet.objects.bulk_update([one for one in sheets if one.pk], written)

    def _sheet(self, row, by):
        sheet = self.saved.get(row.entry.pk) or ScoreSheet(entry=row.entry, juror=self.juror)
        sheet.recorded_by = by
        for name, value in row.values.items():
            setattr(sheet, name, value)
        return sheet

    def _write_averages(self, rows, by):
        entries = [row.entry for row in rows]
        for row in rows:
            row.entry.average_score = row.values["average_score"]
        Entry.objects.bulk_update(entries, ["average_score"])


def entries_of(round):
    """The dossiers that are scored: complete ones, also after the conclusion; with product and maker."""
    scored = (EntryStatus.COMPLETE, EntryStatus.PASSED, EntryStatus.FAILED)
    entries = round.entries.filter(status__in=scored).select_related("product__facility")
    return entries.order_by(F("number").asc(nulls_last=True), "pk")


def is_writable(round) -> bool:
    """Points may be written down now: sheets while scoring, averages until the conclusion."""
    return round.status == "scoring" or (round.scoring == Scoring.MINUTES and round.status == "open")
