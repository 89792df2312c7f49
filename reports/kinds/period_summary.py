"""Báo cáo tổng kết khuyến công giai đoạn: schemes and money of five years."""

from khuyencong.periods import FiveYears
from reports import sources
from reports.figures import period_summary
from reports.kinds.contract import Kind
from reports.layouts import period_summary as layout
from reports.pages.period_summary import page

PERIOD_SUMMARY = Kind(
    key="giai-doan",
    title="Báo cáo tổng kết khuyến công",
    file_stem="tong-ket-khuyen-cong",
    periods=(FiveYears,),
    period_hint="Hãy chọn giai đoạn như “2016-2020”.",
    first_year=2011,
    read=sources.read,
    summarise=period_summary.period_summary,
    as_json=period_summary.as_json,
    sheets=layout.sheets,
    terminal_lines=layout.terminal_lines,
    page=page,
    template="reports/period_summary/figures.html",
    newest_year=sources.newest_year,
)
