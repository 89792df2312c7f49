"""The sheets of "Báo cáo hội chợ, kết nối thị trường", and the same for a terminal."""

from reports.figures.fairs import FairReport
from reports.layouts.fairs.kinds import kinds_sheet
from reports.layouts.fairs.listing import events_sheet
from reports.layouts.fairs.terminal import terminal_lines
from reports.layouts.parts import Sheet

__all__ = ["sheets", "terminal_lines"]


def sheets(report: FairReport) -> tuple[Sheet, ...]:
    """The table that is signed, and the events behind it."""
    return kinds_sheet(report), events_sheet(report)
