"""The demonstration: what Nghệ An did in 2016 - 2020 in all its published totals, and a year under way.

Beside it, small ones of a second territory and of the three provinces that became Phú Thọ on 1/7/2025, and Quảng Ninh's
year 2021 as an article told of it. Each row is marked illustrative, and named so that nobody takes it for a real facility,
scheme or decision; the few names that the article gives say where they are from.
"""

import datetime
import random
from collections import Counter

from khuyencong.models import Province
from programmes.demonstration import budgets, monitoring, plan, quang_ninh, targets
from programmes.demonstration.current import current_drafts
from programmes.demonstration.district_money import write_district_money
from programmes.demonstration.journey import carry_out
from programmes.demonstration.past import past_drafts
from programmes.demonstration.register import (
    CRAFTS,
    HA_TINH_CRAFTS,
    HOA_BINH_CRAFTS,
    PHU_THO_CRAFTS,
    VILLAGE_CRAFTS,
    VINH_PHUC_CRAFTS,
    Sites,
    facilities_of,
)
from programmes.demonstration.situations import situations
from programmes.models import Scheme, SchemeBeneficiary

SEED = 1881


def is_loaded() -> bool:
    """It comes in one transaction: one scheme of it means all."""
    return Scheme.objects.filter(is_illustrative=True).exists()


def load(*, staff, reviewer, of_quang_ninh, today):
    """Write the demonstration into a database with reference data; `today` is the day that the year under way ends on.

    `of_quang_ninh`: {"staff": …, "reviewer": …} of that province.
    """
    rng = random.Random(SEED)
    people = {"staff": staff, "reviewer": reviewer}
    _nghe_an(rng, today, **people)
    _ha_tinh(rng, today, **people)
    _phu_tho(rng, today, **people)
    _quang_ninh(today, **of_quang_ninh)
    targets.illustrate()
    budgets.illustrate(**people, today=today)
    for person in (staff, of_quang_ninh["staff"]):
        monitoring.illustrate(Scheme.objects.all(), person)


def _nghe_an(rng, today, **people):
    before, now = _province("40", today)
    sites = Sites(before)
    facilities = facilities_of(rng, now, sites, CRAFTS, 131)
    villages = facilities_of(rng, now, sites, VILLAGE_CRAFTS, 7, villages=True)
    drafts = past_drafts(rng, plan.plan_of("nghe_an"), plan.NGHE_AN_SUPPORT, facilities, villages)
    carry_out(drafts, province=before, **people)
    current = current_drafts("40", today, rng.sample(facilities, 30))
    carry_out([*current, *situations(today, _rarely_supported(facilities))], province=now, **people)
    write_district_money(before, now, today, **people)


def _ha_tinh(rng, today, **people):
    """A second territory, which people of Nghệ An do not see."""
    before, now = _province("42", today)
    facilities = facilities_of(rng, now, Sites(before), HA_TINH_CRAFTS, 4, first=201)
    carry_out(past_drafts(rng, plan.plan_of("ha_tinh"), plan.HA_TINH_SUPPORT, facilities), province=before, **people)
    carry_out(current_drafts("42", today, facilities), province=now, **people)


def _phu_tho(rng, today, **people):
    """Three provinces of then whose records the Phú Thọ of today keeps."""
    parts = (
        ("17", "hoa_binh", HOA_BINH_CRAFTS, plan.HOA_BINH_SUPPORT),
        ("25", "phu_tho", PHU_THO_CRAFTS, plan.PHU_THO_SUPPORT),
        ("26", "vinh_phuc", VINH_PHUC_CRAFTS, plan.VINH_PHUC_SUPPORT),
    )
    now = Province.objects.on(today).get(code="25")
    for number, (code, name, crafts, support) in enumerate(parts):
        before = Province.objects.filter(code=code).on(plan.LAST_DAY).get()
        facilities = facilities_of(rng, now, Sites(before), crafts, 8, first=301 + 100 * number)
        carry_out(past_drafts(rng, plan.plan_of(name), support, facilities), province=before, **people)


def _quang_ninh(today, **people):
    """One year, by an article of its November."""
    then = Province.objects.filter(code="22").on(datetime.date(quang_ninh.YEAR, 12, 31)).get()
    now = Province.objects.on(today).get(code="22")
    carry_out(quang_ninh.drafts(now, Sites(then)), province=then, **people)


def _rarely_supported(facilities):
    """Those with the fewest schemes first."""
    times = Counter(SchemeBeneficiary.objects.filter(facility__in=facilities).values_list("facility", flat=True))
    return sorted(facilities, key=lambda facility: (times[facility.pk], facility.pk))


def _province(code, today):
    """The rows of one code: in the last of the past years, and today."""
    on = Province.objects.filter(code=code).on
    return on(plan.LAST_DAY).get(), on(today).get()
