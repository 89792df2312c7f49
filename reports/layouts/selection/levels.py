"""Sheet "Theo cấp, đợt": the funnel, then every cycle with its levels, then every round."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from reports.figures.selection import Group, RoundLine, SelectionReport
from reports.layouts.parts import COUNT, Cell, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame
from reports.layouts.selection.notes import notes


def levels_sheet(report: SelectionReport) -> Sheet:
    """A product that won at several levels stands once in the total and once in each level."""
    return Sheet(
        name="Theo cấp, đợt",
        title=f"BÌNH CHỌN SẢN PHẨM THEO CẤP VÀ ĐỢT {report.subject.period.label}".upper(),
        subtitle=frame.subtitle(report.subject),
        unit="Đơn vị tính: kỳ, hồ sơ, cơ sở, sản phẩm",
        tables=(
            Table(_columns("Cấp"), tuple(map(Line, report.levels)), report.total, "Theo cấp"),
            Table(_columns("Đợt, cấp"), tuple(_cycles(report)), None, "Theo đợt"),
            *_territories(report),
            Table(ROUNDS, tuple(map(Line, report.rounds)), None, "Các kỳ bình chọn"),
        ),
        size=10,
        notes=notes(report),
    )


def _territories(report: SelectionReport) -> Iterator[Table]:
    if len(report.territories) > 1:
        yield Table(_columns("Tỉnh, thành phố"), tuple(map(Line, report.territories)), report.total, "Theo địa bàn")


def _cycles(report: SelectionReport) -> Iterator[Line]:
    for cycle in report.cycles:
        yield Line(cycle, is_heading=True)
        yield from map(Line, cycle.parts)


def _count(heading: str, name: str, width: float = 11, *, is_summed: bool = True) -> Column:
    """`is_summed` False: nothing over several levels, for one product has a dossier at each."""
    value = attrgetter(f"counts.{name}")

    def of_line(line: Any) -> Cell:
        return value(line) if is_summed or not getattr(line, "parts", ()) else None

    def total(counts: object) -> Cell:
        return getattr(counts, name) if is_summed else None

    return Column(heading, of_line, width, COUNT, total=total)


def _columns(first: str) -> tuple[Column, ...]:
    def name(group: Group) -> Cell:
        return group.name

    return (
        Column(first, name, 52, total=label("Tổng cộng (mỗi sản phẩm một lần)")),
        _count("Kỳ bình chọn", "rounds"),
        _count("Hồ sơ", "dossiers", is_summed=False),
        _count("Cơ sở đăng ký", "facilities"),
        _count("Sản phẩm công nhận", "recognised"),
        _count("Tổ chức có SP công nhận", "organisations", 13),
        _count("Được cấp giấy", "certified"),
        _count("Giấy đã thu hồi", "revoked"),
        _count("Lên cấp trên", "promoted", is_summed=False),
    )


def _day(line: RoundLine) -> Cell:
    return f"{line.round.decided_on:%d/%m/%Y}" if line.round.decided_on else "Chưa kết luận"


ROUNDS = (
    Column("Cấp, nơi tổ chức", lambda line: f"{line.level.name} {line.round.place or line.round.province}", 52),
    Column("Năm", attrgetter("round.year"), 11, "0"),
    _count("Hồ sơ", "dossiers"),
    _count("Cơ sở đăng ký", "facilities"),
    _count("Sản phẩm công nhận", "recognised"),
    _count("Tổ chức có SP công nhận", "organisations", 13),
    _count("Được cấp giấy", "certified"),
    Column("Số quyết định", attrgetter("round.decision_number"), 11),
    Column("Ngày", _day, 11),
)
