"""How far a scheme went and on which days: schemes of one plan decision share their course."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from programmes.enums import Status


@dataclass(frozen=True)
class Course:
    """The days of the steps that were taken, in order; `verdict` is what was decided, `number` in which paper.

    `registered`: of a national scheme that still waits at the agency. `contracted`: a national scheme has a contract
    anyway, between its decision and its start. `advanced`: the day of the first advance.
    """

    drafted: datetime.date
    submitted: datetime.date | None = None
    registered: datetime.date | None = None
    decided: datetime.date | None = None
    contracted: datetime.date | None = None
    started: datetime.date | None = None
    advanced: datetime.date | None = None
    terminated: datetime.date | None = None
    accepted: datetime.date | None = None
    liquidated: datetime.date | None = None
    settled: datetime.date | None = None
    closed: datetime.date | None = None
    verdict: Status = Status.APPROVED
    number: str = ""
    settlement_number: str = ""
    reason: str = ""


def moment(day, hour):
    """`hour` o'clock of `day` in Việt Nam."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def working_day(year, month, day):
    """That day, or the Monday after it."""
    date = datetime.date(year, month, day)
    while date.weekday() > 4:
        date += datetime.timedelta(days=1)
    return date


def _to_the_end(year, number, *days):
    """A course whose four first steps were on `days` and that was settled in November of `year`."""
    drafted, submitted, decided, started = (working_day(*day) for day in days)
    return Course(
        drafted=drafted,
        submitted=submitted,
        decided=decided,
        started=started,
        accepted=working_day(year, 11, 4),
        settled=working_day(year, 11, 12),
        number=number,
        settlement_number=f"{year - 1770}/QĐ-SCT",
        reason="Đủ điều kiện, phù hợp kế hoạch khuyến công năm.",
    )


def first_round(year):
    """The province's plan, decided in December before its year."""
    days = (year - 1, 10, 12), (year - 1, 11, 2), (year - 1, 12, 18), (year, 1, 10)
    return _to_the_end(year, f"{year - 1900}/QĐ-SCT", *days)


def second_round(year):
    """What the province added to its plan in April."""
    days = (year, 3, 2), (year, 3, 16), (year, 4, 10), (year, 5, 4)
    return _to_the_end(year, f"{year - 1985}/QĐ-SCT", *days)


def national_round(year):
    """The ministry's plan, decided in December before its year."""
    days = (year - 1, 9, 5), (year - 1, 9, 20), (year - 1, 12, 25), (year, 1, 12)
    return _to_the_end(year, f"{year + 2700}/QĐ-BCT", *days)
