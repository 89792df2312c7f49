"""Deadlines, assignees, and who was told of schemes."""

from khuyencong.integrity.rules import Rule, Severity, sql
from khuyencong.models.guards import kin
from programmes.integrity.schemes import SCHEME, of_scheme
from programmes.models.deadlines import due_sql

ASSIGNEE = "JOIN khuyencong_user person ON person.id = scheme.assigned_to_id"
OVER = "('rejected', 'settled', 'closed', 'terminated')"

RULES = (
    Rule(
        "scheme-due-stale",
        "Hạn của mỗi đề án đúng bằng hạn mà quy định và lịch nghỉ cho ra",
        of_scheme(
            f"scheme.due_on, {due_sql('scheme')} AS wanted", "", f"scheme.due_on IS DISTINCT FROM {due_sql('scheme')}"
        ),
        "Đề án {code} ghi hạn {due_on}; theo quy định và lịch nghỉ là {wanted}.",
        "Chạy manage.py rebuild_due.",
        SCHEME,
    ),
    Rule(
        "scheme-assignee-of-the-place",
        "Đề án đang xử lý giao cho chuyên viên, người thẩm định đang hoạt động của địa bàn",
        of_scheme(
            "person.full_name",
            ASSIGNEE,
            f"scheme.status NOT IN {OVER} AND (NOT person.is_active OR person.role NOT IN ('staff', 'reviewer') "
            f"OR person.province_id IS NOT NULL AND NOT {kin('person.province_id', 'scheme.province_id')})",
        ),
        "Đề án {code} giao cho {full_name}, người này không xử lý được đề án của địa bàn.",
        "Giao thụ lý lại trong trang quản trị.",
        SCHEME,
        Severity.WARNING,
    ),
    Rule(
        "deadline-rule-real-day",
        "Ngày cố định của mỗi hạn là ngày có thật",
        sql("""
            SELECT id, province_id, label, number, month FROM programmes_deadlinerule WHERE kind IN ('fixed_day', 'yearly', 'monthly')
                AND number > CASE WHEN kind = 'monthly' OR month = 2 THEN 28 WHEN month IN (4, 6, 9, 11) THEN 30 ELSE 31 END"""),
        "Hạn “{label}” ghi ngày {number} tháng {month}, không có ngày này trong mọi năm.",
        "Sửa theo văn bản trong trang quản trị.",
        "programmes.DeadlineRule",
    ),
    Rule(
        "notice-of-foreign-scheme",
        "Không ai được báo về đề án ngoài địa bàn của mình",
        sql(f"""
            SELECT notice.id, person.province_id, person.full_name, scheme.code FROM khuyencong_notice notice
                JOIN khuyencong_user person ON person.id = notice.user_id
                JOIN programmes_scheme scheme
                    ON scheme.id::text = substring(notice.url FROM '^(?:/schemes/|/admin/programmes/scheme/)(\\d{{1,18}})/')
                WHERE person.province_id IS NOT NULL AND NOT {kin("person.province_id", "scheme.province_id")}"""),
        "{full_name} được báo về đề án {code} của địa bàn khác.",
        "Kiểm tra địa bàn của người này và của đề án.",
        "khuyencong.Notice",
    ),
)
