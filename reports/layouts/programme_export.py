"""The targets of a programme and its money as a workbook."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from reports.layouts.parts import MONEY, SHARE, Cell, Column, Line, Sheet, Table, quantity


def _target(name: str) -> Callable[[Any], Cell]:
    """A field of the row's target; empty for the heading of a group."""
    return lambda row: getattr(row.target, name) if row.target else None


def _amount(name: str) -> Callable[[Any], Cell]:
    def value(row: Any) -> Cell:
        amount = getattr(row, name)
        return None if amount is None else int(amount)

    return value


class Heading:
    """The line above the targets of a group."""

    target = value = percent = None
    state = said = ""

    def __init__(self, name: str) -> None:
        self.name = name


def _name(row: Any) -> Cell:
    return row.target.name if row.target else row.name


def _period(row: Any) -> Cell:
    return (str(row.target.year) if row.target.year else "cả giai đoạn") if row.target else None


TARGETS = (
    Column("Chỉ tiêu", _name, 44),
    Column("Kỳ", _period, 13),
    Column("Mục tiêu", attrgetter("said"), 24),
    Column("Thực hiện", attrgetter("value"), 18, quantity),
    Column("Đơn vị tính", _target("unit"), 14),
    Column("Tiến độ (%)", attrgetter("percent"), 11, SHARE),
    Column("Kết quả", attrgetter("state"), 17),
    Column("Văn bản", _target("document"), 30),
    Column("Ghi chú", _target("note"), 30),
)
MONEY_BY_YEAR = (
    Column("Năm", attrgetter("label"), 44, total=attrgetter("label")),
    Column("Dự kiến (đồng)", _amount("planned"), 20, MONEY, total=_amount("planned")),
    Column("Đã cam kết (đồng)", _amount("committed"), 20, MONEY, total=_amount("committed")),
    Column("Cam kết / dự kiến (%)", attrgetter("percent"), 14, SHARE, total=attrgetter("percent")),
)


def sheets(programme: Any, sections: Sequence[Any], years: Sequence[Any], total: Any, moment: str) -> tuple[Sheet, ...]:
    """`sections` and `years` as on the programme's page."""
    lines = []
    for section in sections:
        lines.append(Line(Heading(section.name), is_heading=True))
        lines += [Line(row) for row in section.rows]
    title, subtitle = programme.name.upper(), f"Giai đoạn {programme.first_year} - {programme.last_year}, {moment}"
    money = Table(MONEY_BY_YEAR, tuple(Line(year) for year in years), total=total)
    return (
        Sheet("Chỉ tiêu", title, subtitle, "", (Table(TARGETS, tuple(lines)),)),
        Sheet("Kinh phí", title, subtitle, "", (money,)),
    )
