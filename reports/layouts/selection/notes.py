"""What a reader must know before using a figure."""

from reports.figures.selection import SelectionReport
from reports.layouts.period_summary.frame import HOW

COUNTING = (
    "Kỳ bình chọn đã kết luận tính vào năm của quyết định công nhận; chưa kết luận thì tính vào năm bắt đầu nhận hồ sơ.",
    "Không tính hồ sơ đã rút. Mỗi cơ sở tính một lần ở mỗi dòng, cơ sở đã gộp tính cho cơ sở được giữ lại.",
    "Sản phẩm được cấp giấy chứng nhận gồm cả giấy hết hạn hoặc bị thu hồi sau đó; số thu hồi ghi riêng.",
)


def notes(report: SelectionReport) -> tuple[str, ...]:
    """Rules of counting, where the dossiers of each level come from, when it was read."""
    subject = report.subject
    found = [*COUNTING, *report.explanations]
    found.append(
        f"{subject.boundaries_label}{HOW[subject.boundaries]}. Tính quyết định, giấy chứng nhận đến hết ngày "
        f"{subject.cut_off:%d/%m/%Y}."
    )
    if report.is_illustrative:
        found.append("Có số liệu minh họa: không dùng làm căn cứ báo cáo.")
    found.append(f"Số liệu đọc lúc {subject.data_as_of:%H:%M} ngày {subject.data_as_of:%d/%m/%Y}.")
    if subject.number is not None:
        found.append(f"Mã báo cáo trên cổng: {subject.number}.")
    return tuple(found)
