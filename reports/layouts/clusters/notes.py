"""What a reader of the form must know before using a figure."""

from reports.figures.clusters import ClusterReport

SHOWN = 12


def notes(report: ClusterReport) -> tuple[str, ...]:
    """Rules of counting, what is missing, when it was read."""
    subject, gaps = report.subject, report.gaps
    found = [
        f"{subject.boundaries_label}. Các dòng 15.3, 15.4, 16.3, 16.4 là “trong đó”, không phải số hạng của tổng.",
        "Tỷ lệ lấp đầy bình quân tính theo diện tích: dòng 18 chia dòng 17, của các cụm đã hoạt động.",
    ]
    found += _named("Chưa có số liệu kỳ này", gaps.without_figures)
    found += _named("Chưa có số liệu 6 tháng đầu năm", gaps.without_first_half)
    found += _named(
        "Có số liệu nhưng chưa ghi ngày hoạt động, không tính vào mục III trừ vốn hạ tầng (dòng 14)", gaps.not_operating
    )
    found += _named("Thiếu diện tích ở giai đoạn đã có quyết định", gaps.without_area)
    found += _named("Chưa ghi đất công nghiệp nên đất đã cho thuê không tính vào dòng 18, 19", gaps.without_land)
    found += _named("Đất công nghiệp lớn hơn diện tích cụm, cần xem lại", gaps.land_over_area)
    if report.is_illustrative:
        found.append("Có số liệu minh họa: không dùng làm căn cứ báo cáo.")
    found.append(f"Số liệu đọc lúc {subject.data_as_of:%H:%M} ngày {subject.data_as_of:%d/%m/%Y}.")
    if subject.number is not None:
        found.append(f"Mã báo cáo trên cổng: {subject.number}.")
    return tuple(found)


def _named(what: str, names: tuple[str, ...]) -> list[str]:
    """'Chưa có số liệu kỳ này (3): A; B; C.'; nothing when there are none."""
    if not names:
        return []
    rest = f"; và {len(names) - SHOWN} cụm khác" if len(names) > SHOWN else ""
    return [f"{what} ({len(names)} cụm): {'; '.join(names[:SHOWN])}{rest}."]
