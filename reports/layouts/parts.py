"""The parts of a printed sheet, as data: `reports.workbook` draws them and adds nothing.

Number formats name the Vietnamese locale, so that 38995000000 reads 38.995.000.000 also where the office program is in
another language and honours it (LibreOffice does; Excel follows the machine's own language).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | None

TEXT = "@"
MONEY = COUNT = "[$-42A]#,##0_)"  # "_)": as much room as a bracket takes, so that digits keep clear of the line
OR_DASH = f'{MONEY};[$-42A]-#,##0_);"-"_)'  # the locale stands first in each part
FRACTION = "[$-42A]#,##0.00_)"
SHARE = "[$-42A]0.00_)"
PLAIN = "0"  # years, ordinals


def nothing(_item: Any) -> Cell:
    """An empty cell."""
    return None


def label(text: str) -> Callable[[Any], Cell]:
    """The same words whatever the item: 'Tổng cộng'."""
    return lambda _item: text


def quantity(value: Cell) -> str:
    """The format of a result: decimals only where there are some."""
    return FRACTION if isinstance(value, Decimal) and value != int(value) else COUNT


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it shows of a line's item, its width in characters, how its numbers look.

    `total` is what it shows of the table's total line; a quiet column is never bold.
    """

    heading: str
    value: Callable[[Any], Cell]
    width: float
    number_format: str | Callable[[Cell], str] = TEXT
    total: Callable[[Any], Cell] = nothing
    centred: bool = False
    is_quiet: bool = False

    def format_of(self, value: Cell) -> str:
        """How this value is shown."""
        return self.number_format if isinstance(self.number_format, str) else self.number_format(value)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; `item` is what the columns look at.

    A heading is set in bold; a line that `continues` the one above has no rule over its empty cells.
    """

    item: Any
    is_heading: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` of the sheet's first table give the widths of all; `total` None: no total line."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Any = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an administrative document (NĐ 30/2020 Phụ lục I); `parent` may be empty."""

    parent: str
    agency: str
    number: str
    place: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs under the tables."""

    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet on A4 landscape, in type of `size` points.

    `one_page`: never broken. `is_list`: its head stays in sight, its lines can be filtered.
    """

    name: str
    title: str
    subtitle: str
    unit: str
    tables: tuple[Table, ...]
    size: int = 11
    letterhead: Letterhead | None = None
    remark: str = ""
    notes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    one_page: bool = False
    is_list: bool = False
