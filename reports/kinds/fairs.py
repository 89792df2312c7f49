"""Báo cáo hội chợ, kết nối thị trường: events, who took part, what came of it, who paid."""

from khuyencong.periods import FiveYears, HalfYear, Month, NineMonths, Quarter, Year
from reports import fair_sources
from reports.figures.fairs import fair_report
from reports.figures.fairs_json import as_json
from reports.kinds.contract import Kind
from reports.layouts import fairs as layout
from reports.pages.fairs import page

FAIRS = Kind(
    key="hoi-cho",
    title="Báo cáo hội chợ, kết nối thị trường",
    file_stem="hoi-cho-ket-noi-thi-truong",
    periods=(Year, FiveYears, HalfYear, NineMonths, Quarter, Month),
    period_hint="Hãy chọn năm như “2021”, giai đoạn như “2016-2020” hoặc một phần của năm như “2021-Q4”.",
    first_year=2011,
    read=fair_sources.read,
    summarise=fair_report,
    as_json=as_json,
    sheets=layout.sheets,
    terminal_lines=layout.terminal_lines,
    page=page,
    template="reports/fairs/figures.html",
    newest_year=fair_sources.newest_year,
)
