"""The book of money and its reconciliation as workbooks. Amounts in đồng."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Any

from reports.layouts.parts import MONEY, PLAIN, Cell, Column, Line, Sheet, Table, label

UNIT = "Đơn vị tính: đồng"


def _whole(amount: Any) -> Cell:
    return None if amount is None else int(amount)


def _money(heading: str, name: str) -> Column:
    def value(row: Any) -> Cell:
        return _whole(getattr(row, name))

    return Column(heading, value, 17, MONEY, total=value)


def _signed(entry: Any) -> Cell:
    return int(-entry.amount if entry.kind == "refund" else entry.amount)


def _reversal(entry: Any) -> str:
    if entry.reverses_id:
        return "đảo bút toán"
    return "đã bị đảo" if getattr(entry, "reversed_by", None) else ""


ENTRIES = (
    Column("Ngày chứng từ", lambda entry: f"{entry.entered_on:%d/%m/%Y}", 12),
    Column("Số chứng từ", attrgetter("document_number"), 18),
    Column("Mã đề án", attrgetter("scheme.code"), 18),
    Column("Đề án", attrgetter("scheme.name"), 40),
    Column("Năm kế hoạch", attrgetter("scheme.year"), 9, PLAIN),
    Column("Tỉnh, thành phố", attrgetter("scheme.province.name"), 16),
    Column("Đơn vị thực hiện", attrgetter("scheme.implementing_unit.name"), 26),
    Column("Nguồn", attrgetter("source.name"), 20),
    Column("Loại", lambda entry: entry.get_kind_display(), 12),
    Column("Số tiền", _signed, 17, MONEY),
    Column("Đảo", _reversal, 12),
    Column("Chi cho cơ sở", lambda entry: entry.benefit.facility.name if entry.benefit else "", 26),
    Column("Nội dung", attrgetter("note"), 30),
    Column("Người ghi", lambda entry: str(entry.recorded_by), 20),
)
BOOK_NOTES = ("Hoàn trả ghi số âm. Bút toán ghi sai được đảo bằng một bút toán ngược dấu, không sửa và không xóa.",)


def book(entries: Sequence[Any], sums: Mapping[str, Any], subtitle: str) -> Sheet:
    """One line an entry, oldest first; `sums` {kind: net đồng} are said under it."""
    paid = sums.get("advance", 0) + sums.get("payment", 0) - sums.get("refund", 0)
    said = f"Đã chi ròng (tạm ứng + thanh toán - hoàn trả): {int(paid):,} đồng.".replace(",", ".")
    table = Table(ENTRIES, tuple(Line(entry) for entry in entries))
    return Sheet(
        "Sổ thu chi",
        "SỔ THU CHI KINH PHÍ KHUYẾN CÔNG",
        subtitle,
        UNIT,
        (table,),
        notes=(said, *BOOK_NOTES),
        is_list=True,
    )


AMOUNTS = (
    _money("Phê duyệt", "approved"),
    _money("Sau điều chỉnh", "agreed"),
    _money("Tạm ứng", "advance"),
    _money("Thanh toán", "payment"),
    _money("Hoàn trả", "refund"),
    _money("Đã chi ròng", "paid"),
    _money("Nghiệm thu", "accepted"),
    _money("Quyết toán", "settled"),
    _money("Chênh lệch", "difference"),
)
SCHEMES = (
    Column("Mã đề án", attrgetter("code"), 18, total=label("Tổng cộng")),
    Column("Đề án", attrgetter("name"), 40),
    Column("Năm", attrgetter("year"), 7, PLAIN),
    Column("Tỉnh, thành phố", attrgetter("province"), 16),
    Column("Đơn vị thực hiện", attrgetter("unit"), 26),
    Column("Nguồn", attrgetter("source_name"), 20),
    *AMOUNTS,
)
NOTES = (
    "Sau điều chỉnh: số phê duyệt đang có hiệu lực; chưa điều chỉnh thì bằng số phê duyệt.",
    "Chênh lệch = đã chi ròng - số quyết toán; chưa quyết toán thì trừ giá trị nghiệm thu, chưa nghiệm thu thì trừ số được duyệt.",
)


def _named(heading: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    return (Column(heading, itemgetter(0), 30, total=label("Tổng cộng")), *map(_of_pair, columns))


def _of_pair(column: Column) -> Column:
    """The column of a (name, total); the table's own total is a bare total."""
    return Column(column.heading, lambda pair: column.value(pair[1]), column.width, column.number_format, column.total)


def reconciled(
    rows: Sequence[Any], total: Any, sources: Sequence[tuple[str, Any]], explain: Callable[[Any], str], subtitle: str
) -> tuple[Sheet, ...]:
    """The sources added up, and a line for each source of each scheme; `explain` puts a difference in words."""
    title = "ĐỐI CHIẾU KINH PHÍ KHUYẾN CÔNG"
    why = Column("Giải thích", explain, 44, total=explain)
    by_source = Table(_named("Nguồn", (*AMOUNTS, why)), tuple(Line(pair) for pair in sources), total=total)
    by_scheme = Table((*SCHEMES, why), tuple(Line(row) for row in rows), total=total)
    return (
        Sheet("Theo nguồn", title, subtitle, UNIT, (by_source,), notes=NOTES),
        Sheet("Theo đề án", title, subtitle, UNIT, (by_scheme,), notes=NOTES, is_list=True),
    )
