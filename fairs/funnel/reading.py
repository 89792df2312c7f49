"""The rows of the funnel: four queries, however many dossiers."""

from dataclasses import dataclass

from django.db.models.functions import Coalesce

from fairs.enums import EntryStatus, RoundStatus
from fairs.models import Entry, SelectionCycle, SelectionLevel
from khuyencong.funnel import Dossier, LevelName, Step, funnel

COLUMNS = ("pk", "round__level__code", "product", "status", "round__status", "certificate", "lower_certificate")


@dataclass(frozen=True, slots=True)
class CycleFunnel:
    """One cycle with the steps of its rounds."""

    cycle: SelectionCycle
    steps: tuple[Step, ...]


def read(rounds):
    """(steps of all, CycleFunnel of each cycle from the newest): of the dossiers of `rounds` that were not withdrawn."""
    levels = _levels()
    entries = Entry.objects.filter(round__in=rounds.order_by().values("pk")).standing()
    kept = Coalesce("product__facility__merged_into", "product__facility")
    by_cycle = {}
    for cycle, facility, *values in entries.values_list("round__cycle", kept, *COLUMNS).order_by("pk"):
        by_cycle.setdefault(cycle, []).append(_dossier(facility, *values))
    cycles = SelectionCycle.objects.filter(pk__in=by_cycle).select_related("province").order_by("-year", "name", "pk")
    steps = funnel(levels, (one for found in by_cycle.values() for one in found))
    return steps, [CycleFunnel(cycle, funnel(levels, by_cycle[cycle.pk])) for cycle in cycles]


def _levels():
    """One name a code, the newest."""
    rows = SelectionLevel.objects.order_by("valid_from").values_list("code", "name", "rank")
    return list({code: LevelName(code, name, rank) for code, name, rank in rows}.values())


def _dossier(facility, pk, level, product, status, step, certificate, rests_on):
    is_recognised = status == EntryStatus.PASSED and step == RoundStatus.CONCLUDED
    return Dossier(pk, level, product, facility, is_recognised, certificate, rests_on)
