"""The list of schemes as it stands on the page, for somebody who goes on in Excel."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from reports.layouts.parts import MONEY, OR_DASH, PLAIN, Column, Line, Sheet, Table, label

WHAT = (
    Column("Mã đề án", attrgetter("scheme.code"), 17),
    Column("Tên đề án", attrgetter("scheme.name"), 38, total=label("Tổng cộng")),
    Column("Năm", attrgetter("scheme.year"), 7, PLAIN, centred=True),
    Column("Cấp", lambda row: row.scheme.get_level_display(), 11),
    Column("Nội dung", attrgetter("scheme.content.code"), 10),
    Column("Đơn vị thực hiện", attrgetter("scheme.implementing_unit.name"), 22),
    Column("Đơn vị thụ hưởng", attrgetter("beneficiaries"), 26),
    Column("Địa điểm", attrgetter("scheme.place"), 18),
    Column("Trạng thái", lambda row: row.scheme.get_status_display(), 14),
    Column("Quyết định", attrgetter("decision"), 16),
)


def sheet(rows: Sequence[Any], sources: Sequence[Any], totals: Any, subtitle: str) -> Sheet:
    """`rows` have .scheme, .amounts by source code and .total; `totals` the same of all; one money column a source."""
    columns = (*WHAT, *(_money(source) for source in sources), TOTAL)
    return Sheet(
        name="Danh sách đề án",
        title="DANH SÁCH ĐỀ ÁN KHUYẾN CÔNG",
        subtitle=subtitle,
        unit="Đơn vị tính: đồng",
        tables=(Table(columns, tuple(Line(row) for row in rows), total=totals),),
        notes=(
            "Đã duyệt thì tính số phê duyệt, chưa duyệt thì tính số đề nghị; tổng không gồm đề án không được phê duyệt.",
        ),
        is_list=True,
    )


def _money(source: Any) -> Column:
    def amount(row: Any) -> int:
        return int(row.amounts.get(source.pk, 0))

    return Column(source.short_name, amount, 15, OR_DASH, total=amount)


TOTAL = Column("Tổng", lambda row: int(row.total), 16, MONEY, total=lambda row: int(row.total))
