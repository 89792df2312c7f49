"""The figures of a facility before and after support, and how they are compared. Pure: no database.

A per cent is said only when both figures are given, in one unit, and the one before is more than 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from khuyencong import text
from khuyencong.money import format_decimal
from khuyencong.templatetags.portal import million, quantity

YES_NO = {True: "có", False: "không", None: ""}


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is asked: its field, its heading, the unit of its column, how a value is written."""

    name: str
    label: str
    unit: str = ""
    shown: Callable = quantity
    has_change: bool = True


FIGURES = (
    Figure("revenue", "Doanh thu", "triệu đồng", million),
    Figure("jobs", "Lao động", "người"),
    Figure("income", "Thu nhập bình quân", "triệu đồng/tháng", million),
    Figure("taxes", "Nộp ngân sách", "triệu đồng", million),
    Figure("productivity", "Năng suất"),
    Figure("capital_mobilised", "Vốn xã hội huy động", "triệu đồng", million),
    Figure("new_markets", "Số thị trường mới"),
    Figure("is_exporter", "Xuất khẩu", shown=lambda value: YES_NO[value], has_change=False),
    Figure("export_value", "Trị giá xuất khẩu", "triệu đồng", million),
    Figure("material_saved", "Tiết kiệm nguyên, nhiên liệu", "%", has_change=False),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure over the years: a text a column, '' when not known; `change` '+12,5%' or '' when it cannot be said.

    `unit` is that of all cells; '' when each has its own.
    """

    figure: Figure
    unit: str
    cells: list
    change: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of one benefit: its records in order, what each column is called, a row a figure that somebody gave."""

    records: list
    headings: list
    rows: list

    @property
    def before(self):
        """The record from before the support, or None."""
        return next((record for record in self.records if record.is_before), None)

    @property
    def remarks(self):
        """[('2019, 2021', 'Báo cáo của cơ sở. Ghi chú')]: source and note, said once for the years that share them."""
        found = {}
        for record in self.records:
            said = ". ".join(one.rstrip(".") for one in (record.figures_source, record.note) if one)
            found.setdefault(said, []).append(str(record.year))
        return [(", ".join(years), said) for said, years in found.items()]

    @property
    def newest(self):
        """The newest record after the support, or None."""
        return next((record for record in reversed(self.records) if not record.is_before), None)


def change(before, after) -> Decimal | None:
    """By how many per cent `after` is above `before`; None unless both are given and `before` is more than 0."""
    if before is None or after is None or before <= 0:
        return None
    return (Decimal(after) - Decimal(before)) * 100 / Decimal(before)


def said(percent) -> str:
    """'+12,5%', '−3,0%', '0,0%'; '' for None."""
    if percent is None:
        return ""
    written = format_decimal(abs(percent), 1)
    sign = "" if written == "0,0" else "+" if percent > 0 else "−"
    return f"{sign}{written}%"


def compare(records) -> Comparison:
    """Records of one benefit, the one before support first, then by year."""
    records = list(records)
    given = [figure for figure in FIGURES if any(getattr(one, figure.name) is not None for one in records)]
    comparison = Comparison(records, [heading(one) for one in records], [])
    comparison.rows.extend(_row(figure, comparison) for figure in given)
    return comparison


def heading(record) -> str:
    """'2019, trước hỗ trợ', '2021'."""
    return f"{record.year}, trước hỗ trợ" if record.is_before else str(record.year)


def percent_of(figure, before, after) -> Decimal | None:
    """The change of one figure between two records; None when it cannot be said."""
    if not before or not after or not figure.has_change or not _same_unit(figure, before, after):
        return None
    return change(getattr(before, figure.name), getattr(after, figure.name))


def _same_unit(figure, before, after):
    units = (before.productivity_unit, after.productivity_unit)
    return figure.name != "productivity" or text.match_key(units[0]) == text.match_key(units[1])


def _row(figure, comparison):
    units = {one.productivity_unit for one in comparison.records if one.productivity is not None}
    is_mixed = figure.name == "productivity" and len(units) > 1
    unit = "".join(units) if figure.name == "productivity" and not is_mixed else figure.unit
    cells = [_cell(figure, record, is_mixed) for record in comparison.records]
    return Row(figure, unit, cells, said(percent_of(figure, comparison.before, comparison.newest)))


def _cell(figure, record, is_mixed):
    value = getattr(record, figure.name)
    if value is None:
        return ""
    return f"{figure.shown(value)} {record.productivity_unit}" if is_mixed else figure.shown(value)
