"""Days off, absences and notices."""

from khuyencong.integrity.rules import TODAY, Rule, Severity, sql
from khuyencong.models.guards import kin

HOLIDAY, DELEGATION, NOTICE = "khuyencong.Holiday", "khuyencong.Delegation", "khuyencong.Notice"
NEVER_EDITED = "Kết thúc ủy quyền này rồi lập ủy quyền đúng."
DAYS = "daterange({0}.first_day, greatest({0}.first_day, least({0}.ended_on, {0}.last_day + 1)), '[)')".format
PEOPLE = """FROM khuyencong_delegation given JOIN khuyencong_user giver ON giver.id = given.from_person_id
    JOIN khuyencong_user taker ON taker.id = given.to_person_id"""
WHO = "given.id, giver.province_id, giver.full_name AS giver, taker.full_name AS taker, given.first_day, given.last_day"


RULES = (
    Rule(
        "holiday-worked-at-weekend",
        "Ngày làm bù là thứ Bảy hoặc Chủ nhật",
        sql(
            "SELECT id, NULL::bigint AS province_id, day, name FROM khuyencong_holiday "
            "WHERE is_working AND extract(isodow FROM day) < 6"
        ),
        "Ngày {day} ({name}) ghi là làm bù nhưng vốn là ngày làm việc.",
        "Sửa theo văn bản của năm đó.",
        HOLIDAY,
    ),
    Rule(
        "delegation-between-colleagues",
        "Người xử lý thay cùng vai trò, cùng địa bàn với người vắng mặt và đang hoạt động",
        sql(
            f"SELECT {WHO} {PEOPLE} WHERE given.ended_on IS NULL AND given.last_day >= {TODAY} AND (giver.role <> taker.role "
            "OR NOT taker.is_active OR (giver.province_id IS NULL) <> (taker.province_id IS NULL) "
            f"OR NOT coalesce({kin('giver.province_id', 'taker.province_id')}, TRUE))"
        ),
        "{taker} xử lý thay {giver} đến {last_day} nhưng khác vai trò, khác địa bàn hoặc đã khóa tài khoản.",
        NEVER_EDITED,
        DELEGATION,
        Severity.WARNING,
    ),
    Rule(
        "delegation-to-oneself",
        "Không ai ủy quyền cho chính mình",
        sql(f"SELECT {WHO} {PEOPLE} WHERE giver.id = taker.id"),
        "{giver} tự ủy quyền cho mình từ {first_day} đến {last_day}.",
        NEVER_EDITED,
        DELEGATION,
    ),
    Rule(
        "delegation-days-apart",
        "Trong một ngày mỗi người chỉ ủy quyền cho một người",
        sql(
            f"SELECT {WHO} {PEOPLE} JOIN khuyencong_delegation other ON other.from_person_id = given.from_person_id "
            f"AND other.id > given.id AND {DAYS('other')} && {DAYS('given')}"
        ),
        "{giver} có hai ủy quyền trùng ngày, một là cho {taker} từ {first_day} đến {last_day}.",
        NEVER_EDITED,
        DELEGATION,
    ),
    Rule(
        "delegation-without-chain",
        "Người nhận ủy quyền không ủy quyền tiếp trong những ngày đó",
        sql(
            f"SELECT {WHO} {PEOPLE} JOIN khuyencong_delegation other ON other.from_person_id = given.to_person_id "
            f"AND {DAYS('other')} && {DAYS('given')} WHERE given.from_person_id <> given.to_person_id "
            "AND other.from_person_id <> other.to_person_id"
        ),
        "{taker} vừa xử lý thay {giver} từ {first_day} đến {last_day} vừa ủy quyền cho người khác.",
        NEVER_EDITED,
        DELEGATION,
    ),
    Rule(
        "delegation-ended-by-someone",
        "Ủy quyền kết thúc sớm ghi cả ngày và người kết thúc",
        sql(f"SELECT {WHO} {PEOPLE} WHERE num_nulls(given.ended_on, given.ended_by_id) = 1"),
        "Ủy quyền của {giver} cho {taker} từ {first_day} kết thúc sớm mà thiếu ngày hoặc người kết thúc.",
        "Xem lịch sử để biết ai đã kết thúc.",
        DELEGATION,
    ),
    Rule(
        "notice-leads-outside",
        "Thông báo chỉ dẫn đến trang của cổng",
        sql("""
            SELECT notice.id, person.province_id, notice.title, notice.url FROM khuyencong_notice notice
                JOIN khuyencong_user person ON person.id = notice.user_id WHERE notice.url !~ '^/([^/]|$)'"""),
        "Thông báo “{title}” dẫn ra ngoài cổng: {url}.",
        "Tìm người đã ghi thông báo này ngoài cổng.",
        NOTICE,
    ),
    Rule(
        "notice-read-after-told",
        "Thông báo được đọc sau khi có, không ở tương lai",
        sql("""
            SELECT notice.id, person.province_id, notice.title, notice.read_at FROM khuyencong_notice notice
                JOIN khuyencong_user person ON person.id = notice.user_id
                WHERE notice.read_at < notice.created_at
                OR greatest(notice.created_at, notice.read_at, notice.mailed_at) > clock_timestamp() + interval '1 minute'"""),
        "Thông báo “{title}” có thời điểm đọc hoặc gửi sai: {read_at}.",
        "Kiểm tra đồng hồ của máy chủ.",
        NOTICE,
        Severity.WARNING,
    ),
)
