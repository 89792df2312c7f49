"""What a scheme's dossier must hold, step by step, and what it holds."""

from dataclasses import dataclass

from django.utils import timezone

from programmes.dossier_steps import STEP_OF, TARGETS, Step
from programmes.enums import Status
from programmes.models import DossierItem, SchemeDocument

ENDED = {Status.REJECTED, Status.CLOSED, Status.TERMINATED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the list and the papers given for it; withdrawn ones stand apart."""

    item: DossierItem
    documents: tuple[SchemeDocument, ...]
    is_missing: bool


@dataclass(frozen=True, slots=True)
class StepList:
    """The items of one step. `is_passed`: the scheme has taken it; `is_next`: the first step that lacks a paper."""

    step: Step
    entries: tuple[Entry, ...]
    is_passed: bool
    is_next: bool

    @property
    def label(self):
        return self.step.label

    @property
    def required(self):
        return sum(entry.item.is_required for entry in self.entries)

    @property
    def given(self):
        return sum(entry.item.is_required and bool(entry.documents) for entry in self.entries)

    @property
    def missing(self):
        return [entry.item for entry in self.entries if entry.is_missing]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole dossier: steps in their order, papers of no item, withdrawn papers. `is_sent`: papers are no longer deleted."""

    steps: tuple[StepList, ...]
    others: tuple[SchemeDocument, ...]
    withdrawn: tuple[SchemeDocument, ...]
    is_sent: bool

    @property
    def next(self):
        """The step that waits for papers; None when nothing is missing."""
        return next((one for one in self.steps if one.is_next), None)

    @property
    def documents(self):
        """Papers in force in the order of the list."""
        return [document for one in self.steps for entry in one.entries for document in entry.documents] + [
            *self.others
        ]


def checklist(scheme, today=None) -> Checklist:
    """Five queries. A step already taken asks for what was valid on its day, a later one for what is valid today."""
    today = today or timezone.localdate()
    passages = list(scheme.events.order_by("pgh_id").values_list("status", "status_at"))
    days = _days(scheme, passages)
    documents = list(SchemeDocument.objects.filter(scheme=scheme).for_list())
    in_force = [document for document in documents if document.withdrawn_at is None]
    asked = [item for item in DossierItem.objects.asked_of(scheme) if item.is_valid_on(days.get(item.step, today))]
    items = _with_given(asked, in_force)
    return Checklist(
        steps=tuple(_steps(scheme, items, in_force, days)),
        others=tuple(document for document in in_force if document.item_id is None),
        withdrawn=tuple(document for document in documents if document.withdrawn_at),
        is_sent=any(status != Status.DRAFT for status, _ in passages),
    )


def _days(scheme, passages):
    """{step: the last day on which the scheme took it}; a draft or a returned scheme has still to be sent."""
    days = {STEP_OF[status]: timezone.localdate(at) for status, at in passages if status in STEP_OF}
    if scheme.status in (Status.DRAFT, Status.RETURNED):
        days.pop(Step.SUBMIT, None)
    return days


def _with_given(asked, documents):
    """Items that are asked for, and those for which something was given although they are no longer."""
    given = {document.item.pk: document.item for document in documents if document.item_id}
    items = given | {item.pk: item for item in asked}
    return sorted(items.values(), key=lambda item: (item.position, item.pk))


def _steps(scheme, items, documents, days):
    next_found = scheme.status in ENDED
    for step in Step:
        of_step = [item for item in items if item.step == step]
        entries = tuple(_entry(item, documents, step in days) for item in of_step)
        waits = not next_found and step in TARGETS and step not in days and any(one.is_missing for one in entries)
        next_found = next_found or waits
        if entries:
            yield StepList(step, entries, is_passed=step in days, is_next=waits)


def _entry(item, documents, is_passed):
    given = tuple(document for document in documents if document.item_id == item.pk)
    return Entry(item, given, is_missing=item.is_required and not given and not is_passed)
