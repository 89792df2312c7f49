"""The form: 27 rows under three headings, its head and its signature; then the list of clusters."""

from collections.abc import Iterator

from reports.figures.clusters import BILLION, ClusterReport, Indicator, Section, in_billions
from reports.figures.rows import Subject
from reports.layouts.clusters.listing import list_sheet
from reports.layouts.clusters.notes import notes
from reports.layouts.parts import COUNT, FRACTION, Cell, Column, Letterhead, Line, Sheet, Signature, Table
from reports.layouts.period_summary import frame

NOT_REPORTED = "Chưa có số liệu"
SUBSET = "Không cộng vào tổng"
SUBSETS = {"15.3", "15.4", "16.3", "16.4"}
MAKER = Signature("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)")
SIGNED = "(Ký tên, đóng dấu)"


def sheets(report: ClusterReport) -> tuple[Sheet, ...]:
    """Biểu 04, of a province; of the whole country the same rows, signed by the ministry's agency."""
    title = "GIÁM ĐỐC SỞ CÔNG THƯƠNG" if report.subject.territory.code else "THỦ TRƯỞNG ĐƠN VỊ"
    head = frame.letterhead(report.subject.agencies)
    return _form("Biểu 04", report, head, Signature(title, SIGNED)), list_sheet(report)


def commune_sheets(report: ClusterReport) -> tuple[Sheet, ...]:
    """Biểu 03, of a commune; it was the district's until 30/6/2025."""
    head = frame.letterhead(report.subject.agencies)
    return _form("Biểu 03", report, head, Signature("TM. ỦY BAN NHÂN DÂN", SIGNED)), list_sheet(report)


def title(subject: Subject) -> str:
    """'BÁO CÁO TÌNH HÌNH CỤM CÔNG NGHIỆP 6 THÁNG ĐẦU NĂM 2026'."""
    return f"Báo cáo tình hình cụm công nghiệp {subject.period.label}".upper()


def _form(name: str, report: ClusterReport, head: Letterhead, signature: Signature) -> Sheet:
    where = f"Địa bàn: {report.subject.territory.full_name}. Số liệu lũy kế đến hết ngày {report.day:%d/%m/%Y}"
    return Sheet(
        name=name,
        title=title(report.subject),
        subtitle=where,
        unit=f"{name}, Thông tư 14/2024/TT-BCT",
        tables=(Table(COLUMNS, tuple(_lines(report))),),
        size=11,
        letterhead=head,
        notes=notes(report),
        signatures=(MAKER, signature),
    )


def _lines(report: ClusterReport) -> Iterator[Line]:
    for section in report.sections:
        yield Line(section, is_heading=True)
        yield from (Line(row) for row in section.indicators)


def _number(item: Section | Indicator) -> Cell:
    return item.numeral if isinstance(item, Section) else item.number


def _words(item: Section | Indicator) -> Cell:
    if isinstance(item, Section):
        return item.title
    return f"    {item.name}" if "." in item.number else item.name


def _unit(item: Section | Indicator) -> Cell:
    return None if isinstance(item, Section) else item.unit


def _result(item: Section | Indicator) -> Cell:
    if isinstance(item, Section):
        return None
    return in_billions(item.value) if item.unit == BILLION else item.value


def _remark(item: Section | Indicator) -> Cell:
    if isinstance(item, Section):
        return None
    return NOT_REPORTED if item.value is None else SUBSET if item.number in SUBSETS else None


def _format(value: Cell) -> str:
    """Hectares, tỷ đồng and per cent with two decimals, counts without."""
    return COUNT if isinstance(value, int) else FRACTION


COLUMNS = (
    Column("TT", _number, 8, centred=True),
    Column("Chỉ tiêu", _words, 76),
    Column("Đơn vị tính", _unit, 14, centred=True),
    Column("Kết quả (Luỹ kế đến thời điểm báo cáo)", _result, 26, _format),
    Column("Ghi chú", _remark, 34),
)
