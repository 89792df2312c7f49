"""The budget of a year as a workbook: by source, by province, and its decisions. Amounts in đồng."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from reports.layouts.parts import MONEY, SHARE, Cell, Column, Line, Sheet, Table, label


def _money(name: str) -> Callable[[Any], Cell]:
    def value(row: Any) -> Cell:
        amount = getattr(row.cell, name)
        return None if amount is None else int(amount)

    return value


def _column(heading: str, name: str) -> Column:
    return Column(heading, _money(name), 17, MONEY, total=_money(name))


AMOUNTS = (
    _column("Được giao", "allocated"),
    _column("Chờ xác nhận", "waiting_amount"),
    _column("Đã phê duyệt", "approved"),
    _column("Đã cam kết", "committed"),
    _column("Đã giải ngân", "disbursed"),
    _column("Đã quyết toán", "settled"),
    _column("Còn lại", "left"),
    Column("Cam kết / giao (%)", attrgetter("used"), 10, SHARE, total=attrgetter("used")),
)
SOURCES = (Column("Nguồn", attrgetter("name"), 30, total=label("Tổng cộng")), *AMOUNTS)
PROVINCES = (Column("Tỉnh, thành phố", attrgetter("name"), 30, total=label("Tổng cộng")), *AMOUNTS)
DECISIONS = (
    Column("Số quyết định", attrgetter("decision_number"), 20),
    Column("Ngày", lambda row: f"{row.decision_on:%d/%m/%Y}", 12),
    Column("Cơ quan ban hành", attrgetter("authority"), 24),
    Column("Tỉnh, thành phố", attrgetter("budget.province.name"), 16),
    Column("Nguồn", attrgetter("budget.source.name"), 20),
    Column("Loại", lambda row: row.get_kind_display(), 24),
    Column("Số tiền", lambda row: int(row.amount), 17, MONEY),
    Column("Xác nhận", lambda row: str(row.confirmed_by) if row.confirmed_at else "chờ xác nhận", 20),
    Column("Ghi chú", attrgetter("note"), 24),
)
NOTES = (
    "Được giao: tổng các quyết định đã xác nhận. Ô trống: nguồn chưa ghi dự toán, chưa bị giới hạn.",
    "Đã cam kết: số phê duyệt sau điều chỉnh của đề án đã quyết định và kinh phí ngoài đề án đã xác nhận.",
)


def sheets(table: Any, decisions: Sequence[Any], subtitle: str) -> tuple[Sheet, ...]:
    """`table`: a year's table with `sources`, `provinces` and `total`; `decisions` with their budget fetched."""
    tables = [Table(SOURCES, tuple(Line(row) for row in table.sources), total=table.total)]
    if table.provinces:
        lines = tuple(Line(row) for row in table.provinces)
        tables.append(Table(PROVINCES, lines, total=table.total, caption="Theo tỉnh, thành phố"))
    title = f"DỰ TOÁN KINH PHÍ KHUYẾN CÔNG NĂM {table.year}"
    summary = Sheet("Dự toán", title, subtitle, "Đơn vị tính: đồng", tuple(tables), notes=NOTES)
    listed = Table(DECISIONS, tuple(Line(row) for row in decisions))
    return summary, Sheet("Quyết định", title, subtitle, "Đơn vị tính: đồng", (listed,), is_list=True)
