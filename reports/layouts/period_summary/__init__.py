"""The sheets of "Báo cáo tổng kết khuyến công giai đoạn", and the same for a terminal."""

from reports.figures.period_summary import PeriodSummary
from reports.layouts.parts import Sheet
from reports.layouts.period_summary.contents import contents_sheet
from reports.layouts.period_summary.overview import overview_sheet
from reports.layouts.period_summary.schemes import schemes_sheet
from reports.layouts.period_summary.terminal import terminal_lines
from reports.layouts.period_summary.territories import territories_sheets
from reports.layouts.period_summary.years import years_sheet

__all__ = ["sheets", "terminal_lines"]


def sheets(summary: PeriodSummary) -> tuple[Sheet, ...]:
    """In the order of the workbook."""
    return (
        overview_sheet(summary),
        *territories_sheets(summary),
        contents_sheet(summary),
        years_sheet(summary),
        schemes_sheet(summary),
    )
