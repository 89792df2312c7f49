"""Decisions that change approved schemes, and what they left in force."""

from khuyencong.integrity.rules import Rule, sql
from programmes.enums import DECIDED, Status
from programmes.integrity.schemes import SCHEME, of_scheme
from programmes.integrity.steps import listed

DECISION = "JOIN programmes_adjustment adjustment ON adjustment.scheme_id = scheme.id"
AGAIN = "Đối chiếu với quyết định điều chỉnh; ghi một quyết định mới nếu số đang ghi không đúng."
# Each part of a scheme that an adjustment may change: (lines of adjustments, parts, column that names the part).
PARTS = (
    ("programmes_adjustmentline", "programmes_fundingline", "source_id"),
    ("programmes_adjustmentbenefit", "programmes_schemebeneficiary", "facility_id"),
)


def _last(lines, part, key):
    """SQL: what the last adjustment of a part says; no row: none."""
    return f"""SELECT moved.after_amount FROM {lines} moved JOIN programmes_adjustment adjustment ON adjustment.id = moved.adjustment_id
        WHERE adjustment.scheme_id = {part}.scheme_id AND moved.{key} = {part}.{key}"""


def _as_decided(lines, parts, key):
    return f"""SELECT part.scheme_id, part.adjusted_amount FROM {parts} part
        WHERE part.adjusted_amount IS DISTINCT FROM ({_last(lines, "part", key)} ORDER BY moved.id DESC LIMIT 1)"""


def _from(lines, parts, key):
    return f"""SELECT adjustment.scheme_id, adjustment.number, line.before_amount FROM {lines} line
        JOIN programmes_adjustment adjustment ON adjustment.id = line.adjustment_id
        LEFT JOIN {parts} part ON part.scheme_id = adjustment.scheme_id AND part.{key} = line.{key}
        WHERE part.id IS NULL OR line.before_amount <> coalesce(
            ({_last(lines, "part", key)} AND moved.id < line.id ORDER BY moved.id DESC LIMIT 1), part.approved_amount, 0)"""


def _either(make):
    """Of sources and of facilities, joined to their scheme as `found`."""
    return "JOIN (" + " UNION ALL ".join(make(*part) for part in PARTS) + ") found ON found.scheme_id = scheme.id"


RULE = """rule.level = scheme.level AND rule.kind = adjustment.kind AND (rule.is_group IS NULL OR rule.is_group = scheme.is_group)
    AND rule.valid_from <= adjustment.decided_on AND (rule.valid_to IS NULL OR rule.valid_to >= adjustment.decided_on)"""
ALLOWED = "SELECT 1 FROM programmes_adjustmentauthority rule WHERE"
TABLES = ("line", "benefit", "change")

RULES = (
    Rule(
        "adjusted-as-decided",
        "Số sau điều chỉnh đúng bằng quyết định điều chỉnh sau cùng",
        of_scheme("found.adjusted_amount", _either(_as_decided), "TRUE"),
        "Đề án {code}: số sau điều chỉnh {adjusted_amount} đồng không đúng với quyết định sau cùng.",
        AGAIN,
        SCHEME,
    ),
    Rule(
        "adjusted-end-as-decided",
        "Ngày kết thúc sau điều chỉnh đúng bằng quyết định điều chỉnh sau cùng",
        of_scheme(
            "scheme.adjusted_end_on",
            "",
            "scheme.adjusted_end_on IS DISTINCT FROM (SELECT adjustment.end_on FROM programmes_adjustment adjustment "
            "WHERE adjustment.scheme_id = scheme.id AND adjustment.end_on IS NOT NULL ORDER BY adjustment.id DESC LIMIT 1)",
        ),
        "Đề án {code}: ngày kết thúc sau điều chỉnh {adjusted_end_on} không đúng với quyết định sau cùng.",
        AGAIN,
        SCHEME,
    ),
    Rule(
        "adjustment-from-what-stood",
        "Mỗi điều chỉnh bắt đầu từ số đang có hiệu lực lúc đó",
        of_scheme("found.number, found.before_amount", _either(_from), "TRUE"),
        "Đề án {code}: quyết định {number} điều chỉnh từ {before_amount} đồng, không phải số đang có hiệu lực.",
        AGAIN,
        SCHEME,
    ),
    Rule(
        "adjustment-authority",
        "Loại điều chỉnh do đúng cấp có thẩm quyền quyết định",
        of_scheme(
            "adjustment.number",
            DECISION,
            f"EXISTS ({ALLOWED} {RULE}) AND NOT EXISTS ({ALLOWED} {RULE} AND rule.authority = adjustment.authority)",
        ),
        "Đề án {code}: quyết định điều chỉnh {number} không do cấp có thẩm quyền ký.",
        "Đối chiếu với quyết định và quy định về thẩm quyền; báo lãnh đạo.",
        SCHEME,
    ),
    Rule(
        "adjustment-grows-by-its-kind",
        "Chỉ loại “Tăng tổng kinh phí hỗ trợ” mới làm tăng hỗ trợ",
        of_scheme(
            "adjustment.number, support.old, support.new",
            f"""{DECISION} CROSS JOIN LATERAL (SELECT sum(moved.before_amount) AS old, sum(moved.after_amount) AS new
                FROM programmes_adjustmentline moved JOIN programmes_fundingsource source ON source.code = moved.source_id
                AND source.is_support WHERE moved.adjustment_id = adjustment.id) support""",
            "support.new > support.old AND adjustment.kind <> 'increase'",
        ),
        "Đề án {code}: quyết định {number} tăng hỗ trợ từ {old} lên {new} đồng mà không phải loại tăng.",
        AGAIN,
        SCHEME,
    ),
    Rule(
        "adjustment-four-eyes",
        "Người ghi quyết định điều chỉnh không phải là người lập, người gửi đề án",
        of_scheme(
            "adjustment.number, person.full_name",
            f"{DECISION} JOIN khuyencong_user person ON person.id = adjustment.made_by_id",
            "adjustment.made_by_id IN (scheme.created_by_id, scheme.submitted_by_id)",
        ),
        "Đề án {code}: quyết định điều chỉnh {number} do {full_name} ghi, cũng là người lập hoặc người gửi.",
        "Báo lãnh đạo: quyết định cần được người khác xem lại.",
        SCHEME,
    ),
    Rule(
        "adjustment-in-its-time",
        "Chỉ điều chỉnh đề án đã phê duyệt; ngày điều chỉnh từ ngày phê duyệt đến ngày ghi, kết thúc mới không trước bắt đầu",
        of_scheme(
            "adjustment.number, adjustment.decided_on",
            DECISION,
            f"scheme.status NOT IN {listed([*DECIDED, Status.TERMINATED])} OR adjustment.decided_on < scheme.decision_on "
            "OR adjustment.decided_on > (adjustment.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date "
            "OR adjustment.end_on < scheme.start_on",
        ),
        "Đề án {code}: quyết định điều chỉnh {number} ngày {decided_on} không hợp với trạng thái hoặc ngày của đề án.",
        AGAIN,
        SCHEME,
    ),
    Rule(
        "adjustment-kept",
        "Quyết định điều chỉnh và các dòng của nó không bị sửa, không bị xóa",
        sql(
            "SELECT DISTINCT scheme.id, scheme.province_id, scheme.code, changed.at FROM ("
            "SELECT scheme_id, pgh_created_at AS at FROM programmes_adjustmentevent WHERE pgh_label <> 'insert'"
            + "".join(
                f" UNION ALL SELECT adjustment.scheme_id, row.pgh_created_at FROM programmes_adjustment{part}event row "
                f"JOIN programmes_adjustment adjustment ON adjustment.id = row.adjustment_id WHERE row.pgh_label <> 'insert'"
                for part in TABLES
            )
            + ") changed JOIN programmes_scheme scheme ON scheme.id = changed.scheme_id"
        ),
        "Đề án {code}: một quyết định điều chỉnh bị sửa hoặc xóa lúc {at}.",
        "Xem lịch sử để biết nội dung ban đầu.",
        SCHEME,
    ),
)
