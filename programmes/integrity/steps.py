"""The steps of a scheme: in order, stamped, by different people, never in the future."""

from khuyencong.integrity.rules import TODAY, Rule, sql
from programmes.enums import FINISHED, Status
from programmes.enums import STAMPED as STAMPED_STATES
from programmes.integrity.schemes import OPEN, SCHEME, of_scheme

SEEN = "Xem lịch sử của đề án để biết ai đã ghi; khôi phục trạng thái đúng từ bản sao lưu."


def label(column):
    """SQL that names a status as a person reads it."""
    cases = " ".join(f"WHEN '{status.value}' THEN '{status.label}'" for status in Status)
    return f"CASE {column} {cases} ELSE {column} END"


def listed(statuses):
    """SQL: the statuses in brackets, for IN."""
    values = ", ".join(f"'{status.value}'" for status in statuses)
    return f"({values})"


STAMPED = listed(STAMPED_STATES)
ENDED = listed(FINISHED)
DECISION = "num_nulls(scheme.decision_number, scheme.decision_on, scheme.decided_at, scheme.decided_by_id)"
SETTLEMENT = "num_nulls(scheme.settled_on, scheme.settled_by_id, scheme.settlement_number)"
STATUS = f"{label('scheme.status')} AS status"

VERSIONS = """
    SELECT pgh_id, pgh_obj_id AS id, province_id, code, status, lag(status) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS before,
        pgh_created_at AS at FROM programmes_schemeevent"""
DECIDERS = """
    SELECT id, province_id, code, created_by_id, submitted_by_id, decided_by_id, settled_by_id FROM programmes_scheme
    UNION SELECT pgh_obj_id, province_id, code, created_by_id, submitted_by_id, decided_by_id, settled_by_id FROM programmes_schemeevent"""


def _judged_own(column):
    return sql(f"""
        SELECT DISTINCT version.id, version.province_id, version.code, person.full_name FROM ({DECIDERS}) version
            JOIN khuyencong_user person ON person.id = version.{column}
            WHERE version.{column} IN (version.created_by_id, version.submitted_by_id)""")


RULES = (
    Rule(
        "scheme-starts-as-draft",
        "Mỗi đề án bắt đầu từ bản nháp",
        sql(
            f"SELECT id, province_id, code, {label('status')} AS status, at FROM ({VERSIONS}) version "
            f"WHERE before IS NULL AND status <> '{Status.DRAFT.value}'"
        ),
        "Đề án {code} được ghi lần đầu ({at}) ở trạng thái “{status}”.",
        SEEN,
        SCHEME,
    ),
    Rule(
        "scheme-steps-in-order",
        "Mọi lần chuyển trạng thái trong lịch sử đều theo quy trình",
        sql(
            f"SELECT id, province_id, code, {label('before')} AS before, {label('status')} AS status, at FROM ({VERSIONS}) version "
            "WHERE before <> status AND NOT EXISTS (SELECT 1 FROM programmes_workflowstep step "
            "WHERE step.source = version.before AND step.target = version.status)"
        ),
        "Đề án {code} chuyển từ “{before}” sang “{status}” lúc {at}, quy trình không có bước này.",
        SEEN,
        SCHEME,
    ),
    Rule(
        "scheme-sent-then-deleted",
        "Không đề án nào đã gửi mà bị xóa",
        sql(f"""
            SELECT gone.pgh_obj_id AS id, gone.province_id, gone.code, gone.pgh_created_at AS at FROM programmes_schemeevent gone
                WHERE gone.pgh_label = 'delete' AND EXISTS (SELECT 1 FROM programmes_schemeevent version
                    WHERE version.pgh_obj_id = gone.pgh_obj_id AND version.status <> '{Status.DRAFT.value}')"""),
        "Đề án {code} đã từng gửi thẩm định mà bị xóa lúc {at}.",
        "Khôi phục đề án từ bản sao lưu: hồ sơ đã gửi phải giữ để thanh tra, kiểm tra.",
    ),
    Rule(
        "scheme-submission-stamp",
        "Đề án đã gửi có người gửi, thời điểm gửi; bản nháp thì không",
        of_scheme(
            STATUS,
            "",
            f"num_nulls(scheme.submitted_at, scheme.submitted_by_id) <> CASE scheme.status WHEN '{Status.DRAFT.value}' THEN 2 ELSE 0 END",
        ),
        "Đề án {code} ({status}): người gửi và thời điểm gửi không khớp với trạng thái.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "scheme-decision-missing",
        "Đề án đã quyết định có đủ số, ngày, người và thời điểm ghi quyết định",
        of_scheme(
            STATUS,
            "",
            f"scheme.status IN {STAMPED} AND ({DECISION} > 0 OR btrim(scheme.decision_number) = '')",
        ),
        "Đề án {code} ({status}) thiếu số, ngày hoặc người quyết định.",
        "Bổ sung theo quyết định đã ban hành.",
        SCHEME,
    ),
    Rule(
        "scheme-decision-too-early",
        "Bản nháp và đề án chờ thẩm định không mang quyết định",
        of_scheme(f"{STATUS}, scheme.decision_number", "", f"scheme.status NOT IN {STAMPED} AND {DECISION} < 4"),
        "Đề án {code} ({status}) đã mang quyết định {decision_number}.",
        SEEN,
        SCHEME,
    ),
    Rule(
        "scheme-reason-given",
        "Phê duyệt, trả lại, không phê duyệt đều ghi lý do, ý kiến",
        of_scheme(
            STATUS,
            "",
            f"scheme.status IN {listed([Status.RETURNED, Status.REJECTED, Status.APPROVED])} AND btrim(scheme.status_reason) = ''",
        ),
        "Đề án {code} ({status}) không ghi lý do hoặc ý kiến.",
        "Bổ sung theo phiếu thẩm định.",
        SCHEME,
    ),
    Rule(
        "scheme-acceptance-stamp",
        "Đề án đã nghiệm thu, và chỉ đề án đó, có ngày nghiệm thu",
        of_scheme(
            f"{STATUS}, scheme.accepted_on", "", f"(scheme.status IN {ENDED}) <> (scheme.accepted_on IS NOT NULL)"
        ),
        "Đề án {code} ({status}) có ngày nghiệm thu: {accepted_on}.",
        "Ghi ngày theo biên bản nghiệm thu.",
        SCHEME,
    ),
    Rule(
        "scheme-settlement-stamp",
        "Đề án đã quyết toán, và chỉ đề án đó, có số văn bản, ngày và người duyệt quyết toán",
        of_scheme(STATUS, "", f"{SETTLEMENT} <> CASE WHEN scheme.status IN ('settled', 'closed') THEN 0 ELSE 3 END"),
        "Đề án {code} ({status}): số văn bản, ngày hoặc người duyệt quyết toán không khớp với trạng thái.",
        "Ghi theo văn bản quyết toán.",
        SCHEME,
    ),
    Rule(
        "scheme-four-eyes",
        "Người quyết định đề án không phải là người lập, người gửi, kể cả trong lịch sử",
        _judged_own("decided_by_id"),
        "Đề án {code} do {full_name} quyết định, cũng là người lập hoặc người gửi.",
        "Báo lãnh đạo: quyết định cần được người khác xem lại.",
        SCHEME,
    ),
    Rule(
        "scheme-settled-by-another",
        "Người duyệt quyết toán không phải là người lập, người gửi, kể cả trong lịch sử",
        _judged_own("settled_by_id"),
        "Đề án {code} do {full_name} duyệt quyết toán, cũng là người lập hoặc người gửi.",
        "Báo lãnh đạo: quyết toán cần được người khác xem lại.",
        SCHEME,
    ),
    Rule(
        "scheme-dates-in-order",
        "Quyết định, nghiệm thu, quyết toán theo thứ tự; kết thúc không trước bắt đầu",
        of_scheme(
            "scheme.start_on, scheme.end_on, scheme.decision_on, scheme.accepted_on, scheme.settled_on",
            "",
            "scheme.accepted_on < scheme.decision_on OR scheme.settled_on < scheme.accepted_on OR scheme.end_on < scheme.start_on",
        ),
        "Đề án {code}, ngày không theo thứ tự: bắt đầu {start_on}, kết thúc {end_on}; quyết định {decision_on}, "
        "nghiệm thu {accepted_on}, quyết toán {settled_on}.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "scheme-dates-in-future",
        "Ngày quyết định, nghiệm thu, quyết toán và thời điểm ghi không ở tương lai",
        of_scheme(
            "scheme.decision_on, scheme.accepted_on, scheme.settled_on",
            "",
            f"greatest(scheme.decision_on, scheme.accepted_on, scheme.settled_on) > {TODAY} "
            "OR greatest(scheme.status_at, scheme.submitted_at, scheme.decided_at, scheme.created_at) > clock_timestamp()",
        ),
        "Đề án {code}: quyết định {decision_on}, nghiệm thu {accepted_on}, quyết toán {settled_on} hoặc thời điểm ghi ở tương lai.",
        OPEN,
        SCHEME,
    ),
)
