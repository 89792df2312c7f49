"""Draws one sheet, from its first row to its last."""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from reports.layouts.parts import TEXT, Cell, Column, Letterhead, Line, Sheet, Table
from reports.workbook import styles
from reports.workbook.styles import FONT, Look, Styles

A4 = 9
MARGINS = {"left": 30, "right": 15, "top": 20, "bottom": 20, "header": 10, "footer": 10}  # mm, NĐ 30/2020 Phụ lục I
MILLIMETRES_IN_AN_INCH = 25.4
FORMULA_STARTS = ("=", "+", "-", "@")
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
RULE = "________"
DATE_TO_WRITE = "{}, ngày       tháng       năm            "
ROOM_TO_SIGN = 4  # empty rows
NO_BREAK_SPACE = "\u00a0"  # ends the room to sign: rows with nothing in them are not printed
LEFT_SIDE = 0.35  # of the width, for what stands left of the nation's name
LETTERHEAD_ROWS, TITLE_ROWS = 5, 3


class Painter:
    """One sheet of a workbook that is written row by row: what its head must say is said before the first row."""

    def __init__(self, book: Workbook, sheet: Sheet, known: Styles, on_row: Callable[[], None]):
        self.ws = book.create_sheet(sheet.name)
        self.sheet, self.styles, self.on_row = sheet, known, on_row
        self.widths = [column.width for column in sheet.tables[0].columns]
        self.last = get_column_letter(len(self.widths))
        self.row = 0

    def paint(self) -> None:
        self._set_up_page()
        if self.sheet.letterhead:
            self._letterhead(self.sheet.letterhead)
        self._span(self.sheet.title, styles.TITLE)
        self._span(self.sheet.subtitle, styles.CENTRE)
        self._span(self.sheet.unit, styles.UNIT)
        for table in self.sheet.tables:
            self._table(table)
        self._foot()

    # The page

    def _set_up_page(self) -> None:
        ws, setup = self.ws, self.ws.page_setup
        for number, width in enumerate(self.widths, start=1):
            ws.column_dimensions[get_column_letter(number)].width = width
        ws.sheet_view.showGridLines = False
        ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        setup.orientation, setup.paperSize = "landscape", A4
        setup.fitToWidth, setup.fitToHeight = 1, int(self.sheet.one_page)
        for side, millimetres in MARGINS.items():
            setattr(ws.page_margins, side, millimetres / MILLIMETRES_IN_AN_INCH)
        ws.print_options.horizontalCentered = True
        self._number_pages()
        heading = TITLE_ROWS + 1 + (LETTERHEAD_ROWS if self.sheet.letterhead else 0)
        ws.print_title_rows = f"{heading}:{heading}"
        if self.sheet.is_list:
            ws.freeze_panes = f"D{heading + 1}"

    def _number_pages(self) -> None:
        """In the middle of the top margin, not on the page with the letterhead."""
        number = self.ws.HeaderFooter.oddHeader.center
        number.text, number.font, number.size = "&P", f"{FONT},Regular", 13
        self.ws.HeaderFooter.differentFirst = self.sheet.letterhead is not None

    def _letterhead(self, head: Letterhead) -> None:
        first, second = (head.parent, head.agency) if head.parent else (head.agency, RULE)
        self._sides(first, NATION, styles.CENTRE if head.parent else styles.BOLD, styles.BOLD)
        self._sides(second, MOTTO, styles.BOLD, styles.MOTTO)
        self._sides(RULE if head.parent else "", "", styles.CENTRE, styles.CENTRE)
        self._sides(head.number, DATE_TO_WRITE.format(head.place), styles.CENTRE, styles.ITALIC)
        self._append([])

    # Tables

    def _table(self, table: Table) -> None:
        if table.caption:
            self._append([])
            self._span(table.caption, styles.CAPTION)
        self._heading(table.columns)
        heading = self.row
        for line, following in pairwise((*table.lines, None)):
            self._line(table.columns, line, following)
            self.on_row()
        if self.sheet.is_list:
            self.ws.auto_filter.ref = f"A{heading}:{self.last}{self.row}"
        if table.total is not None:
            values = [column.total(table.total) for column in table.columns]
            self._values(table.columns, values, [styles.BOX] * len(values), bold=True)

    def _heading(self, columns: Sequence[Column]) -> None:
        look, size = styles.HEADING, self.sheet.size
        lines = max(look.lines(column.heading, column.width, size) for column in columns)
        self._append([self._cell(column.heading, look) for column in columns], look.height(lines, size))

    def _line(self, columns: Sequence[Column], line: Line, following: Line | None) -> None:
        """An empty cell of a line that continues the one above has no rule between them, except in quiet columns."""
        values = [column.value(line.item) for column in columns]
        rules = [styles.BOX] * len(values)
        if line.continues or (following and following.continues):
            below = [column.value(following.item) if following else None for column in columns]
            rules = [_rules(*cell, line, following) for cell in zip(columns, values, below, strict=True)]
        self._values(columns, values, rules, bold=line.is_heading)

    def _values(self, columns: Sequence[Column], values: list[Cell], rules: list[str], *, bold: bool) -> None:
        cells, lines, size = [], 1, self.sheet.size
        for column, value, sides in zip(columns, values, rules, strict=True):
            number_format = column.format_of(value)
            is_number = number_format != TEXT and not isinstance(value, str)
            horizontal = "center" if column.centred else "right" if is_number else "left"
            look = Look(horizontal, bold=bold and not column.is_quiet, rules=sides, wrap=not is_number)
            if isinstance(value, str):
                lines = max(lines, look.lines(value, column.width, size))
            cells.append(self._cell(value, look, number_format))
        self._append(cells, Look(rules=styles.BOX).height(lines, size))

    # Under the tables

    def _foot(self) -> None:
        self._append([])
        if self.sheet.remark:
            self._span(self.sheet.remark, styles.REMARK)
        for note in self.sheet.notes:
            self._span(f"- {note}", styles.NOTE)
        if self.sheet.signatures:
            left, right = self.sheet.signatures
            self._append([])
            self._sides(left.title, right.title, styles.BOLD, styles.BOLD)
            self._sides(left.hint, right.hint, styles.ITALIC, styles.ITALIC)
            for _ in range(ROOM_TO_SIGN):
                self._append([])
            self._span(NO_BREAK_SPACE, styles.CENTRE)

    # Rows and cells

    def _span(self, text: str, look: Look) -> None:
        """One text over the whole width."""
        size = self.sheet.size
        self._merge(f"A{self.row + 1}:{self.last}{self.row + 1}")
        self._append([self._cell(text, look)], look.height(look.lines(text, sum(self.widths), size), size))

    def _sides(self, left: str, right: str, left_look: Look, right_look: Look) -> None:
        """Two texts side by side."""
        shares = [width / sum(self.widths) for width in accumulate(self.widths)]
        border = 1 + next(place for place, share in enumerate(shares) if share >= LEFT_SIDE)
        row = self.row + 1
        self._merge(f"A{row}:{get_column_letter(border)}{row}")
        self._merge(f"{get_column_letter(border + 1)}{row}:{self.last}{row}")
        blank: list[SheetCell | None] = [None] * (border - 1)
        self._append([self._cell(left, left_look), *blank, self._cell(right, right_look)])

    def _merge(self, cells: str) -> None:
        self.ws.merged_cells.add(cells)

    def _append(self, cells: list[SheetCell | None], height: float | None = None) -> None:
        self.row += 1
        if height:
            self.ws.row_dimensions[self.row].height = height
        self.ws.append(cells)

    def _cell(self, value: Cell, look: Look, number_format: str = TEXT) -> SheetCell:
        """A cell of the kind of its value: text stays text, also when it begins like a formula."""
        if isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value) or None
        style = self.styles.get(look, self.sheet.size, number_format)
        cell = SheetCell(self.ws, row=1, column=1, value=value, style_array=style)
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA_STARTS)
        return cell


def _rules(column: Column, value: Cell, below: Cell, line: Line, following: Line | None) -> str:
    """The sides of a cell that have a rule."""
    top = column.is_quiet or value is not None or not line.continues
    bottom = column.is_quiet or below is not None or not (following and following.continues)
    return "left right" + " top" * top + " bottom" * bottom
