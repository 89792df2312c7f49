"""Rows that tests of the register share."""

import datetime
import itertools

from facilities.models import Facility, FacilityMerge
from khuyencong.models import AdministrativeUnit, UnitLineage

LAST_DAY = datetime.date(2025, 6, 30)
numbers = itertools.count(1)


def district_of(province, name):
    """A district that ended with the districts."""
    return AdministrativeUnit.objects.create(
        code=f"{next(numbers) % 1000:03d}",
        level="district",
        kind="huyen",
        name=name,
        province=province,
        valid_to=LAST_DAY,
    )


def commune_of(province, name, *, parent=None, **fields):
    """A commune of today; of the time before when it has a district as `parent`."""
    fields |= {"valid_to": LAST_DAY} if parent else {"valid_from": LAST_DAY + datetime.timedelta(days=1)}
    return AdministrativeUnit.objects.create(
        code=f"{next(numbers) % 100_000:05d}",
        level="commune",
        kind="xa",
        name=name,
        province=province,
        parent=parent,
        **fields,
    )


def became(old, *new):
    """`old` went into `new`: whole into one, divided over several."""
    kind = "merged" if len(new) == 1 else "divided"
    for unit in new:
        UnitLineage.objects.create(predecessor=old, successor=unit, kind=kind)


def merged(duplicate, kept, *, by):
    """`duplicate` turned out to be `kept`."""
    FacilityMerge.objects.create(kept=kept, duplicate=duplicate, merged_by=by, reason="Cùng một cơ sở")
    Facility.objects.filter(pk=duplicate.pk).update(merged_into=kept)
    duplicate.refresh_from_db()
    return duplicate
