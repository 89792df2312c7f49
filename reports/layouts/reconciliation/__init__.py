"""The sheets of "Bảng đối chiếu kinh phí khuyến công", and the same for a terminal."""

from reports.figures.reconciliation import Reconciliation
from reports.layouts.parts import Sheet
from reports.layouts.reconciliation.lines import apart_sheet, lines_sheet
from reports.layouts.reconciliation.signed import signed_sheet
from reports.layouts.reconciliation.terminal import terminal_lines

__all__ = ["sheets", "terminal_lines"]


def sheets(report: Reconciliation) -> tuple[Sheet, ...]:
    """The signed table, the lines behind it, and what is not counted when there is any."""
    apart = (apart_sheet(report),) if report.apart_lines else ()
    return (signed_sheet(report), lines_sheet(report), *apart)
