"""A cycle from the districts to the nation: each level takes dossiers of the products that the one below certified."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from fairs.demonstration.ladder import Held, hold
from fairs.demonstration.products import products_of
from fairs.models import SelectionCycle, SelectionRegion

NO_ROUNDS_IN = ("Kỳ Sơn", "Tương Dương")  # their facilities go to the province at once
SKIPPING, SPARE = 2, 2  # dossiers that skipped the districts; the region asks for so many more than it recognises
NORTH = "bac"
DAYS = {"district": ((2, 15), (4, 15)), "province": ((5, 4), (6, 30)), "region": ((7, 15), (9, 10))}
OF_NATION = ((9, 21), (11, 10))


@dataclass(frozen=True)
class Numbers:
    """Of one cycle: dossiers in the districts, and products certified at each level."""

    year: int
    dossiers: int
    district: int
    province: int
    region: int
    nation: int


def turn_of(facilities, number, size=48):
    """Whose turn it is in cycle `number`: (those where districts hold rounds, those where none does)."""
    inside = [one for one in facilities if one.former_district.name not in NO_ROUNDS_IN]
    outside = [one for one in facilities if one.former_district.name in NO_ROUNDS_IN]
    turn = [inside[(number * size + i) % len(inside)] for i in range(size)]
    return turn, [outside[(number * SKIPPING + i) % len(outside)] for i in range(SKIPPING)]


def write_cycle(rng, numbers, turn, *, province, **people):
    """Hold the rounds of all four levels; a facility that skipped the districts registers, and is not recognised."""
    year, (inside, outside) = numbers.year, turn
    cycle = SelectionCycle.objects.create(
        province=province,
        year=year,
        name=f"Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu năm {year} (minh họa)",
        plan_number=f"KH-minh họa {year}",
        planned_on=datetime.date(year, 1, 15),
        is_illustrative=True,
    )
    first = (year - 2016) // 2 * (numbers.dossiers + SKIPPING) + 1
    products = products_of([*inside, *outside], first=first)
    own, skipping = products[: len(inside)], products[len(inside) :]
    won = hold(rng, cycle, _districts(rng, numbers, own), **people)
    dossiers = dict(rng.sample(list(won.items()), min(len(won), numbers.province + 12))) | dict.fromkeys(skipping)
    won = _next(rng, cycle, "province", numbers.province, dossiers, set(won), year, people)
    dossiers = dict(rng.sample(list(won.items()), numbers.region + SPARE))
    won = _next(rng, cycle, "region", numbers.region, dossiers, set(won), year, people)
    dossiers = dict(rng.sample(list(won.items()), numbers.nation + 1))
    _next(rng, cycle, "nation", numbers.nation, dossiers, set(won), year, people)


def _districts(rng, numbers, products):
    by_district = defaultdict(dict)
    for product in products:
        by_district[product.facility.former_district][product] = None
    recognised = set(rng.sample(products, numbers.district))
    return [
        Held(**_days("district", numbers.year), dossiers=dossiers, recognised=recognised & set(dossiers), unit=district)
        for district, dossiers in by_district.items()
    ]


def _next(rng, cycle, level, count, dossiers, may_win, year, people):
    """One round; `count` of the products of `may_win` among its dossiers are recognised."""
    winners = rng.sample([product for product in dossiers if product in may_win], count)
    region = SelectionRegion.objects.get(code=NORTH).pk if level == "region" else None
    held = Held(**_days(level, year), dossiers=dossiers, recognised=set(winners), region_id=region)
    return hold(rng, cycle, [held], **people)


def _days(level, year):
    opens, decided = DAYS.get(level, OF_NATION)
    return {
        "level": level,
        "opens_on": datetime.date(year, *opens),
        "decided_on": datetime.date(year, *decided),
    }
