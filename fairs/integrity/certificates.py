"""Certificates of typical products, and the yearly reports of those who hold them."""

from fairs.enums import EntryStatus, RoundStatus
from fairs.integrity.entries import ENTRIES
from fairs.models.selection_guards import CERTIFICATE, HOLDERS, TODAY
from khuyencong.integrity.rules import Rule, sql

PAPER, REPORT = "fairs.Certificate", "fairs.HolderReport"
OPEN = "Mở trang của giấy chứng nhận, đối chiếu với bản gốc rồi sửa."


def _of_certificate(condition, columns="", joins=""):
    """The certificate's id, province, number and product beside `columns`; `paper` is the certificate."""
    return sql(
        f"SELECT paper.id, cycle.province_id, paper.number, product.name AS product{columns and ', ' + columns} "
        f"FROM {ENTRIES} JOIN {CERTIFICATE} paper ON paper.entry_id = entry.id {joins} WHERE {condition}"
    )


def _of_report(condition):
    """The report's id, year and the facility's name and province; `said` is the report."""
    return sql(
        "SELECT said.id, facility.province_id, facility.name, said.year FROM fairs_holderreport said "
        f"JOIN facilities_facility facility ON facility.id = said.facility_id WHERE {condition}"
    )


RULES = (
    Rule(
        "certificate-of-passed",
        "Giấy chứng nhận chỉ cấp cho sản phẩm được công nhận trong chính kỳ bình chọn đã kết luận, mỗi hồ sơ một giấy",
        _of_certificate(f"""entry.status <> '{EntryStatus.PASSED}' OR held.status <> '{RoundStatus.CONCLUDED}'
            OR paper.round_id <> held.id
            OR EXISTS (SELECT 1 FROM {CERTIFICATE} other WHERE other.entry_id = paper.entry_id AND other.id < paper.id)"""),
        "Giấy chứng nhận {number} cấp cho “{product}”, chưa được công nhận, ở kỳ chưa kết luận, hoặc đã có giấy khác.",
        "Đối chiếu với quyết định công nhận; giấy cấp sai thì thu hồi.",
        PAPER,
    ),
    Rule(
        "certificate-days",
        "Ngày cấp từ ngày quyết định công nhận, không ở tương lai; ngày hết giá trị, thu hồi không trước ngày cấp",
        _of_certificate(
            f"""paper.issued_on < held.decided_on OR least(paper.valid_to, paper.revoked_on) < paper.issued_on
            OR greatest(paper.issued_on, paper.revoked_on) > {TODAY}""",
            "paper.issued_on, paper.valid_to, paper.revoked_on",
        ),
        "Giấy chứng nhận {number} của “{product}”: cấp {issued_on}, giá trị đến {valid_to}, thu hồi {revoked_on}, không hợp lệ.",
        OPEN,
        PAPER,
    ),
    Rule(
        "certificate-valid-within-rule",
        "Giấy chứng nhận không có giá trị quá thời hạn dài nhất của văn bản",
        _of_certificate(
            """paper.valid_to > make_date(extract(year FROM paper.issued_on)::int - 1
            + (SELECT max(years) FROM fairs_certificaterule), 12, 31)""",
            "paper.valid_to",
        ),
        "Giấy chứng nhận {number} của “{product}” có giá trị đến {valid_to}, lâu hơn thời hạn của văn bản.",
        OPEN,
        PAPER,
    ),
    Rule(
        "certificate-number-once",
        "Mỗi số giấy chứng nhận cấp một lần trong một kỳ bình chọn",
        _of_certificate(
            "paper.number = ''"
            f" OR EXISTS (SELECT 1 FROM {CERTIFICATE} other WHERE other.round_id = paper.round_id AND other.number = paper.number AND other.id < paper.id)"
        ),
        "Số giấy chứng nhận “{number}” của “{product}” để trống hoặc đã cấp trong kỳ bình chọn.",
        OPEN,
        PAPER,
    ),
    Rule(
        "certificate-revoked-whole",
        "Thu hồi giấy chứng nhận có ngày, số quyết định, lý do và người ghi",
        _of_certificate("""num_nonnulls(paper.revoked_on, paper.revoked_by_id) = 1
            OR (paper.revoked_on IS NULL) <> (btrim(paper.revocation_number) = '')
            OR (paper.revoked_on IS NULL) <> (btrim(paper.revocation_reason) = '')"""),
        "Giấy chứng nhận {number} của “{product}” thu hồi thiếu ngày, số quyết định, lý do hoặc người ghi.",
        OPEN,
        PAPER,
    ),
    Rule(
        "holder-report-of-holder",
        "Báo cáo năm là của cơ sở có giấy chứng nhận còn giá trị trong năm, mỗi năm một báo cáo",
        _of_report(f"""NOT EXISTS (SELECT 1 FROM ({HOLDERS}) holder WHERE said.year BETWEEN holder.first_year AND holder.last_year
                AND holder.facility_id = coalesce(facility.merged_into_id, facility.id))
            OR EXISTS (SELECT 1 FROM fairs_holderreport other
                WHERE other.id < said.id AND (other.facility_id, other.year) = (said.facility_id, said.year))"""),
        "{name} báo cáo năm {year} khi không có giấy chứng nhận còn giá trị, hoặc báo cáo hai lần.",
        "Kiểm tra năm báo cáo và ngày hết giá trị của giấy chứng nhận.",
        REPORT,
    ),
    Rule(
        "holder-report-figures",
        "Báo cáo năm không ở tương lai, số liệu không âm, xuất khẩu không vượt doanh thu",
        _of_report(
            f"""said.received_on > {TODAY} OR said.year > extract(year FROM {TODAY})
            OR least(said.revenue, said.export_value) < 0 OR said.export_value > said.revenue"""
        ),
        "Báo cáo năm {year} của {name} có ngày hoặc số liệu không hợp lệ.",
        "Đối chiếu với báo cáo của cơ sở rồi sửa.",
        REPORT,
    ),
)
