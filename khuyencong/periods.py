"""Reporting periods: their days, their Vietnamese names and the codes that URLs and rows keep.

A period is whole calendar months between 1990 and 2100. Days are `date`, both ends included; a `datetime` is a
TypeError, because only the caller knows its time zone.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, NamedTuple, Self

FIRST_YEAR, LAST_YEAR = 1990, 2100
ROMAN = ("I", "II", "III", "IV")


class PeriodError(ValueError):
    """No such period; the message is a Vietnamese sentence for the person who asked for it."""


class Window(NamedTuple):
    """The days whose figures are counted, both included."""

    start: date
    end: date


@dataclass(frozen=True)
class Period(ABC):
    """What every period answers: `start` and `end`, `label` for people, `code` for machines (see `parse_period`)."""

    year: int
    months: ClassVar[int] = 12

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise PeriodError(f"Năm phải trong khoảng từ {FIRST_YEAR} đến {LAST_YEAR}.")

    def __str__(self) -> str:
        return self.label

    @property
    @abstractmethod
    def label(self) -> str:
        """As it stands in a sentence, in lower case: "quý I/2026"."""

    @property
    @abstractmethod
    def code(self) -> str:
        """As `parse_period` reads it back: "2026-Q1"."""

    @property
    def first_month(self) -> int:
        return 1

    @property
    def start(self) -> date:
        return date(self.year, self.first_month, 1)

    @property
    def end(self) -> date:
        years, month = divmod(self.first_month - 1 + self.months, 12)
        return date(self.year + years, month + 1, 1) - timedelta(days=1)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.start.year, self.end.year + 1))

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def previous(self) -> Self:
        """The period of the same kind just before; PeriodError before 1990."""
        return replace(self, year=self.year - 1)

    def same_period_last_year(self) -> Self:
        """What reports call "cùng kỳ năm trước"; PeriodError before 1990."""
        return replace(self, year=self.year - 1)


@dataclass(frozen=True)
class PartOfYear(Period):
    """One of the equal parts of a year, numbered from 1."""

    number: int
    noun: ClassVar[str]

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= self.number <= self.parts():
            raise PeriodError(f"{self.noun} phải từ 1 đến {self.parts()}, không có {self.noun.lower()} {self.number}.")

    @classmethod
    def parts(cls) -> int:
        return 12 // cls.months

    @property
    def first_month(self) -> int:
        return (self.number - 1) * self.months + 1

    def previous(self) -> Self:
        if self.number > 1:
            return replace(self, number=self.number - 1)
        return replace(self, year=self.year - 1, number=self.parts())


@dataclass(frozen=True)
class Month(PartOfYear):
    months = 1
    noun = "Tháng"

    @property
    def label(self) -> str:
        return f"tháng {self.number}/{self.year}"

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True)
class Quarter(PartOfYear):
    months = 3
    noun = "Quý"

    @property
    def label(self) -> str:
        return f"quý {ROMAN[self.number - 1]}/{self.year}"

    @property
    def code(self) -> str:
        return f"{self.year}-Q{self.number}"


@dataclass(frozen=True)
class HalfYear(PartOfYear):
    months = 6
    noun = "Nửa năm"

    @property
    def label(self) -> str:
        return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"

    @property
    def code(self) -> str:
        return f"{self.year}-H{self.number}"


@dataclass(frozen=True)
class NineMonths(Period):
    """January to September. It does not tile the calendar: the one before it is the nine months of last year."""

    months = 9

    @property
    def label(self) -> str:
        return f"9 tháng năm {self.year}"

    @property
    def code(self) -> str:
        return f"{self.year}-9M"


@dataclass(frozen=True)
class Year(Period):
    @property
    def label(self) -> str:
        return f"năm {self.year}"

    @property
    def code(self) -> str:
        return f"{self.year}"


@dataclass(frozen=True)
class FiveYears(Period):
    """A "giai đoạn" of the five-year plans, named by its first `year`: 2016, 2021, 2026 …

    (NĐ 45/2012 Đ2.1 says "usually 5 years"). "Cùng kỳ" is the giai đoạn before.
    """

    months = 60

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.year % 5 != 1:
            raise PeriodError(_not_five_years(self.year, self.year + 4))

    @property
    def last_year(self) -> int:
        return self.year + 4

    @property
    def label(self) -> str:
        return f"giai đoạn {self.year} - {self.last_year}"

    @property
    def code(self) -> str:
        return f"{self.year}-{self.last_year}"

    def previous(self) -> Self:
        return replace(self, year=self.year - 5)

    def same_period_last_year(self) -> Self:
        return self.previous()


def parse_period(code: str) -> Period:
    """The period of a code: "2021-10", "2026-Q1", "2026-H1", "2021-9M", "2020" or "2016-2020"; else PeriodError."""
    for pattern, build in _CODES:
        if match := re.fullmatch(pattern, code, re.ASCII):
            return build(*(int(number) for number in match.groups()))
    raise PeriodError(
        f"Không có kỳ báo cáo “{code}”. Hãy ghi như “2021-10” (tháng), “2026-Q1” (quý), “2026-H1” (6 tháng), "
        "“2021-9M” (9 tháng), “2020” (năm) hoặc “2016-2020” (giai đoạn 5 năm)."
    )


def administrative_window(period: Period) -> Window:
    """From the 15th of the month before to the 14th of the last month, as administrative reports count.

    NĐ 09/2019; for industrial clusters TT 14/2024 Đ3.2: the year is 15/12 of the year before to 14/12.
    """
    return Window((period.start - timedelta(days=1)).replace(day=15), period.end.replace(day=14))


def _five_years(first: int, last: int) -> FiveYears:
    if last != first + 4:
        raise PeriodError(_not_five_years(first, last))
    return FiveYears(first)


def _not_five_years(first: int, last: int) -> str:
    return (
        f"“{first}-{last}” không phải là giai đoạn 5 năm. Giai đoạn bắt đầu từ năm có tận cùng là 1 hoặc 6, "
        "năm đầu ghi trước, ví dụ “2016-2020”."
    )


_CODES: tuple[tuple[str, Callable[..., Period]], ...] = (
    (r"(\d{4})-(\d{2})", Month),
    (r"(\d{4})-Q(\d)", Quarter),
    (r"(\d{4})-H(\d)", HalfYear),
    (r"(\d{4})-9M", NineMonths),
    (r"(\d{4})", Year),
    (r"(\d{4})-(\d{4})", _five_years),
)
