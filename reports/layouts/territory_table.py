"""The workbook of "Tổng hợp theo địa bàn": one sheet."""

from datetime import datetime

from reports.figures.rows import Source
from reports.figures.territories import TerritoryTable
from reports.layouts.parts import Sheet
from reports.layouts.period_summary.territories import territories_sheet

COUNTED = "Tính đề án đã có quyết định phê duyệt và khoản ngoài đề án đã được xác nhận, theo số được duyệt."


def sheet(
    table: TerritoryTable, sources: list[Source], *, years: str, boundaries: str, moment: datetime, illustrative: bool
) -> Sheet:
    """`years` and `boundaries` in words: 'từ năm 2016 đến năm 2020', 'Theo địa giới hiện nay'."""
    notes = (COUNTED, *(["Có số liệu minh họa: không dùng làm căn cứ báo cáo."] if illustrative else []))
    return territories_sheet(
        table,
        sources,
        title=f"TỔNG HỢP KHUYẾN CÔNG THEO ĐỊA BÀN {years}".upper(),
        subtitle=f"{boundaries}. Số liệu lúc {moment:%H:%M} ngày {moment:%d/%m/%Y}",
        notes=notes,
    )
