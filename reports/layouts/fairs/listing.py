"""Sheet "Danh sách sự kiện": every event with what it counts, and its remarks."""

from operator import attrgetter

from reports.figures.fairs import EventLine, FairReport
from reports.layouts.fairs.notes import notes
from reports.layouts.parts import COUNT, MONEY, Cell, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame


def events_sheet(report: FairReport) -> Sheet:
    return Sheet(
        name="Danh sách sự kiện",
        title=f"DANH SÁCH SỰ KIỆN {report.subject.period.label}".upper(),
        subtitle=frame.subtitle(report.subject),
        unit=frame.UNIT,
        tables=(Table(COLUMNS, tuple(map(Line, report.lines)), report.total),),
        size=10,
        notes=notes(report),
        is_list=True,
    )


def _days(line: EventLine) -> Cell:
    first, last = line.event.starts_on, line.event.ends_on
    return f"{first:%d/%m/%Y}" if last in (None, first) else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _sum(heading: str, name: str, width: float, number_format: str = COUNT) -> Column:
    return Column(heading, attrgetter(f"sums.{name}"), width, number_format, total=attrgetter(name))


COLUMNS = (
    Column("Sự kiện", attrgetter("event.name"), 46, total=label(frame.TOTAL)),
    Column("Loại", attrgetter("kind"), 20),
    Column("Hình thức", attrgetter("role"), 11),
    Column("Nơi tổ chức", lambda line: line.event.place or line.event.province, 20),
    Column("Thời gian", _days, 24),
    Column("Gian hàng", lambda line: line.sums.booths_in_words or None, 11, centred=True),
    _sum("Lượt doanh nghiệp", "occurrences", 9),
    _sum("Cơ sở", "facilities", 8),
    _sum("Doanh thu", "turnover", 15, MONEY),
    _sum("Biên bản ghi nhớ", "memoranda", 8),
    _sum("Hợp đồng", "contracts", 8),
    _sum("Kinh phí", "money", 15, MONEY),
    Column("Thuộc đề án", attrgetter("event.scheme_code"), 16),
    Column("Ghi chú", attrgetter("event.note"), 46),
)
