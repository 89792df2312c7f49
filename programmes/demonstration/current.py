"""A year under way, with schemes in every state, so that the worktable has work: fixtures/demonstration_current.csv.

Money there is in triệu đồng; `cut` is what the province approved less than asked; steps are counted in days ago.
"""

import datetime

from khuyencong.reference import read
from programmes.demonstration.courses import Course
from programmes.demonstration.drafts import MILLION, Draft, Figure, Money, who, work
from programmes.demonstration.plan import numbers
from programmes.enums import Kind, Level, Status

STEPS = ("drafted", "submitted", "decided", "started", "accepted")
SUPPORT = ("national", "province", "commune")


def current_drafts(territory, today, facilities) -> list[Draft]:
    """The schemes of province code `territory` in the year of `today`; they support `facilities` in turn."""
    queue = iter(facilities)
    rows = [row for row in read("demonstration_current") if row["territory"] == territory]
    return [_draft(row, today, [next(queue) for _ in range(int(row["beneficiaries"]))]) for row in rows]


def _draft(row, today, gets):
    course, money, last_day = _course(row, today), _money(row), datetime.date(today.year, 12, 31)
    results = numbers(row["results"]) | ({"co-so": len(gets)} if gets else {})
    return Draft(
        name=row["name"].format(who=who(gets), work=work(gets)),
        content=row["content"],
        level=Level.NATIONAL if row["national"] else Level.LOCAL,
        kind=Kind(row["kind"]),
        year=today.year,
        course=course,
        start_on=course.started or min(course.drafted + datetime.timedelta(days=30), last_day),
        end_on=course.accepted or last_day,
        money=money,
        benefits={facility.pk: _share(money, len(gets)) for facility in gets},
        results={code: Figure(number, number) for code, number in results.items()},
        commune=gets[0].commune_today if len(gets) == 1 else None,
    )


def _course(row, today):
    days = {step: today - datetime.timedelta(days=int(row[step])) for step in STEPS if row[step]}
    verdict = Status(row["verdict"] or Status.APPROVED)
    return Course(**days, verdict=verdict, number=row["number"], reason=row["reason"])


def _money(row):
    asked = {source: int(row[source]) * MILLION for source in (*SUPPORT, "counterpart") if row[source]}
    cut = {"province": int(row["cut"] or 0) * MILLION}
    return {source: Money(amount, amount - cut.get(source, 0)) for source, amount in asked.items()}


def _share(money, count):
    """What each of `count` facilities gets of the support."""
    support = [money[source] for source in SUPPORT if source in money]
    return Money(*(sum(amounts) // count for amounts in zip(*support, strict=True)))
