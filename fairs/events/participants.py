"""The participants of an event as one screen: saved together or not at all, each refusal in its row."""

from fairs.events import versions
from fairs.events.participant_rows import formset_of
from fairs.models import Participation
from khuyencong.forms import saving


class ParticipantsEditor:
    """The rows of an event, saved together or not at all; `others`: what somebody else saved meanwhile."""

    def __init__(self, event, user, page=1, data=None):
        self.event = event
        self.rows = formset_of(event, user, page, data)
        self.seen = data.get("seen", "") if data is not None else ""
        self.errors = []
        self._at = None

    @property
    def version(self):
        """What the page carries as `seen`."""
        return versions.newest(self.event, [Participation])

    @property
    def others(self):
        return versions.since(self.event, self.seen, [Participation])

    @property
    def is_refused(self):
        """Something was sent that could not be saved."""
        return self.rows.is_bound and bool(
            self.errors or self.rows.non_form_errors() or any(row.errors for row in self.rows.forms)
        )

    def add_refusal(self, refusal):
        """The sentence beside the row that was being saved, or that it names; else above the rows."""
        row = self._at or self._named(refusal.sentence)
        if row is None:
            self.errors.append(refusal.sentence)
        else:
            row.add_error(None, refusal.sentence)

    def _named(self, sentence):
        """The row whose facility the sentence begins with."""
        found = [row for row in self._kept() if sentence.startswith(row.cleaned_data["facility"].name)]
        return max(found, key=lambda row: len(row.cleaned_data["facility"].name), default=None)

    def _kept(self):
        deleted = self.rows.deleted_forms
        return [row for row in self.rows.forms if row not in deleted and row.cleaned_data.get("facility")]

    def save(self):
        """True when saved: what is removed first, then what was there, then what is new."""
        with saving(self):
            versions.check(self.event, self.seen, [Participation])
            for row in self.rows.deleted_forms:
                self._each(row, row.instance.delete if row.instance.pk else None)
            for row in sorted(self._kept(), key=lambda row: row.instance.pk is None):
                self._each(row, row.save if row.has_changed() else None)
        if self.is_refused:
            self._unsave()
        return not self.is_refused

    def _each(self, row, step):
        self._at = row
        if step:
            step()
        self._at = None

    def _unsave(self):
        """Rows that were added within what was undone are new again."""
        for row in self.rows.extra_forms:
            row.instance.pk, row.instance._state.adding = None, True
