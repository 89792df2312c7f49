"""Figures of facilities before support and in one year, for somebody who goes on in Excel."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reports.layouts.parts import COUNT, FRACTION, MONEY, PLAIN, Cell, Column, Line, Sheet, Table

YES_NO = {True: "có", False: "không", None: ""}
NOTES = (
    "Ô số để trống là chưa có số liệu, không phải bằng 0.",
    "Một cơ sở được nhiều đề án hỗ trợ có nhiều dòng: không cộng các dòng thành tổng. Tổng dưới đây tính mỗi cơ sở một "
    "lần và chỉ gồm cơ sở có cả số trước hỗ trợ và số của năm.",
)


def _of(which: str, name: str) -> Any:
    """A figure of the record `before` or `after`; empty when there is none."""

    def value(row: Any) -> Cell:
        record = getattr(row, which)
        figure = record and getattr(record, name)
        return int(figure) if isinstance(figure, Decimal) and figure == int(figure) else figure

    return value


def _texts(which: str, name: str) -> Any:
    return lambda row: getattr(getattr(row, which), name, "") or ""


def _pair(name: str, heading: str, year: int, width: float, number_format: str) -> tuple[Column, Column]:
    return (
        Column(f"{heading}, trước hỗ trợ", _of("before", name), width, number_format),
        Column(f"{heading}, năm {year}", _of("after", name), width, number_format),
    )


def columns(year: int) -> tuple[Column, ...]:
    """What stands in a line: who, which scheme, and each figure before and in `year`."""
    return (
        Column("Cơ sở", lambda row: row.benefit.facility.name, 34),
        Column("Mã số thuế", lambda row: row.benefit.facility.tax_code, 15),
        Column("Tỉnh, thành phố", lambda row: row.benefit.scheme.province.name, 14),
        Column("Mã đề án", lambda row: row.benefit.scheme.code, 17),
        Column("Nội dung", lambda row: row.benefit.scheme.content.code, 10),
        Column("Năm kế hoạch", lambda row: row.benefit.scheme.year, 9, PLAIN),
        Column("Năm của số trước hỗ trợ", _of("before", "year"), 10, PLAIN),
        *_pair("revenue", "Doanh thu (đồng)", year, 17, MONEY),
        *_pair("jobs", "Lao động (người)", year, 11, COUNT),
        *_pair("income", "Thu nhập (đồng/tháng)", year, 14, MONEY),
        *_pair("taxes", "Nộp ngân sách (đồng)", year, 16, MONEY),
        *_pair("productivity", "Năng suất", year, 12, FRACTION),
        Column("Đơn vị năng suất", _texts("after", "productivity_unit"), 14),
        Column("Vốn huy động (đồng)", _of("after", "capital_mobilised"), 16, MONEY),
        Column("Thị trường mới", _of("after", "new_markets"), 9, COUNT),
        Column("Xuất khẩu", lambda row: YES_NO[row.after and row.after.is_exporter], 9),
        Column("Trị giá xuất khẩu (đồng)", _of("after", "export_value"), 16, MONEY),
        Column("Tiết kiệm nguyên, nhiên liệu (%)", _of("after", "material_saved"), 11, FRACTION),
        Column("Nguồn số liệu", _texts("after", "figures_source"), 26),
        Column("Ghi chú", _texts("after", "note"), 26),
    )


def sheet(rows: Sequence[Any], year: int, sums: Sequence[Any], subtitle: str) -> Sheet:
    """One line a benefit (`programmes.monitoring.lists.FollowedRow`); the sums of `sums` are said under it."""
    said = tuple(f"{one.label} ({one.unit}), {one.facilities} cơ sở: {one.text}." for one in sums)
    return Sheet(
        name=f"Theo dõi {year}",
        title="THEO DÕI CƠ SỞ SAU HỖ TRỢ",
        subtitle=subtitle,
        unit="",
        tables=(Table(columns(year), tuple(Line(row) for row in rows)),),
        notes=(*NOTES, *said),
        is_list=True,
    )
