"""The sheets of "Báo cáo bình chọn sản phẩm", and the same for a terminal."""

from reports.figures.selection import SelectionReport
from reports.layouts.parts import Sheet
from reports.layouts.selection.form import form_sheet
from reports.layouts.selection.levels import levels_sheet
from reports.layouts.selection.listing import certificates_sheet, commendations_sheet
from reports.layouts.selection.terminal import terminal_lines

__all__ = ["sheets", "terminal_lines"]


def sheets(report: SelectionReport) -> tuple[Sheet, ...]:
    """The form that is signed, what stands behind it, the certified products, and commendations when there are any."""
    commended = (commendations_sheet(report),) if report.commendations else ()
    return form_sheet(report), levels_sheet(report), certificates_sheet(report), *commended
