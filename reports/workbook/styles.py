"""How cells look: one named style for each look, size of type and number format, made when first asked for."""

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray

from reports.workbook import letters

FONT = "Times New Roman"
UNIT_SIZE = 11  # the width of a column is counted in digits of this size
LEADING = 1.17  # the height of a line, in sizes of type
AIR = 5  # points above and below the lines of a box together
THIN = Side(style="thin", color="FF7F7F7F")
SHADE = PatternFill("solid", fgColor="FFF2F2F2")
BOX = "left right top bottom"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is set. `points` are added to the sheet's size of type; `rules` are the sides that have a line."""

    horizontal: str = "left"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    points: int = 0
    shade: bool = False
    rules: str = ""
    wrap: bool = True

    @property
    def indent(self) -> int:
        """Text keeps clear of the line before it; numbers do so by their format."""
        return int(bool(self.rules) and self.horizontal == "left")

    def lines(self, text: str, width: float, size: int) -> int:
        """How many lines `text` takes in a cell `width` wide: office programs do not always work out a row's height."""
        em = (size + self.points) * (1.07 if self.bold else 1)
        room = (width - 1 - 1.5 * self.indent) * UNIT_SIZE * letters.DIGIT / em
        return letters.lines(text, room)

    def height(self, lines: int, size: int) -> float:
        """Of a row with so many lines, in points."""
        return lines * (size + self.points) * LEADING + (AIR if self.rules else 2)


CENTRE = Look("center")
BOLD = Look("center", bold=True)
ITALIC = Look("center", italic=True)
MOTTO = Look("center", bold=True, underline=True)
TITLE = Look("center", bold=True, points=1)
UNIT = Look("right", italic=True)
CAPTION = Look(bold=True)
REMARK = Look(italic=True)
NOTE = Look(italic=True, points=-2)
HEADING = Look("center", bold=True, shade=True, rules=BOX)


class Styles:
    """The named styles of one workbook. Widths of columns are counted in digits of its style "Normal"."""

    def __init__(self, book: Workbook):
        self._book = book
        self._known: dict[tuple[Look, int, str], StyleArray] = {}
        book._named_styles["Normal"].font = Font(FONT, UNIT_SIZE)

    def get(self, look: Look, size: int, number_format: str) -> StyleArray:
        """What every cell of this look shares."""
        key = (look, size, number_format)
        if key not in self._known:
            self._known[key] = self._register(*key)
        return self._known[key]

    def _register(self, look: Look, size: int, number_format: str) -> StyleArray:
        style = NamedStyle(name=f"Báo cáo {len(self._known) + 1}", number_format=number_format)
        underline = "single" if look.underline else None
        style.font = Font(FONT, size + look.points, bold=look.bold, italic=look.italic, underline=underline)
        style.alignment = Alignment(look.horizontal, "center", wrap_text=look.wrap, indent=look.indent)
        style.border = Border(**dict.fromkeys(look.rules.split(), THIN))
        style.fill = SHADE if look.shade else PatternFill()
        self._book.add_named_style(style)
        return style.as_tuple()
