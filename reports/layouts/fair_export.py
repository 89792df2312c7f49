"""Lists of fairs and selection as they stand on the pages, for somebody who goes on in Excel. Amounts in đồng."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from khuyencong.funnel import Step, explanations
from reports.layouts.parts import COUNT, MONEY, PLAIN, SHARE, Cell, Column, Line, Sheet, Table, label
from reports.layouts.selection.listing import day

UNIT = "Đơn vị tính: đồng"
TOTAL = label("Tổng cộng")
OF_HELD = label("Tổng các sự kiện đã tổ chức")


def _whole(name: str) -> Callable[[Any], Cell]:
    def value(row: Any) -> Cell:
        amount = attrgetter(name)(row)
        return None if amount is None else int(amount)

    return value


def _day(name: str) -> Callable[[Any], Cell]:
    return lambda row: day(getattr(row, name))


def _shown(name: str) -> Callable[[Any], Cell]:
    """The words of a choice."""
    return lambda row: getattr(row, f"get_{name}_display")()


def _summed(heading: str, name: str, width: float, number_format: str = MONEY) -> Column:
    value = _whole(name)

    def total(rows: Sequence[Any]) -> Cell:
        return sum(value(row) or 0 for row in rows)

    return Column(heading, value, width, number_format, total=total)


def _sheet(
    name: str,
    title: str,
    columns: tuple[Column, ...],
    rows: Sequence[Any],
    subtitle: str,
    unit: str,
    counted: Sequence[Any] | None = None,
) -> Sheet:
    """`counted`: the rows that the total adds up, when not all."""
    table = Table(columns, tuple(map(Line, rows)), total=rows if counted is None else counted)
    return Sheet(name, title, subtitle, unit, (table,), size=10, is_list=True)


def events(
    events: Sequence[Any], parts: Sequence[Any], money: Iterable[tuple[int, Any]], subtitle: str
) -> tuple[Sheet, Sheet]:
    """`parts`: participations in these events; `money`: (event id, đồng) of each source. Totals are of those held."""
    amounts: dict[int, int] = {}
    for event, amount in money:
        amounts[event] = amounts.get(event, 0) + int(amount)

    def given(event: Any) -> Cell:
        return amounts.get(event.pk)

    paid = Column("Kinh phí", given, 16, MONEY, total=lambda rows: sum(given(row) or 0 for row in rows))
    columns = (*EVENTS[:-1], paid, EVENTS[-1])
    held = [event for event in events if event.status == "held"]
    took_part = [part for part in parts if part.event.status == "held"]
    who = f"{len(parts)} lượt cơ sở"
    return (
        _sheet("Sự kiện", "DANH SÁCH SỰ KIỆN", columns, events, subtitle, UNIT, held),
        _sheet("Cơ sở tham gia", "CƠ SỞ THAM GIA CÁC SỰ KIỆN", PARTS, parts, who, UNIT, took_part),
    )


def deals(deals: Sequence[Any], subtitle: str) -> Sheet:
    return _sheet("Biên bản, hợp đồng", "BIÊN BẢN GHI NHỚ, HỢP ĐỒNG", DEALS, deals, subtitle, UNIT)


def certificates(certificates: Sequence[Any], today: date, subtitle: str) -> Sheet:
    """With their state of `today` in words."""

    def state(one: Any) -> Cell:
        if one.revoked_on:
            return "Đã thu hồi"
        return "Còn giá trị" if one.valid_to >= today else "Hết giá trị"

    columns = (*CERTIFICATES, Column("Tình trạng", state, 13))
    title, unit = "GIẤY CHỨNG NHẬN SẢN PHẨM CÔNG NGHIỆP NÔNG THÔN TIÊU BIỂU", f"Tình trạng ngày {today:%d/%m/%Y}"
    return _sheet("Giấy chứng nhận", title, columns, certificates, subtitle, unit)


def commendations(commendations: Sequence[Any], subtitle: str) -> Sheet:
    unit = "Đơn vị tính: tập thể, cá nhân"
    return _sheet("Khen thưởng", "KHEN THƯỞNG", COMMENDATIONS, commendations, subtitle, unit)


def funnel(steps: tuple[Step, ...], cycles: Sequence[Any], subtitle: str) -> Sheet:
    """The levels of all, then those of each cycle; below, where the dossiers come from."""
    tables = [Table(STEPS, tuple(map(Line, steps)), caption="Tất cả")]
    tables += [Table(STEPS, tuple(map(Line, one.steps)), caption=str(one.cycle)) for one in cycles]
    unit = "Đơn vị tính: hồ sơ, sản phẩm"
    return Sheet("Phễu bình chọn", "PHỄU BÌNH CHỌN", subtitle, unit, tuple(tables), notes=explanations(steps))


EVENTS = (
    Column("Sự kiện", attrgetter("name"), 44, total=OF_HELD),
    Column("Loại", _shown("kind"), 24),
    Column("Hình thức", _shown("role"), 11),
    Column("Tỉnh, thành phố", attrgetter("province.name"), 15),
    Column("Nơi tổ chức", attrgetter("place"), 24),
    Column("Từ ngày", _day("starts_on"), 12),
    Column("Đến ngày", _day("ends_on"), 12),
    Column("Trạng thái", _shown("status"), 13),
    Column("Mức chính xác", _shown("booths_qualifier"), 10),
    _summed("Gian hàng", "booths", 10, COUNT),
    _summed("Lượt doanh nghiệp khác", "other_participants", 10, COUNT),
    Column("Ghi chú", attrgetter("note"), 46),
)
PARTS = (
    Column("Sự kiện", attrgetter("event.name"), 44, total=OF_HELD),
    Column("Từ ngày", lambda part: day(part.event.starts_on), 12),
    Column("Trạng thái", lambda part: part.event.get_status_display(), 13),
    Column("Cơ sở", attrgetter("facility.name"), 40),
    Column("Sản phẩm mang theo", attrgetter("products"), 34),
    _summed("Gian hàng", "booths", 10, COUNT),
    _summed("Được hỗ trợ", "supported_booths", 10, COUNT),
    Column("Mức hỗ trợ (%)", attrgetter("support_rate"), 10, SHARE),
    _summed("Số tiền hỗ trợ", "support_amount", 15),
    _summed("Doanh thu", "turnover", 16),
)
DEALS = (
    Column("Đối tác", attrgetter("partner"), 30, total=TOTAL),
    Column("Cơ sở", lambda deal: deal.facility.name if deal.facility else None, 36),
    Column("Sự kiện", attrgetter("event.name"), 40),
    Column("Hàng hóa, nội dung", attrgetter("subject"), 34),
    Column("Ngày ký biên bản", _day("signed_on"), 12),
    _summed("Giá trị ghi nhớ", "value", 16),
    Column("Kết quả", _shown("outcome"), 17),
    Column("Số hợp đồng", attrgetter("contract_number"), 16),
    Column("Ngày ký hợp đồng", _day("contract_on"), 12),
    _summed("Giá trị hợp đồng", "contract_value", 16),
    Column("Hỏi lại ngày", _day("follow_up_on"), 12),
    Column("Lý do không thành", attrgetter("outcome_note"), 30),
)
CERTIFICATES = (
    Column("Số giấy chứng nhận", attrgetter("number"), 24),
    Column("Sản phẩm", attrgetter("entry.product.name"), 38),
    Column("Nhóm", lambda one: one.entry.product.get_group_display(), 26),
    Column("Cơ sở", attrgetter("entry.product.facility.name"), 36),
    Column("Địa điểm", attrgetter("entry.product.facility.place"), 30),
    Column("Cấp", attrgetter("round.level.name"), 13),
    Column("Đợt", attrgetter("round.cycle.name"), 34),
    Column("Ngày cấp", _day("issued_on"), 12),
    Column("Có giá trị đến", _day("valid_to"), 12),
    Column("Ngày thu hồi", _day("revoked_on"), 12),
)
COMMENDATIONS = (
    Column("Năm", attrgetter("year"), 8, PLAIN, centred=True),
    Column("Tỉnh, thành phố", attrgetter("province.name"), 16, total=TOTAL),
    Column("Cấp khen", _shown("level"), 24),
    Column("Hình thức", attrgetter("form"), 16),
    Column("Đối tượng", _shown("recipient_kind"), 12),
    Column("Được khen", attrgetter("recipient"), 40),
    _summed("Số lượng", "count", 10, COUNT),
    Column("Thành tích", attrgetter("achievement"), 44),
    Column("Số quyết định", attrgetter("decision_number"), 16),
    Column("Ngày quyết định", _day("decided_on"), 12),
    Column("Ghi chú", attrgetter("note"), 34),
)
STEPS = (
    Column("Cấp", attrgetter("level.name"), 30),
    Column("Đăng ký", attrgetter("registered"), 14, COUNT),
    Column("Được công nhận", attrgetter("recognised"), 14, COUNT),
    Column("Được cấp giấy", attrgetter("certified"), 14, COUNT),
    Column("Lên cấp trên", attrgetter("promoted"), 14, COUNT),
)
