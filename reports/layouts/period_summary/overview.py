"""Sheet "Tổng quan": schemes and money by source and by level; the one that is signed."""

from operator import attrgetter

from khuyencong import words
from reports.figures.overview import Overview
from reports.figures.period_summary import PeriodSummary
from reports.layouts.parts import MONEY, OR_DASH, SHARE, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame

NAME_WIDTH, COUNT_WIDTH, MONEY_WIDTH, SHARE_WIDTH = 46, 14, 26, 16

SOURCE_COLUMNS = (
    Column("Nguồn kinh phí khuyến công", attrgetter("source.name"), NAME_WIDTH, total=label(frame.TOTAL)),
    Column("Số đề án", attrgetter("schemes"), COUNT_WIDTH, OR_DASH, total=attrgetter("schemes")),
    Column("Kinh phí", attrgetter("amount"), MONEY_WIDTH, MONEY, total=attrgetter("amount")),
    Column("Trong đó ngoài đề án", attrgetter("outside"), MONEY_WIDTH, OR_DASH, total=attrgetter("outside")),
    Column("Tỷ trọng (%)", attrgetter("share"), SHARE_WIDTH, SHARE, total=attrgetter("share")),
)
OTHER_COLUMNS = (
    Column("Nguồn khác", attrgetter("source.name"), NAME_WIDTH),
    *SOURCE_COLUMNS[1:4],
)
LEVEL_COLUMNS = (
    Column("Cấp quản lý đề án", attrgetter("name"), NAME_WIDTH),
    *SOURCE_COLUMNS[1:3],
)


def overview_sheet(summary: PeriodSummary) -> Sheet:
    subject, figures = summary.subject, summary.overview
    return Sheet(
        name="Tổng quan",
        title=frame.title(subject),
        subtitle=f"Địa bàn: {subject.territory.full_name}, {subject.boundaries_label.lower()}. "
        f"Số liệu đến hết ngày {subject.cut_off:%d/%m/%Y}",
        unit=frame.UNIT,
        tables=_tables(figures),
        size=13,
        letterhead=frame.letterhead(subject.agencies),
        remark=f"Tổng kinh phí khuyến công bằng chữ: {words.amount_in_words(figures.amount)}.",
        notes=(*frame.notes(summary), *frame.recipients(subject.agencies)),
        signatures=frame.signatures(subject.territory),
        one_page=True,
    )


def _tables(figures: Overview) -> tuple[Table, ...]:
    by_source = Table(SOURCE_COLUMNS, tuple(Line(figure) for figure in figures.by_source), total=figures)
    others = Table(
        OTHER_COLUMNS,
        tuple(Line(figure) for figure in figures.others),
        caption="Huy động thêm, không tính vào kinh phí khuyến công",
    )
    by_level = Table(
        LEVEL_COLUMNS,
        tuple(Line(figure) for figure in figures.by_level),
        caption="Đề án theo cấp quản lý, kinh phí khuyến công của đề án",
    )
    return (by_source, others, by_level) if figures.others else (by_source, by_level)
