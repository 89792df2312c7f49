"""The catalogue of reports. A further kind is one more entry here, with its figures and its layout."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from khuyencong.periods import FiveYears, Period, PeriodError, parse_period
from reports import sources
from reports.figures import period_summary
from reports.figures.rows import Rows, Subject
from reports.layouts import period_summary as period_summary_layout
from reports.layouts.parts import Sheet
from reports.models import Report


class UnknownKindError(ValueError):
    """No such report; the message is a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of report is made: what it reads, computes, and shows in a workbook, as JSON and at a terminal."""

    key: str
    title: str
    file_stem: str
    period: type[Period]
    read: Callable[..., Rows]
    summarise: Callable[[Rows, Subject], Any]
    as_json: Callable[[Any], dict[str, Any]]
    sheets: Callable[[Any], tuple[Sheet, ...]]
    terminal_lines: Callable[[Any], Iterable[str]]

    def parse_period(self, code: str) -> Period:
        """The period of a code, of the sort that this report is made for; else PeriodError."""
        period = parse_period(code)
        if not isinstance(period, self.period):
            raise PeriodError(f"“{self.title}” không lập cho {period.label}. Hãy chọn giai đoạn như “2016-2020”.")
        return period


CATALOGUE = {
    kind.key: kind
    for kind in (
        Kind(
            key=Report.Kind.PERIOD_SUMMARY.value,
            title="Báo cáo tổng kết khuyến công",
            file_stem="tong-ket-khuyen-cong",
            period=FiveYears,
            read=sources.read,
            summarise=period_summary.period_summary,
            as_json=period_summary.as_json,
            sheets=period_summary_layout.sheets,
            terminal_lines=period_summary_layout.terminal_lines,
        ),
    )
}


def find(key: str) -> Kind:
    """The kind of a key; UnknownKindError lists those there are."""
    if key not in CATALOGUE:
        raise UnknownKindError(f"Không có loại báo cáo “{key}”. Các loại có: {', '.join(CATALOGUE)}.")
    return CATALOGUE[key]
