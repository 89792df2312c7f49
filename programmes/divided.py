"""Records that stand in a commune that was divided: which commune of today they are in, a person decides."""

from dataclasses import dataclass

import pghistory
from django.db import transaction

from facilities.models import CraftVillage, Facility, IndustrialCluster
from khuyencong.models import AdministrativeUnit
from khuyencong.services import COMMUNE_CHOSEN
from programmes.models import Scheme

MODELS = {"facility": Facility, "village": CraftVillage, "cluster": IndustrialCluster, "scheme": Scheme}
SHOWN = 50


@dataclass(frozen=True)
class Waiting:
    """One record, the commune it was recorded in, and the communes of today that have a part of it.

    `key` names it in a form ('facility-12'); `chosen` and `error` are what a person typed and why it was refused.
    """

    key: str
    record: object
    choices: list
    chosen: str = ""
    error: str = ""


@dataclass(frozen=True)
class Heap:
    """Records of one kind, the first of them, and how many there are."""

    label: str
    rows: list
    count: int


def of(user, model):
    """Records of the person's provinces that wait for a choice."""
    rows = model.objects.visible_to(user).filter(commune__isnull=False, commune_today__isnull=True)
    return rows.filter(merged_into__isnull=True) if model is Facility else rows


def count(user) -> int:
    """How many records wait, of all kinds."""
    return sum(of(user, model).count() for model in MODELS.values())


def heaps(user, chosen=None, errors=None) -> list[Heap]:
    """What waits, by kind and former commune; `chosen` and `errors` by key, as `save` gave them back."""
    found = []
    for name, model in MODELS.items():
        rows = of(user, model)
        if number := rows.count():
            shown = rows.select_related("commune__parent", "commune__province").order_by("commune__sort_key", "pk")
            found.append(Heap(model._meta.verbose_name, _rows(name, shown[:SHOWN], chosen or {}, errors or {}), number))
    return found


def _rows(name, records, chosen, errors):
    records = list(records)
    choices = AdministrativeUnit.objects.successors_today({record.commune_id for record in records})
    rows = []
    for record in records:
        key = f"{name}-{record.pk}"
        rows.append(Waiting(key, record, choices[record.commune_id], chosen.get(key, ""), errors.get(key, "")))
    return rows


@transaction.atomic
def choose(user, key, unit_id):
    """Record the choice; the database refuses a unit that is not a successor. None when no such record waits."""
    name, _, pk = key.partition("-")
    if name not in MODELS or not (pk.isdecimal() and unit_id.isdecimal()):
        return None
    with pghistory.context(reason=COMMUNE_CHOSEN):
        record = of(user, MODELS[name]).select_for_update(of=("self",)).filter(pk=pk).first()
        if record is None:
            return None
        record.commune_today_id = int(unit_id)
        record.save()
    return record
