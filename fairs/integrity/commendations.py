"""Commendations."""

from khuyencong.integrity.rules import Rule, sql
from khuyencong.models.guards import kin

MERIT = "fairs.Commendation"
OPEN = "Mở trang khen thưởng rồi sửa theo quyết định."

RULES = (
    Rule(
        "commendation-count",
        "Khen thưởng có số lượng từ 1; một dòng của một cơ sở thì số lượng là 1",
        sql("SELECT * FROM fairs_commendation WHERE count < 1 OR count > 1 AND facility_id IS NOT NULL"),
        "Khen thưởng “{recipient}” năm {year} ghi số lượng {count}.",
        OPEN,
        MERIT,
    ),
    Rule(
        "commendation-once",
        "Mỗi khen thưởng ghi một lần",
        sql("""
            SELECT one.* FROM fairs_commendation one JOIN fairs_commendation other ON other.id < one.id
                AND (other.province_id, other.year, other.level, other.form, other.recipient_kind, other.recipient, other.decision_number)
                = (one.province_id, one.year, one.level, one.form, one.recipient_kind, one.recipient, one.decision_number)"""),
        "Khen thưởng “{recipient}” năm {year} được ghi hai lần.",
        "Kiểm tra và giữ lại một.",
        MERIT,
    ),
    Rule(
        "commendation-of-the-year",
        "Khen thưởng có tên người được khen, năm từ 2005, tỉnh còn hiệu lực trong năm đó, cơ sở thuộc tỉnh",
        sql(f"""
            SELECT one.id, one.province_id, one.recipient, one.year FROM fairs_commendation one
                JOIN khuyencong_province province ON province.id = one.province_id
                LEFT JOIN facilities_facility facility ON facility.id = one.facility_id
                WHERE btrim(one.recipient) = '' OR one.year NOT BETWEEN 2005 AND 2100
                OR extract(year FROM province.valid_from) > one.year OR extract(year FROM province.valid_to) < one.year
                OR facility.id IS NOT NULL AND NOT {kin("facility.province_id", "one.province_id")}"""),
        "Khen thưởng “{recipient}” năm {year}: tên trống, năm, tỉnh hoặc cơ sở không hợp lệ.",
        OPEN,
        MERIT,
    ),
)
