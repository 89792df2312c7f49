"""Working days of the office: Monday to Friday, but for days off and days worked instead (`Holiday`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from khuyencong.models import Holiday

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar read once, for many questions. `exceptions`: day -> whether it is worked."""

    exceptions: Mapping[date, bool]

    @classmethod
    def load(cls):
        """From the database, in one query."""
        return cls(dict(Holiday.objects.values_list("day", "is_working")))

    def is_working(self, day) -> bool:
        return self.exceptions.get(day, day.isoweekday() < 6)

    def after(self, day, number) -> date:
        """The `number`-th working day after `day`; the first begins the day after. `number` at least 1, else ValueError."""
        if number < 1:
            raise ValueError("number must be at least 1")
        while number:
            day += DAY
            number -= self.is_working(day)
        return day

    def before(self, day, number) -> date:
        """The `number`-th working day before `day`; `day` itself for 0."""
        while number > 0:
            day -= DAY
            number -= self.is_working(day)
        return day

    def between(self, first, last) -> int:
        """How many working days after `first` up to and with `last`; below zero when `last` is earlier."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_working(first + n * DAY) for n in range(1, (last - first).days + 1))


def is_working_day(day) -> bool:
    """Whether offices work on `day`; one query."""
    return WorkingDays.load().is_working(day)


def working_days_after(day, number) -> date:
    """See `WorkingDays.after`; one query."""
    return WorkingDays.load().after(day, number)


def working_days_between(first, last) -> int:
    """See `WorkingDays.between`; one query."""
    return WorkingDays.load().between(first, last)


FOLLOWERS = []  # what apps recompute when days off change, without arguments: added in `AppConfig.ready`


def changed():
    """Days off were changed: everything that counts working days follows, in the same transaction."""
    for follow in FOLLOWERS:
        follow()
