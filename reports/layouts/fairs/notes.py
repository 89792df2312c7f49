"""What a reader must know before using a figure."""

from khuyencong.money import format_amount
from reports.figures.fairs import FairReport
from reports.layouts.period_summary.frame import HOW

COUNTING = (
    "Sự kiện tính vào kỳ có ngày đầu tiên của sự kiện; chỉ tính sự kiện đã tổ chức.",
    "Lượt doanh nghiệp: mỗi cơ sở tính một lần ở mỗi sự kiện, cộng doanh nghiệp ngoài danh bạ. Cơ sở: mỗi cơ sở trong danh "
    "bạ tính một lần ở mỗi dòng, cơ sở đã gộp tính cho cơ sở được giữ lại. Hai số này không cộng với nhau.",
    "Tỷ lệ thành hợp đồng: số biên bản ghi nhớ đã thành hợp đồng chia số biên bản ghi nhớ.",
)


def notes(report: FairReport) -> tuple[str, ...]:
    """Rules of counting, what is missing, when it was read."""
    subject, total = report.subject, report.total
    found = [*COUNTING, f"{subject.boundaries_label}{HOW[subject.boundaries]}. Số liệu đến {subject.cut_off:%d/%m/%Y}."]
    if total.money:
        found.append(
            f"Kinh phí {format_amount(total.money)} đồng, trong đó {format_amount(total.through_schemes)} đồng nằm trong "
            "các đề án: không cộng thêm vào kinh phí đề án."
        )
    if total.without_booths:
        found.append(f"{total.without_booths} sự kiện không có số gian hàng.")
    if report.planned or report.cancelled:
        found.append(f"Không tính {report.planned} sự kiện dự kiến, {report.cancelled} sự kiện đã hủy.")
    if report.unconfirmed:
        found.append(f"{report.unconfirmed} sự kiện chưa được xác nhận số liệu.")
    if report.is_illustrative:
        found.append("Có số liệu minh họa: không dùng làm căn cứ báo cáo.")
    found.append(f"Số liệu đọc lúc {subject.data_as_of:%H:%M} ngày {subject.data_as_of:%d/%m/%Y}.")
    if subject.number is not None:
        found.append(f"Mã báo cáo trên cổng: {subject.number}.")
    return tuple(found)
