"""Báo cáo bình chọn sản phẩm công nghiệp nông thôn tiêu biểu: levels, cycles, the funnel, certificates, commendations."""

from khuyencong.periods import FiveYears, Year
from reports import selection_sources
from reports.figures.selection import selection_report
from reports.figures.selection_json import as_json
from reports.kinds.contract import Kind
from reports.layouts import selection as layout
from reports.pages.selection import page

SELECTION = Kind(
    key="binh-chon",
    title="Báo cáo bình chọn sản phẩm",
    file_stem="binh-chon-san-pham",
    periods=(Year, FiveYears),
    period_hint="Hãy chọn năm như “2020” hoặc giai đoạn như “2016-2020”.",
    first_year=2011,
    read=selection_sources.read,
    summarise=selection_report,
    as_json=as_json,
    sheets=layout.sheets,
    terminal_lines=layout.terminal_lines,
    page=page,
    template="reports/selection/figures.html",
    newest_year=selection_sources.newest_year,
)
