"""Sheet "Theo địa bàn": schemes and money of each province; only where there is more than one."""

from collections.abc import Iterator
from operator import attrgetter

from reports.figures.period_summary import PeriodSummary
from reports.figures.rows import Source, Subject
from reports.figures.territories import TerritoryFigure, TerritoryTable
from reports.layouts.parts import OR_DASH, SHARE, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame

ADDS_UP = "Mỗi đề án, mỗi khoản ngoài đề án tính cho đúng một dòng; tổng cộng bằng tổng số của báo cáo."
WHERE = Column("Tỉnh, thành phố", attrgetter("place.name"), 38, total=label(frame.TOTAL))
SHARE_OR_DASH = f'{SHARE};-{SHARE};"-"_)'
SCHEMES = Column("Số đề án", attrgetter("schemes"), 11, OR_DASH, total=attrgetter("schemes"))
OUTCOME = (
    Column("Tổng cộng", attrgetter("total"), 24, OR_DASH, total=attrgetter("total")),
    Column("Tỷ trọng (%)", attrgetter("share"), 14, SHARE_OR_DASH, total=attrgetter("share")),
)


def territories_sheets(summary: PeriodSummary) -> Iterator[Sheet]:
    """One sheet, or none when there is nothing to tell apart."""
    if len(summary.territories.lines) > 1:
        yield territories_sheet(
            summary.territories,
            [figure.source for figure in summary.overview.by_source],
            title=f"KẾT QUẢ {heading(summary.subject).upper()}",
            subtitle=frame.subtitle(summary.subject),
            notes=(ADDS_UP, *frame.notes(summary)),
        )


def heading(subject: Subject) -> str:
    """A province is told apart into what it was; the whole country follows its boundaries."""
    is_today = subject.boundaries == "today" and not subject.territory.code
    return "Theo địa bàn hiện nay" if is_today else "Theo địa bàn tại thời điểm"


def territories_sheet(
    table: TerritoryTable, sources: list[Source], *, title: str, subtitle: str, notes: tuple[str, ...]
) -> Sheet:
    """A line a place, a column a source."""
    columns = (WHERE, SCHEMES, *(_money_from(source) for source in sources), *OUTCOME)
    lines = tuple(Line(figure) for figure in table.lines)
    return Sheet(
        name="Theo địa bàn",
        title=title,
        subtitle=subtitle,
        unit=frame.UNIT,
        tables=(Table(columns, lines, total=table.total),),
        notes=notes,
    )


def _money_from(source: Source) -> Column:
    def amount(figure: TerritoryFigure) -> int:
        return figure.amounts[source.code]

    return Column(source.name, amount, 24, OR_DASH, total=amount)
