"""Craft villages."""

from khuyencong.integrity.rules import TODAY, Rule, Severity, sql

VILLAGE = "facilities.CraftVillage"
OPEN = "Mở trang của làng nghề rồi sửa theo quyết định."

RULES = (
    Rule(
        "village-revoked-after-recognised",
        "Ngày thu hồi công nhận làng nghề không trước ngày công nhận",
        sql("SELECT * FROM facilities_craftvillage WHERE revoked_on < recognized_on"),
        "Làng nghề “{name}” công nhận ngày {recognized_on} mà thu hồi ngày {revoked_on}.",
        OPEN,
        VILLAGE,
    ),
    Rule(
        "village-twice",
        "Không có hai làng nghề cùng tên ở cùng một xã",
        sql("""
            SELECT one.id, one.province_id, one.name FROM facilities_craftvillage one JOIN facilities_craftvillage other
                ON (other.province_id, other.name) = (one.province_id, one.name)
                AND other.commune_id IS NOT DISTINCT FROM one.commune_id AND one.id < other.id"""),
        "Làng nghề “{name}” có hai lần ở cùng một địa bàn.",
        "Kiểm tra và giữ lại một.",
        VILLAGE,
    ),
    Rule(
        "village-recognition-complete",
        "Làng nghề được công nhận có cả số và ngày quyết định",
        sql("SELECT * FROM facilities_craftvillage WHERE (recognition_number = '') <> (recognized_on IS NULL)"),
        "Làng nghề “{name}” có số quyết định “{recognition_number}” và ngày {recognized_on}: thiếu một trong hai.",
        OPEN,
        VILLAGE,
        Severity.WARNING,
    ),
    Rule(
        "village-recognised-in-future",
        "Ngày công nhận làng nghề không ở tương lai",
        sql(f"SELECT * FROM facilities_craftvillage WHERE greatest(recognized_on, revoked_on) > {TODAY}"),
        "Làng nghề “{name}” có ngày công nhận hoặc thu hồi ở tương lai.",
        OPEN,
        VILLAGE,
        Severity.WARNING,
    ),
)
