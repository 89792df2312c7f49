"""Sheet "Theo loại": events by kind and role, by place where there are several, and money by source."""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from reports.figures.fairs import FairReport, Group, Sums
from reports.figures.rows import Source
from reports.layouts.fairs.notes import notes
from reports.layouts.parts import COUNT, MONEY, SHARE, Cell, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame


def kinds_sheet(report: FairReport) -> Sheet:
    subject = report.subject
    return Sheet(
        name="Theo loại",
        title=frame.title(subject),
        subtitle=frame.subtitle(subject),
        unit="Đơn vị tính: sự kiện, gian hàng, lượt, cơ sở; tiền: đồng",
        tables=(
            Table(_columns("Loại sự kiện"), tuple(_lines(report)), report.total, "Theo loại và hình thức"),
            *_territories(report),
            *_sources(report),
        ),
        size=10,
        letterhead=frame.letterhead(subject.agencies),
        notes=notes(report),
        signatures=frame.signatures(subject.territory),
        one_page=len(report.territories) < 2,
    )


def _lines(report: FairReport) -> Iterator[Line]:
    for kind in report.kinds:
        yield Line(kind)
        yield from (Line(Group(part.key, f"    {part.name}", part.sums)) for part in kind.parts)


def _territories(report: FairReport) -> Iterator[Table]:
    if len(report.territories) > 1:
        lines = tuple(Line(group) for group in report.territories)
        yield Table(_columns("Tỉnh, thành phố"), lines, report.total, "Theo địa bàn")


def _sources(report: FairReport) -> Iterator[Table]:
    if report.sources:
        by_source = report.total.by_source

        def amount(source: Source) -> Cell:
            return by_source[source.code]

        columns = (
            Column("Nguồn kinh phí", attrgetter("name"), 34, total=label(frame.TOTAL)),
            Column("Số tiền", amount, 16, MONEY, total=attrgetter("money")),
        )
        yield Table(columns, tuple(Line(source) for source in report.sources), report.total, "Kinh phí theo nguồn")


def _sum(
    heading: str, value: Callable[[Sums], Cell], width: float, number_format: Any = COUNT, *, centred: bool = False
) -> Column:
    return Column(heading, lambda group: value(group.sums), width, number_format, total=value, centred=centred)


def _columns(first: str) -> tuple[Column, ...]:
    return (
        Column(first, attrgetter("name"), 34, total=label(frame.TOTAL)),
        _sum("Kinh phí", attrgetter("money"), 16, MONEY),
        _sum("Sự kiện", attrgetter("events"), 8),
        _sum("Gian hàng", lambda sums: sums.booths_in_words or None, 13, "@", centred=True),
        _sum("Lượt doanh nghiệp", attrgetter("occurrences"), 9),
        _sum("Cơ sở (mỗi cơ sở một lần)", attrgetter("facilities"), 11),
        _sum("Doanh thu tại sự kiện", attrgetter("turnover"), 16, MONEY),
        _sum("Biên bản ghi nhớ", attrgetter("memoranda"), 9),
        _sum("Hợp đồng", attrgetter("contracts"), 9),
        _sum("Tỷ lệ thành hợp đồng (%)", attrgetter("conversion"), 10, SHARE),
        _sum("Giá trị hợp đồng", attrgetter("contract_value"), 17, MONEY),
    )
