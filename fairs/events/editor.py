"""The form of an event and its money by source, saved together or not at all."""

from fairs.events import versions
from fairs.events.forms import EventForm, money_forms
from fairs.models import EventFunding, MarketEvent
from khuyencong.forms import saving

WRITTEN = (MarketEvent, EventFunding)
UNPLACED = ("event_source_open", "event_support_within_money")  # sentences about the table of money


class EventEditor:
    """`form` and `money`, a form a source; `others`: what somebody else saved meanwhile."""

    def __init__(self, event, user, data=None):
        self.event, self.user = event, user
        self.is_new = event.pk is None
        self.seen = data.get("seen", "") if data is not None else ""
        self.money = money_forms(event, data)
        self.form = EventForm(data, instance=event, user=user)
        self.money_errors = []

    @property
    def total(self):
        """Money of all sources as far as it can be read, in đồng."""
        return sum(self._amount(line) for line in self.money)

    @staticmethod
    def _amount(line):
        read = line.is_bound and line.is_valid()
        return (line.cleaned_data["amount"] if read else line.instance.amount) or 0

    @property
    def version(self):
        """What the page carries as `seen`."""
        return versions.newest(self.event, WRITTEN)

    @property
    def others(self):
        return versions.since(self.event, self.seen, WRITTEN)

    @property
    def errors(self):
        """Whether anything is wrong; what `saving` is asked afterwards."""
        return bool(self.form.errors or self.money_errors or any(line.errors for line in self.money))

    def is_valid(self):
        """Every part is asked, so that every sentence is shown at once."""
        return all([self.form.is_valid(), *(line.is_valid() for line in self.money)])

    def add_refusal(self, refusal):
        """The sentence beside what it is about: a source, the table of money, or a field."""
        named = [line for line in self.money if refusal.sentence.startswith(line.instance.source.name)]
        if refusal.code == "event_source_open" and named:
            named[0].add_error("amount", refusal.sentence)
        elif refusal.code in UNPLACED:
            self.money_errors.append(refusal.sentence)
        else:
            self.form.add_refusal(refusal)

    def save(self):
        """True when saved; False when the database refused, with its sentence in its place."""
        with saving(self):
            versions.check(self.event, self.seen, WRITTEN)
            if self.is_new:
                self.event.created_by = self.user
            self.form.save()
            for line in self.money:
                line.save_or_drop()
        if self.errors and self.is_new:
            self.event.pk, self.event._state.adding = None, True
        return not self.errors
