"""The demonstration: what Nghệ An did in 2016 - 2020 in all its published totals, and a year under way.

Each row is marked illustrative, and named so that nobody takes it for a real facility, scheme or decision.
"""

import random

from khuyencong.models import Province
from programmes.demonstration.current import current_drafts
from programmes.demonstration.district_money import write_district_money
from programmes.demonstration.journey import carry_out
from programmes.demonstration.past import past_drafts
from programmes.demonstration.plan import HA_TINH_SUPPORT, NGHE_AN_SUPPORT, YEARS, plan_of
from programmes.demonstration.register import CRAFTS, HA_TINH_CRAFTS, VILLAGE_CRAFTS, facilities_of
from programmes.models import Scheme

SEED = 1881


def is_loaded() -> bool:
    """It comes in one transaction: one scheme of it means all."""
    return Scheme.objects.filter(is_illustrative=True).exists()


def load(*, staff, reviewer, today):
    """Write the demonstration into a database with reference data; `today` is the day that the year under way ends on."""
    rng = random.Random(SEED)
    _nghe_an(rng, today, staff=staff, reviewer=reviewer)
    _ha_tinh(rng, today, staff=staff, reviewer=reviewer)


def _nghe_an(rng, today, **people):
    before, now = _province("40", today)
    facilities = facilities_of(rng, now, CRAFTS, 131)
    villages = facilities_of(rng, now, VILLAGE_CRAFTS, 7, villages=True)
    drafts = past_drafts(rng, plan_of("nghe_an"), NGHE_AN_SUPPORT, facilities, villages)
    carry_out(drafts, province=before, **people)
    carry_out(current_drafts("40", today, rng.sample(facilities, 30)), province=now, **people)
    write_district_money(before, now, today, **people)


def _ha_tinh(rng, today, **people):
    """A second territory, which people of Nghệ An do not see."""
    before, now = _province("42", today)
    facilities = facilities_of(rng, now, HA_TINH_CRAFTS, 4, first=201)
    carry_out(past_drafts(rng, plan_of("ha_tinh"), HA_TINH_SUPPORT, facilities), province=before, **people)
    carry_out(current_drafts("42", today, facilities), province=now, **people)


def _province(code, today):
    """The rows of one code: in the last of the past years, and today."""
    on = Province.objects.filter(code=code).on
    return on(f"{YEARS[-1]}-12-31").get(), on(today).get()
