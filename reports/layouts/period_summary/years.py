"""Sheet "Theo năm và nguồn": support of each year by source."""

from collections.abc import Callable
from operator import attrgetter

from reports.figures.period_summary import PeriodSummary
from reports.figures.rows import Source
from reports.figures.years import YearFigure
from reports.layouts.parts import COUNT, MONEY, PLAIN, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame


def years_sheet(summary: PeriodSummary) -> Sheet:
    table = summary.years
    sources = [figure.source for figure in summary.overview.by_source]
    return Sheet(
        name="Theo năm và nguồn",
        title="KINH PHÍ KHUYẾN CÔNG THEO NĂM VÀ NGUỒN",
        subtitle=frame.subtitle(summary.subject),
        unit=frame.UNIT,
        tables=(Table(_columns(sources), tuple(Line(year) for year in table.years), total=table.total),),
        size=13,
        notes=("Gồm cả kinh phí ngoài đề án.", *frame.notes(summary)),
        one_page=True,
    )


def _columns(sources: list[Source]) -> tuple[Column, ...]:
    return (
        Column("Năm", attrgetter("year"), 14, PLAIN, total=label(frame.TOTAL), centred=True),
        _both("Số đề án", attrgetter("schemes"), 14, COUNT),
        *(_both(source.name, _amount_of(source.code), 24, MONEY) for source in sources),
        _both("Cộng", attrgetter("total"), 24, MONEY),
    )


def _both(heading: str, value: Callable[[YearFigure], int], width: int, number_format: str) -> Column:
    """A column that shows the same of a year and of all of them."""
    return Column(heading, value, width, number_format, total=value)


def _amount_of(code: str) -> Callable[[YearFigure], int]:
    return lambda line: line.amounts[code]
