"""The Sở's form "Kết quả bình chọn sản phẩm": registered and certified products, by group and level."""

from operator import attrgetter

from khuyencong.funnel import LevelName
from reports.figures.selection import FormRow, SelectionReport
from reports.layouts.parts import COUNT, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame
from reports.layouts.selection.notes import notes

TITLE = "Kết quả bình chọn sản phẩm công nghiệp nông thôn tiêu biểu"


def title(report: SelectionReport) -> str:
    """'KẾT QUẢ BÌNH CHỌN … NĂM 2020'."""
    return f"{TITLE} {report.subject.period.label}".upper()


def form_sheet(report: SelectionReport) -> Sheet:
    subject = report.subject
    return Sheet(
        name="Kết quả bình chọn",
        title=title(report),
        subtitle=frame.subtitle(subject),
        unit="Đơn vị tính: sản phẩm, bộ sản phẩm",
        tables=(Table(_columns(report), tuple(Line(row, is_heading=row.is_total) for row in report.form)),),
        letterhead=frame.letterhead(subject.agencies),
        notes=notes(report),
        signatures=frame.signatures(subject.territory),
        one_page=True,
    )


def _columns(report: SelectionReport) -> tuple[Column, ...]:
    levels = (_level(place, level) for place, level in enumerate(report.form_levels))
    return (
        Column("STT", attrgetter("number"), 7, centred=True),
        Column("Chỉ tiêu", attrgetter("name"), 56),
        Column("ĐVT", label("sản phẩm"), 12, centred=True),
        *levels,
    )


def _level(place: int, level: LevelName) -> Column:
    def value(row: FormRow) -> int:
        return row.values[place]

    return Column(level.name, value, 15, COUNT)
