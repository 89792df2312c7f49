"""The procedure of a scheme: who took each step, by which appraisal and paper; what flagships and groups must have."""

from khuyencong.integrity.rules import Rule, sql
from programmes.enums import EDITABLE, Status
from programmes.integrity.schemes import OPEN, SCHEME, of_scheme
from programmes.integrity.steps import SEEN, label, listed
from programmes.models import guards

DAY = "(version.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
CONTENT = f"ROW({', '.join(guards.CONTENT_COLUMNS)})::text"
DECIDED = f"ROW({', '.join(guards.DECIDED_COLUMNS)})::text"

# Every version of a scheme beside the one before it, and every step taken with the row of the procedure that it followed.
VERSIONS = f"""
    SELECT event.pgh_id, event.pgh_obj_id AS id, event.province_id, event.code, event.level, event.status, event.status_at,
        event.status_by_id, event.submitted_at, event.pgh_created_at AS at, event.is_group, event.created_by_id, event.submitted_by_id,
        {CONTENT} AS content, {DECIDED} AS decided, lag(event.status) OVER known AS before,
        lag(event.status_at) OVER known AS before_at, lag({CONTENT}) OVER known AS content_before,
        lag({DECIDED}) OVER known AS decided_before
    FROM programmes_schemeevent event WINDOW known AS (PARTITION BY event.pgh_obj_id ORDER BY event.pgh_id)"""
# Steps and ceilings of a database that was in use before there were sheets and reasons are not asked for them.
SINCE = """coalesce((SELECT min(applied) FROM django_migrations WHERE app = 'programmes' AND name = '0007_life_of_a_scheme'), '-infinity')"""
TAKEN = f"""
    SELECT version.*, step.verb, step.role, step.appraisal, step.paper FROM ({VERSIONS}) version
        CROSS JOIN LATERAL (SELECT step.* FROM programmes_workflowstep step
            WHERE step.source = version.before AND step.target = version.status
            AND {guards.binds("step", "version", DAY)} ORDER BY step.valid_from DESC LIMIT 1) step
        WHERE version.before <> version.status"""


def _taken(condition, columns=""):
    """Steps that were taken, with the status before and after as a person reads them."""
    return sql(
        f"SELECT DISTINCT taken.id, taken.province_id, taken.code, {label('taken.before')} AS before, "
        f"{label('taken.status')} AS status{columns} FROM ({TAKEN}) taken WHERE {condition}"
    )


def _kept(column, before):
    """Versions in which `column` changed although the status before, and after, did not allow it."""
    return sql(
        f"SELECT DISTINCT version.id, version.province_id, version.code, {label('version.before')} AS before "
        f"FROM ({VERSIONS}) version WHERE version.{column} <> version.{column}_before AND version.before {before}"
    )


STAYS = [status for status in guards.STAMPED if status != Status.RETURNED]
RULES = (
    Rule(
        "scheme-step-doer",
        "Mỗi bước do đúng vai trò thực hiện",
        _taken(
            "NOT EXISTS (SELECT 1 FROM khuyencong_user person WHERE person.id = taken.status_by_id AND person.role = taken.role) "
            "AND NOT EXISTS (SELECT 1 FROM khuyencong_userevent person WHERE person.pgh_obj_id = taken.status_by_id "
            "AND person.role = taken.role)"
        ),
        "Đề án {code}: bước từ “{before}” sang “{status}” do người không có vai trò của bước đó thực hiện.",
        SEEN,
        SCHEME,
    ),
    Rule(
        "scheme-appraised",
        "Bước cần thẩm định chỉ đi qua bằng phiếu đạt của đúng lần gửi đó",
        _taken(
            "taken.appraisal <> '' AND coalesce((SELECT sheet.verdict FROM programmes_appraisal sheet WHERE sheet.scheme_id = taken.id "
            "AND sheet.stage = taken.appraisal AND sheet.submitted_at = taken.submitted_at AND sheet.made_at <= taken.status_at "
            "ORDER BY sheet.id DESC LIMIT 1), '') <> 'pass' AND EXISTS (SELECT 1 FROM programmes_scheme WHERE id = taken.id) "
            f"AND taken.at > {SINCE}"
        ),
        "Đề án {code} sang “{status}” mà không có phiếu thẩm định đề nghị phê duyệt của lần gửi đó.",
        "Đối chiếu với phiếu thẩm định giấy; báo lãnh đạo nếu chưa thẩm định.",
        SCHEME,
    ),
    Rule(
        "scheme-step-paper",
        "Bước cần văn bản chỉ đi qua khi đã ghi văn bản",
        _taken(
            "taken.paper <> '' AND NOT EXISTS (SELECT 1 FROM programmes_steppaper paper WHERE paper.scheme_id = taken.id "
            "AND paper.verb = taken.verb AND paper.recorded_at BETWEEN taken.before_at AND taken.status_at) "
            "AND EXISTS (SELECT 1 FROM programmes_scheme WHERE id = taken.id)",
            ", taken.paper",
        ),
        "Đề án {code} sang “{status}” mà chưa ghi “{paper}”.",
        "Ghi số, ngày theo văn bản đã ký; báo người quản trị để bổ sung.",
        SCHEME,
    ),
    Rule(
        "scheme-content-kept",
        "Nội dung đề án không đổi từ khi gửi thẩm định, trừ khi rút lại hoặc được trả lại",
        _kept("content", f"NOT IN {listed(EDITABLE)}"),
        "Đề án {code}: nội dung bị sửa khi đang ở trạng thái “{before}”.",
        SEEN,
        SCHEME,
    ),
    Rule(
        "scheme-decision-kept",
        "Số, ngày, người quyết định không đổi sau khi đã ghi",
        _kept("decided", f"IN {listed(STAYS)}"),
        "Đề án {code}: quyết định bị sửa khi đang ở trạng thái “{before}”.",
        SEEN,
        SCHEME,
    ),
    Rule(
        "scheme-flagship-contents",
        "Đề án điểm đã gửi có từ hai nội dung",
        of_scheme(
            "",
            "",
            f"scheme.is_flagship AND scheme.status NOT IN {listed(EDITABLE)} "
            "AND NOT EXISTS (SELECT 1 FROM programmes_schemecontent other WHERE other.scheme_id = scheme.id)",
        ),
        "Đề án điểm {code} chỉ có một nội dung.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "scheme-group-detailed",
        "Đề án nhóm chỉ bắt đầu sau khi duyệt kế hoạch chi tiết; đề án khác không có bước đó",
        sql(
            f"SELECT DISTINCT version.id, version.province_id, version.code, {label('version.before')} AS before, "
            f"{label('version.status')} AS status FROM ({VERSIONS}) version WHERE version.before <> version.status AND ("
            f"version.is_group AND version.status = '{Status.IN_PROGRESS.value}' AND version.before <> '{Status.DETAILED.value}' "
            f"OR NOT version.is_group AND version.status = '{Status.DETAILED.value}')"
        ),
        "Đề án {code} đi từ “{before}” sang “{status}”, không hợp với loại đề án nhóm hay không nhóm.",
        SEEN,
        SCHEME,
    ),
    Rule(
        "scheme-years-add-up",
        "Kinh phí theo năm của mỗi nguồn cộng lại bằng kinh phí đề nghị",
        of_scheme(
            "years.source, years.total, coalesce(line.proposed_amount, 0) AS proposed",
            """CROSS JOIN LATERAL (SELECT source.code, source.name AS source, sum(year.planned_amount) AS total
                FROM programmes_schemeyear year JOIN programmes_fundingsource source ON source.code = year.source_id
                WHERE year.scheme_id = scheme.id GROUP BY source.code) years
            LEFT JOIN programmes_fundingline line ON line.scheme_id = scheme.id AND line.source_id = years.code""",
            "years.total <> coalesce(line.proposed_amount, 0)",
        ),
        "Đề án {code}, {source}: các năm cộng lại {total} đồng, đề nghị {proposed} đồng.",
        OPEN,
        SCHEME,
    ),
)
