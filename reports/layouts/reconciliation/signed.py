"""Sheet "Bảng đối chiếu": the money by level, content and source; the one that is signed."""

from operator import attrgetter

from khuyencong import words
from reports.figures.reconciliation import PARTS, Reconciliation
from reports.layouts.parts import OR_DASH, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame
from reports.layouts.reconciliation.notes import notes


def _column(heading, name, width=17):
    """A column of whole numbers of a group's sums; the total line is sums itself."""
    return Column(heading, attrgetter(f"sums.{name}"), width, OR_DASH, total=attrgetter(name))


def _level_name(group):
    """'Địa phương', and below it '– Nội dung khác'."""
    return f"– {group.name}" if group.key in dict(PARTS) else group.name


FIGURES = (
    _column("Đề án", "schemes", 8),
    _column("Nhiệm vụ", "tasks", 8),
    _column("Cơ sở thụ hưởng (1)", "beneficiaries", 11),
    _column("Được duyệt", "approved"),
    _column("Sau điều chỉnh (2)", "agreed"),
    _column("Tạm ứng", "advanced"),
    _column("Thanh toán", "paid"),
    _column("Hoàn trả", "refunded", 15),
    _column("Đã chi (3)", "spent"),
    _column("Nghiệm thu", "accepted"),
    _column("Quyết toán", "settled"),
    _column("Chênh lệch (4)", "difference", 15),
    Column("Giải thích", attrgetter("sums.explanation"), 44, total=attrgetter("explanation")),
)
LEVEL_COLUMNS = (Column("Cấp, nội dung", _level_name, 36, total=label(frame.TOTAL)), *FIGURES)
SOURCE_COLUMNS = (Column("Nguồn kinh phí", attrgetter("name"), 36, total=label(frame.TOTAL)), *FIGURES)


def signed_sheet(report: Reconciliation) -> Sheet:
    subject = report.subject
    return Sheet(
        name="Bảng đối chiếu",
        title=frame.title(subject),
        subtitle=f"Địa bàn: {subject.territory.full_name}, {subject.boundaries_label.lower()}. "
        f"Số liệu đến hết ngày {subject.cut_off:%d/%m/%Y}",
        unit=frame.UNIT,
        tables=(
            Table(LEVEL_COLUMNS, tuple(_level_lines(report)), total=report.total),
            Table(
                SOURCE_COLUMNS,
                tuple(Line(group) for group in report.sources),
                total=report.total,
                caption="Theo nguồn kinh phí (một đề án có nhiều nguồn thì có ở nhiều dòng)",
            ),
        ),
        size=12,
        letterhead=frame.letterhead(subject.agencies),
        remark=_remark(report),
        notes=(*notes(report), *frame.recipients(subject.agencies)),
        signatures=frame.signatures(subject.territory),
        one_page=True,
    )


def _level_lines(report):
    """Each level with its parts below it."""
    for level in report.levels:
        yield Line(level, is_heading=True)
        yield from (Line(part) for part in level.parts if len(level.parts) > 1)


def _remark(report):
    settled = words.amount_in_words(report.total.settled)
    return f"Số quyết toán bằng chữ: {settled}. Chênh lệch: {report.total.explanation}."
