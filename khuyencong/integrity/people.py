"""People who work with the portal."""

from khuyencong.integrity.rules import TODAY, Rule, Severity, sql

USER = "khuyencong.User"

RULES = (
    Rule(
        "user-of-ended-province",
        "Người đang làm việc thuộc tỉnh còn hiệu lực",
        sql(f"""
            SELECT person.id, person.province_id, person.username, person.full_name, province.name AS province,
                province.valid_to AS ended FROM khuyencong_user person
                JOIN khuyencong_province province ON province.id = person.province_id
                WHERE person.is_active AND province.valid_to < {TODAY}"""),
        "{full_name} ({username}) thuộc {province}, đã hết hiệu lực {ended}, nên không thấy hồ sơ của tỉnh mới.",
        "Chuyển người này sang tỉnh hiện nay, hoặc khóa tài khoản.",
        USER,
        Severity.WARNING,
    ),
    Rule(
        "user-login-twice",
        "Không có hai tên đăng nhập chỉ khác nhau chữ hoa, chữ thường",
        sql("""
            SELECT one.id, one.province_id, one.username, other.username AS other FROM khuyencong_user one
                JOIN khuyencong_user other ON lower(other.username) = lower(one.username) AND one.id < other.id"""),
        "Hai tài khoản {username} và {other} dễ nhầm là một.",
        "Khóa tài khoản không dùng.",
        USER,
        Severity.WARNING,
    ),
    Rule(
        "user-name-given",
        "Mỗi người dùng có họ và tên",
        sql("SELECT id, province_id, username FROM khuyencong_user WHERE btrim(full_name) = ''"),
        "Tài khoản {username} không có họ và tên, nên lịch sử không nói được ai đã làm.",
        "Ghi họ và tên trong trang quản trị.",
        USER,
    ),
    Rule(
        "user-stamped-in-future",
        "Ngày tạo, đăng nhập, đặt mật khẩu của tài khoản không ở tương lai",
        sql("""
            SELECT id, province_id, username, password_set_at FROM khuyencong_user
                WHERE greatest(password_set_at, date_joined, last_login) > clock_timestamp()"""),
        "Tài khoản {username} có thời điểm ở tương lai.",
        "Kiểm tra đồng hồ của máy chủ.",
        USER,
        Severity.WARNING,
    ),
)
