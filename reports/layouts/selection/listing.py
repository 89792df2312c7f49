"""The lists: certified products with their certificates, and commendations."""

from datetime import date
from operator import attrgetter

from reports.figures.selection import CertificateLine, SelectionReport
from reports.layouts.parts import COUNT, PLAIN, Cell, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame
from reports.layouts.selection.notes import notes


def day(value: date | None) -> Cell:
    """'15/09/2020'."""
    return f"{value:%d/%m/%Y}" if value else None


def certificates_sheet(report: SelectionReport) -> Sheet:
    return Sheet(
        name="Sản phẩm được cấp giấy",
        title=f"SẢN PHẨM ĐƯỢC CẤP GIẤY CHỨNG NHẬN {report.subject.period.label}".upper(),
        subtitle=frame.subtitle(report.subject),
        unit=f"{len(report.certificates)} giấy chứng nhận",
        tables=(Table(CERTIFICATES, tuple(map(Line, report.certificates))),),
        size=10,
        notes=notes(report),
        is_list=True,
    )


def commendations_sheet(report: SelectionReport) -> Sheet:
    return Sheet(
        name="Khen thưởng",
        title=f"KHEN THƯỞNG TRONG HOẠT ĐỘNG KHUYẾN CÔNG {report.subject.period.label}".upper(),
        subtitle=frame.subtitle(report.subject),
        unit="Đơn vị tính: tập thể, cá nhân",
        tables=(
            Table(
                COMMENDATIONS, tuple(map(Line, report.commendations)), sum(one.count for one in report.commendations)
            ),
        ),
        size=10,
    )


def _set(line: CertificateLine) -> Cell:
    return "bộ" if line.entry.is_set else None


CERTIFICATES = (
    Column("Số giấy chứng nhận", attrgetter("entry.certificate.number"), 24),
    Column("Sản phẩm", attrgetter("entry.product"), 38),
    Column("Bộ", _set, 6, centred=True),
    Column("Nhóm", attrgetter("group"), 26),
    Column("Cơ sở", attrgetter("entry.facility"), 36),
    Column("Địa điểm", attrgetter("entry.place"), 30),
    Column("Cấp", attrgetter("level.name"), 13),
    Column("Ngày cấp", lambda line: day(line.entry.certificate.issued_on), 12),
    Column("Có giá trị đến", lambda line: day(line.entry.certificate.valid_to), 12),
    Column("Thu hồi", lambda line: day(line.entry.certificate.revoked_on), 12),
)
COMMENDATIONS = (
    Column("Năm", attrgetter("year"), 8, PLAIN, centred=True),
    Column("Cấp khen", attrgetter("level"), 26, total=label("Tổng cộng")),
    Column("Hình thức", attrgetter("form"), 16),
    Column("Đối tượng", attrgetter("kind_label"), 14),
    Column("Được khen", attrgetter("recipient"), 44),
    Column("Số lượng", attrgetter("count"), 11, COUNT, total=lambda total: total),
    Column("Ghi chú", attrgetter("note"), 60),
)
