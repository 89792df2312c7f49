"""The only package that knows openpyxl. It draws sheets (`reports.layouts.parts`) and adds nothing up.

Rows are streamed, so that memory does not grow with them; every style is registered once.
"""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO

from openpyxl import Workbook

from reports.layouts.parts import Sheet
from reports.workbook.painter import Painter
from reports.workbook.styles import Styles

CREATOR = "Cổng quản lý khuyến công"


def write(sheets: tuple[Sheet, ...], target: BinaryIO, on_row: Callable[[], None] = lambda: None) -> None:
    """Write the workbook into an open binary file; `on_row` is called after every line of a table."""
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = CREATOR, sheets[0].title
    styles, packed = Styles(book), BytesIO()
    try:
        for sheet in sheets:
            Painter(book, sheet, styles, on_row).paint()
        book.save(packed)
    except BaseException:
        _discard(book)
        raise
    target.write(packed.getbuffer())


def _discard(book: Workbook) -> None:
    """Remove the temporary file that openpyxl keeps for each sheet until it is saved."""
    for sheet in book.worksheets:
        with suppress(Exception):
            sheet.close()
        with suppress(OSError):
            sheet._writer.cleanup()
