"""What a reader must know before using a figure; numbered where a heading of a column refers to it."""

from khuyencong.money import format_amount
from reports.figures.reconciliation import Reconciliation
from reports.layouts.period_summary.frame import HOW

NUMBERED = (
    "Mỗi cơ sở tính một lần ở mỗi dòng, dù có trong nhiều đề án; cơ sở đã gộp tính cho cơ sở được giữ lại.",
    "Số được duyệt cộng, trừ các quyết định điều chỉnh đến ngày chốt số liệu.",
    "Đã chi = tạm ứng + thanh toán - hoàn trả, theo bút toán đến ngày chốt số liệu; bút toán đảo đã trừ.",
    "Chênh lệch = đã chi - số phải chi (số quyết toán; chưa quyết toán thì giá trị nghiệm thu; chưa nghiệm thu thì số "
    "được duyệt sau điều chỉnh). Lớn hơn 0 là phải hoàn trả.",
)


def notes(report: Reconciliation) -> tuple[str, ...]:
    """The numbered ones, then what is not counted and when it was read."""
    subject = report.subject
    found = [f"({number}) {text}" for number, text in enumerate(NUMBERED, start=1)]
    found.append(
        f"{subject.boundaries_label}{HOW[subject.boundaries]}. Tính các đề án có quyết định phê duyệt đến hết ngày "
        f"{subject.cut_off:%d/%m/%Y}; chỉ kinh phí khuyến công, vốn đối ứng và tài trợ không chi qua sổ."
    )
    found += [f"Không tính: {group.name.lower()}, {_count(group.sums)}{_asked(group.sums)}." for group in report.apart]
    if report.outside.lines:
        found.append(f"Kinh phí ngoài đề án, không đối chiếu ở đây: {format_amount(report.outside.amount)} đồng.")
    if report.unconfirmed.lines:
        amount = format_amount(report.unconfirmed.amount)
        found.append(f"Chưa tính {report.unconfirmed.lines} khoản ngoài đề án chưa được xác nhận: {amount} đồng.")
    if report.is_illustrative:
        found.append("Có số liệu minh họa: không dùng làm căn cứ báo cáo.")
    found.append(f"Số liệu đọc lúc {subject.data_as_of:%H:%M} ngày {subject.data_as_of:%d/%m/%Y}.")
    if subject.number is not None:
        found.append(f"Mã báo cáo trên cổng: {subject.number}.")
    return tuple(found)


def _count(sums) -> str:
    return f"{sums.count} đề án, nhiệm vụ"


def _asked(sums) -> str:
    return f" (đề nghị {format_amount(sums.proposed)} đồng)"
