"""How many products came and how far they went, by round: plain counts for lists and pages."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from fairs.enums import EntryStatus
from fairs.models import Entry

PROMOTED = Exists(Entry.objects.filter(lower_certificate=OuterRef("certificate")).standing())


@dataclass(frozen=True, slots=True)
class Counts:
    """Dossiers of one or more rounds. `registered` were not withdrawn; `waiting` of them lack a paper still.

    `promoted`: a dossier of a higher level rests on its certificate.
    """

    registered: int = 0
    waiting: int = 0
    scored: int = 0
    passed: int = 0
    certified: int = 0
    promoted: int = 0

    def __add__(self, other):
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def complete(self):
        return self.registered - self.waiting


def counts_by_round(rounds) -> dict[int, Counts]:
    """Round id -> Counts, for the rounds that have a dossier; one query."""
    return _counts(rounds, "round")


def counts_by_level(rounds) -> dict[str, Counts]:
    """Code of the level -> Counts over all `rounds`; one query."""
    return _counts(rounds, "round__level__code")


def _counts(rounds, key):
    found = Entry.objects.filter(round__in=rounds).order_by().values(key).annotate(**COLUMNS)
    return {row.pop(key): Counts(**row) for row in found}


COLUMNS = {
    "registered": Count("pk", filter=~Q(status=EntryStatus.WITHDRAWN)),
    "waiting": Count("pk", filter=Q(status=EntryStatus.REGISTERED)),
    "scored": Count("pk", filter=Q(average_score__isnull=False) & ~Q(status=EntryStatus.WITHDRAWN)),
    "passed": Count("pk", filter=Q(status=EntryStatus.PASSED)),
    "certified": Count("certificate"),
    "promoted": Count("pk", filter=PROMOTED),
}
