"""Báo cáo cụm công nghiệp: Biểu 04 of TT 14/2024/TT-BCT, by half-years and years."""

from khuyencong.periods import HalfYear, Year
from reports import cluster_sources
from reports.figures.cluster_json import as_json
from reports.figures.clusters import cluster_report
from reports.kinds.contract import Kind
from reports.layouts import clusters as layout
from reports.pages.clusters import page

CLUSTERS = Kind(
    key="ccn",
    title="Báo cáo cụm công nghiệp",
    file_stem="cum-cong-nghiep",
    periods=(Year, HalfYear),
    period_hint="Hãy chọn 6 tháng như “2026-H1” hoặc năm như “2026”.",
    first_year=2016,
    read=cluster_sources.read,
    summarise=cluster_report,
    as_json=as_json,
    sheets=layout.sheets,
    terminal_lines=layout.terminal_lines,
    page=page,
    template="reports/clusters/figures.html",
    newest_year=cluster_sources.newest_year,
)
