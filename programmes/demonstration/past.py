"""Schemes of past years: a plan's counts and sums exactly, everything else by chance from a fixed seed."""

import datetime
from collections import Counter, defaultdict
from itertools import cycle

from programmes.demonstration.amounts import around, even, spread
from programmes.demonstration.courses import first_round, national_round, second_round
from programmes.demonstration.drafts import MILLION, Draft, Figure, Money, total, who, work
from programmes.enums import Level

STEP = {Level.NATIONAL: 5 * MILLION, Level.LOCAL: MILLION // 2}  # amounts are multiples of this
SOURCE = {Level.NATIONAL: "national", Level.LOCAL: "province"}
ROUNDS = {Level.NATIONAL: (national_round,), Level.LOCAL: (first_round, first_round, second_round)}
PEOPLE = {"lao-dong", "luot-nguoi", "luot-doanh-nghiep"}  # planned in round numbers, never come as planned
CUTS = (0, 0, 0, 0.05, 0.1, 0.2)  # of what was approved: how much more was asked
THIRD = {"mo-hinh", "he-thong-xu-ly"}  # support is at most 30 % of the cost
ONCE = "KC03.05"  # a facility gets one production line


def past_drafts(rng, plan, support, facilities, villages=()) -> list[Draft]:
    """The schemes of `plan` by date; `support` {level: triệu đồng} is what they get together."""
    queues, drafts, numbers = _queues(rng, plan, facilities, villages), [], Counter()
    for level in Level:
        for line, *parts in _of_level(rng, plan, level, support[level], queues):
            numbers[line.name] += 1
            drafts.append(_draft(rng, line, numbers[line.name], *parts, host=rng.choice(facilities)))
    return sorted(drafts, key=lambda draft: (draft.year, draft.course.decided))


def _queues(rng, plan, facilities, villages):
    """Whose turn it is, by content and kind of beneficiary: nobody twice before everybody once."""
    queues = defaultdict(lambda: cycle(rng.sample(facilities, len(facilities))))
    lines = sum(len(line.years) * line.beneficiaries for line in plan if line.content == ONCE)
    queues[ONCE, "facility"] = iter(rng.sample(facilities[:lines], lines))
    queues["KC03.04", "village"] = iter(villages)
    return queues


def _of_level(rng, plan, level, support, queues):
    """Yields (line, year, amounts approved in đồng, facilities, results) of each scheme of the level."""
    plan = [line for line in plan if line.level == level]
    step = STEP[level]
    bounds = [
        (line.support[0] * MILLION // step, line.support[1] * MILLION // step)
        for line in plan
        for _ in range(len(line.years) * line.portions)
    ]
    amounts = iter(spread(rng, support * MILLION // step, bounds))
    for line in plan:
        for year, results in zip(line.years, _results(rng, line), strict=True):
            approved = [next(amounts) * step for _ in range(line.portions)]
            gets = [next(queues[line.content, line.beneficiary]) for _ in range(line.beneficiaries)]
            yield line, year, approved, gets, results


def _results(rng, line):
    """What each scheme of the line gives: {indicator code: number}."""
    count = len(line.years)
    parts = {
        code: around(rng, number, count) if code in PEOPLE else even(number, count)
        for code, number in line.results.items()
    }
    served = {"facility": {"co-so": line.beneficiaries}, "village": {"lang-nghe": line.beneficiaries}}
    return [served.get(line.beneficiary, {}) | {code: part[i] for code, part in parts.items()} for i in range(count)]


def _draft(rng, line, number, year, approved, gets, results, *, host):
    """`number`: of how many of this name; `host`: in whose district it takes place when it supports no facility."""
    course = rng.choice(ROUNDS[line.level])(year)
    most = line.support[1] * MILLION  # nobody asks beyond the ceiling
    portions = [
        Money(min(amount + _rounded(amount * rng.choice(CUTS), STEP[line.level]), max(most, amount)), amount)
        for amount in approved
    ]
    place = (gets or [host])[0].former_district if len(gets) < 2 else None
    return Draft(
        name=line.name.format(
            n=number, year=year, district=place and place.name, craft=work([host]), who=who(gets), work=work(gets)
        ),
        content=line.content,
        level=line.level,
        year=year,
        course=course,
        start_on=course.started,
        end_on=datetime.date(year, rng.randint(6, 10), rng.randint(1, 28)),
        money=_money(rng, line, portions),
        benefits=dict(zip((facility.pk for facility in gets), portions, strict=False)),
        results={code: _figure(code, number) for code, number in results.items()},
        former_district=place if gets or "{district}" in line.name else None,
    )


def _money(rng, line, portions):
    """Support, and what the facilities add: more than the support; for a model or a treatment plant at least 70 %."""
    support = total(portions)
    money = {SOURCE[line.level]: support}
    if line.beneficiaries:
        times = rng.uniform(2.4, 4) if THIRD & line.results.keys() else rng.uniform(1.2, 2.5)
        own = _rounded(support.asked * times, 5 * MILLION) + 5 * MILLION
        money["counterpart"] = Money(own, own)
    return money


def _rounded(amount, step):
    return int(amount // step * step)


def _figure(code, number):
    return Figure(-(-number // 5) * 5 if code in PEOPLE else number, number)
