"""Bảng đối chiếu kinh phí khuyến công: what was approved, paid, accepted and settled, by scheme and source."""

from khuyencong.periods import FiveYears, Year
from reports import reconciliation_sources, sources
from reports.figures.reconciliation import reconciliation
from reports.figures.reconciliation_json import as_json
from reports.kinds.contract import Kind
from reports.layouts import reconciliation as layout
from reports.pages.reconciliation import page

RECONCILIATION = Kind(
    key="doi-chieu",
    title="Bảng đối chiếu kinh phí khuyến công",
    file_stem="doi-chieu-kinh-phi",
    periods=(Year, FiveYears),
    period_hint="Hãy chọn năm như “2021” hoặc giai đoạn như “2021-2025”.",
    first_year=2011,
    read=reconciliation_sources.read,
    summarise=reconciliation,
    as_json=as_json,
    sheets=layout.sheets,
    terminal_lines=layout.terminal_lines,
    page=page,
    template="reports/reconciliation/figures.html",
    newest_year=sources.newest_year,
)
