"""What a kind of report is asked, and what it must answer.

To add a kind: write `reports/kinds/<name>.py` with one `Kind`, and list it in `reports.kinds.CATALOGUE`. The job row, the
worker, the form, the list, the page, the download and `manage.py build_report` then know it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from khuyencong.boundaries import Boundaries
from khuyencong.models import User
from khuyencong.periods import FiveYears, PartOfYear, Period, PeriodError, parse_period
from khuyencong.refusals import RefusedError
from reports.coverage import Coverage
from reports.figures.rows import Subject
from reports.layouts.parts import Sheet
from reports.models import Report


@dataclass(frozen=True, slots=True)
class Question:
    """Whose figures (`coverage`, by its boundaries), of which period, by what was decided up to `cut_off`, included.

    `coverage.ids`: the province rows whose records count, None for all of them; `coverage.place_of(province_id)`: under
    which place a record stands in a table of territories.
    """

    coverage: Coverage
    period: Period
    cut_off: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one kind of report is made: what it reads, computes, and shows in a workbook, as JSON, at a terminal, on a page.

    read            Question -> rows. Called inside one read-only transaction; the only part that asks the database.
                    A RefusedError is shown to the person who asked.
    summarise       (rows, Subject) -> a summary with the attribute `subject`; pure, like the three that follow.
    as_json         summary -> plain values: what the command prints and what the row keeps as `figures`.
    sheets          summary -> the sheets of the workbook.
    terminal_lines  summary -> lines of text.
    page, template  (report, user) -> context of the template that is included in the page of a finished report;
                    `report.shown` are its figures without the key "schemes". A key `chart` loads the chart's scripts.
    periods         the types of period that it is made for; `period_hint` says so in a sentence with an example.
    first_year      periods are offered from this year on.
    newest_year     (user, before) -> the latest year before `before` with figures that the user may see, or None.
    has_boundaries  False when there is nothing to add up to today's boundaries: then they are not asked for.
    """

    key: str
    title: str
    file_stem: str
    periods: tuple[type[Period], ...]
    period_hint: str
    first_year: int
    read: Callable[[Question], Any]
    summarise: Callable[[Any, Subject], Any]
    as_json: Callable[[Any], dict[str, Any]]
    sheets: Callable[[Any], tuple[Sheet, ...]]
    terminal_lines: Callable[[Any], Iterable[str]]
    page: Callable[[Report, User], dict[str, Any]]
    template: str
    newest_year: Callable[[User, int], int | None]
    has_boundaries: bool = True

    def parse_period(self, code: str) -> Period:
        """The period of a code, of a type that this report is made for; else PeriodError."""
        period = parse_period(code)
        if not isinstance(period, self.periods):
            raise PeriodError(f"“{self.title}” không lập cho {period.label}. {self.period_hint}")
        return period

    def check_boundaries(self, boundaries: str) -> None:
        """RefusedError when this report knows no other boundaries than those of the time."""
        if boundaries != Boundaries.AS_WAS and not self.has_boundaries:
            raise RefusedError(f"“{self.title}” chỉ lập theo địa giới tại thời điểm.", "report_boundaries")

    def offered_periods(self, today: date) -> list[Period]:
        """Those that have begun, in the order of time; at one end, the longer first."""
        found = [one for kind in self.periods for one in _each(kind, range(self.first_year, today.year + 1))]
        return sorted((one for one in found if one.start <= today), key=lambda one: (one.end, one.start))


def _each(kind: type[Period], years: Iterable[int]) -> Iterator[Period]:
    """Every period of a type that begins in one of `years`."""
    for year in years:
        if issubclass(kind, PartOfYear):
            yield from (kind(year, number) for number in range(1, kind.parts() + 1))
        elif kind is not FiveYears or year % 5 == 1:
            yield kind(year)
