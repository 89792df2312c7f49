"""What stands around the tables: titles, notes, the head and foot of an administrative document."""

from khuyencong import money
from reports.figures.period_summary import PeriodSummary
from reports.figures.rows import Agencies, Subject, Territory
from reports.layouts.parts import Letterhead, Signature

UNIT = "Đơn vị tính: đồng"
TOTAL = "Tổng cộng"
HOW = {
    "as_was": ": mỗi khoản tính cho tỉnh, thành phố lúc đó",
    "today": ": cộng cả các tỉnh, thành phố đã nhập vào",
}


def title(subject: Subject) -> str:
    """'BÁO CÁO TỔNG KẾT KHUYẾN CÔNG GIAI ĐOẠN 2016 - 2020'."""
    return f"{subject.title} {subject.period.label}".upper()


def subtitle(subject: Subject) -> str:
    """'Địa bàn: tỉnh Nghệ An, giai đoạn 2016 - 2020, địa giới tại thời điểm'."""
    return f"Địa bàn: {subject.territory.full_name}, {subject.period.label}, {subject.boundaries_label.lower()}"


def notes(summary: PeriodSummary) -> tuple[str, ...]:
    """What a reader must know before using a figure."""
    subject = summary.subject
    found = [
        f"{subject.boundaries_label}{HOW[subject.boundaries]}.",
        f"Tính các đề án có quyết định phê duyệt đến hết ngày {subject.cut_off:%d/%m/%Y}, theo số được duyệt.",
        f"Số liệu đọc lúc {subject.data_as_of:%H:%M} ngày {subject.data_as_of:%d/%m/%Y}.",
    ]
    if summary.unconfirmed.lines:
        amount = money.format_amount(summary.unconfirmed.amount)
        found.append(f"Chưa tính {summary.unconfirmed.lines} khoản ngoài đề án chưa được xác nhận: {amount} đồng.")
    if summary.is_illustrative:
        found.append("Có số liệu minh họa: không dùng làm căn cứ báo cáo.")
    if subject.number is not None:
        found.append(f"Mã báo cáo trên cổng: {subject.number}.")
    return tuple(found)


def recipients(agencies: Agencies) -> tuple[str, ...]:
    """'Nơi nhận: Bộ Công Thương (Cục Công nghiệp); UBND tỉnh Nghệ An; lưu.', on the sheet that is signed."""
    return (f"Nơi nhận: {'; '.join((*agencies.recipients, 'lưu'))}.",)


def letterhead(agencies: Agencies) -> Letterhead:
    """Of the province's Sở; of the ministry for the whole country."""
    number = f"Số:         /BC-{agencies.abbreviation}"
    return Letterhead(agencies.authority.upper(), agencies.issuer.upper(), number, agencies.seat)


def signatures(territory: Territory) -> tuple[Signature, Signature]:
    """Who made the table, who answers for it."""
    signer = "GIÁM ĐỐC" if territory.code else "THỦ TRƯỞNG ĐƠN VỊ"
    return Signature("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"), Signature(signer, "(Ký tên, đóng dấu)")
