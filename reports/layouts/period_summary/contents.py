"""Sheet "Theo nội dung": what the money was for and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from reports.figures.contents import ContentFigure, ContentTable, ResultFigure
from reports.figures.period_summary import PeriodSummary
from reports.layouts.parts import COUNT, MONEY, SHARE, Column, Line, Sheet, Table, label, quantity
from reports.layouts.period_summary import frame

COUNTED_ONCE = "Cơ sở, làng nghề chỉ đếm một lần trong cả kỳ dù được hỗ trợ nhiều lần; chỉ tiêu khác là tổng số."


@dataclass(frozen=True, slots=True)
class _Line:
    """A content and one of its results; further results follow on lines without the content."""

    code: str | None = None
    name: str | None = None
    schemes: int | None = None
    amount: int | None = None
    share: Decimal | None = None
    indicator: str | None = None
    unit: str | None = None
    planned: Decimal | None = None
    actual: Decimal | None = None


COLUMNS = (
    Column("Mã", attrgetter("code"), 10),
    Column("Nội dung hoạt động", attrgetter("name"), 46, total=label(frame.TOTAL)),
    Column("Số đề án", attrgetter("schemes"), 9, COUNT, total=attrgetter("schemes")),
    Column("Kinh phí", attrgetter("amount"), 18, MONEY, total=attrgetter("amount")),
    Column("Tỷ trọng (%)", attrgetter("share"), 9, SHARE, total=attrgetter("share")),
    Column("Chỉ tiêu kết quả", attrgetter("indicator"), 34, is_quiet=True),
    Column("Đơn vị tính", attrgetter("unit"), 17, centred=True, is_quiet=True),
    Column("Kế hoạch", attrgetter("planned"), 10, quantity, is_quiet=True),
    Column("Thực hiện", attrgetter("actual"), 10, quantity, is_quiet=True),
)


def contents_sheet(summary: PeriodSummary) -> Sheet:
    table = summary.contents
    return Sheet(
        name="Theo nội dung",
        title="KẾT QUẢ THEO NỘI DUNG HOẠT ĐỘNG KHUYẾN CÔNG",
        subtitle=frame.subtitle(summary.subject),
        unit=frame.UNIT,
        tables=(Table(COLUMNS, tuple(_lines(table)), total=table),),
        notes=(COUNTED_ONCE, *frame.notes(summary)),
    )


def _lines(table: ContentTable) -> Iterator[Line]:
    for group in table.groups:
        yield from _of_content(group, is_heading=True)
        for leaf in group.contents:
            yield from _of_content(leaf)
    if table.outside:
        name = "Kinh phí không gắn với đề án cụ thể"
        yield Line(_Line(name=name, amount=table.outside, share=table.outside_share), is_heading=True)


def _of_content(figure: ContentFigure, is_heading: bool = False) -> Iterator[Line]:
    """A group of one leaf leaves the results to it."""
    results = () if len(figure.contents) == 1 else figure.results
    lines = [_of_result(result) for result in results] or [{}]
    content = {attribute: getattr(figure, attribute) for attribute in ("code", "name", "schemes", "amount", "share")}
    yield Line(_Line(**content, **lines[0]), is_heading)
    for line in lines[1:]:
        yield Line(_Line(**line), continues=True)


def _of_result(result: ResultFigure) -> dict:
    indicator = result.indicator
    return {"indicator": indicator.name, "unit": indicator.unit, "planned": result.planned, "actual": result.actual}
