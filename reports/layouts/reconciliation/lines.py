"""The lists behind the reconciliation: every source of every scheme that is counted, and of those that are not."""

from operator import attrgetter

from reports.figures.reconciliation import APART, Reconciliation, Sums, add_up
from reports.layouts.parts import OR_DASH, PLAIN, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame
from reports.layouts.reconciliation.notes import notes

LEVELS = {"national": "Quốc gia", "local": "Địa phương"}
WHAT = (
    Column("TT", attrgetter("number"), 5, PLAIN, centred=True),
    Column("Mã đề án", lambda line: line.number and line.scheme.code, 17),
    Column("Tên đề án, nhiệm vụ", lambda line: line.number and line.scheme.name, 40, total=label(frame.TOTAL)),
    Column("Cấp", lambda line: line.number and LEVELS[line.scheme.level], 11),
    Column("Đơn vị thực hiện", lambda line: line.number and line.scheme.unit, 26),
    Column("Tình trạng", lambda line: line.number and line.scheme.status, 13),
    Column("Nguồn", attrgetter("money.source.short_name"), 11),
)


def _stage(heading, name):
    """What a line has come to; empty before."""
    return Column(heading, attrgetter(f"money.{name}"), 16, OR_DASH, total=attrgetter(name))


MONEY = (
    _stage("Được duyệt", "approved"),
    _stage("Sau điều chỉnh (2)", "agreed"),
    _stage("Tạm ứng", "advanced"),
    _stage("Thanh toán", "paid"),
    _stage("Hoàn trả", "refunded"),
    Column("Đã chi (3)", attrgetter("sums.spent"), 16, OR_DASH, total=attrgetter("spent")),
    _stage("Nghiệm thu", "accepted"),
    _stage("Quyết toán", "settled"),
    Column("Chênh lệch (4)", attrgetter("sums.difference"), 15, OR_DASH, total=attrgetter("difference")),
    Column("Giải thích", attrgetter("sums.explanation"), 26, total=attrgetter("explanation")),
)
APART_MONEY = (
    Column("Vì sao không tính", lambda line: line.number and APART[line.scheme.standing], 24),
    _stage("Đề nghị", "proposed"),
    _stage("Được duyệt", "approved"),
    Column("Đã chi (3)", attrgetter("sums.spent"), 16, OR_DASH, total=attrgetter("spent")),
)


def lines_sheet(report: Reconciliation) -> Sheet:
    return _sheet(
        report, "Theo đề án và nguồn", "ĐỐI CHIẾU THEO ĐỀ ÁN VÀ NGUỒN KINH PHÍ", MONEY, report.lines, report.total
    )


def apart_sheet(report: Reconciliation) -> Sheet:
    total = _total(report.apart_lines)
    return _sheet(
        report, "Không tính", "ĐỀ ÁN, NHIỆM VỤ KHÔNG TÍNH TRONG ĐỐI CHIẾU", APART_MONEY, report.apart_lines, total
    )


def _sheet(report, name, title, money, lines, total):
    return Sheet(
        name=name,
        title=title,
        subtitle=frame.subtitle(report.subject),
        unit=frame.UNIT,
        tables=(
            Table((*WHAT, *money), tuple(Line(line, continues=line.number is None) for line in lines), total=total),
        ),
        notes=notes(report),
        is_list=True,
    )


def _total(lines) -> Sums:
    return add_up(line.scheme for line in lines if line.number is not None)
