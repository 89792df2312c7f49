"""Rows of law: levels, regions, points, validity, fairs abroad."""

from khuyencong.integrity.places import overlap
from khuyencong.integrity.rules import Rule, sql

FIX = "Sửa ngày đầu, ngày cuối trong trang quản trị theo văn bản."
DATED = {
    "SelectionLevel": "name",
    "ProvinceRegion": "document",
    "ScoreScale": "document",
    "CertificateRule": "document",
    "ForeignFairRule": "document",
    "EntryItem": "name",
}


def _overlapping(model):
    """Two rows of one table in force on one day, where the law of a day is one row."""
    table = f"fairs_{model.lower()}"
    return f"""SELECT one.id, 'fairs.{model}' AS model, NULL::bigint AS province_id, one.document, one.valid_from
        FROM {table} one JOIN {table} other ON one.id < other.id WHERE {overlap("one", "other")}"""


RULES = (
    Rule(
        "selection-level-overlap",
        "Vào một ngày, mỗi bậc bình chọn chỉ có một cấp đang dùng",
        sql(f"""
            SELECT one.id, NULL::bigint AS province_id, one.name, other.name AS other, one.rank FROM fairs_selectionlevel one
                JOIN fairs_selectionlevel other ON one.id < other.id AND (one.rank = other.rank OR one.code = other.code)
                WHERE one.is_active AND other.is_active AND {overlap("one", "other")}"""),
        "Bậc {rank} vừa là “{name}” vừa là “{other}” trong cùng một khoảng thời gian.",
        FIX,
        "fairs.SelectionLevel",
    ),
    Rule(
        "province-region-overlap",
        "Mỗi tỉnh chỉ có một dòng của một khu vực tại một thời điểm",
        sql(f"""
            SELECT one.id, one.province_id, province.name, region.name AS region FROM fairs_provinceregion one
                JOIN fairs_provinceregion other ON one.id < other.id
                    AND (one.province_id, one.region_id) = (other.province_id, other.region_id)
                JOIN khuyencong_province province ON province.id = one.province_id
                JOIN fairs_selectionregion region ON region.id = one.region_id WHERE {overlap("one", "other")}"""),
        "{name} có hai dòng của khu vực “{region}” trong cùng một khoảng thời gian.",
        FIX,
        "fairs.ProvinceRegion",
    ),
    Rule(
        "selection-law-overlap",
        "Vào một ngày chỉ có một thang điểm, một thời hạn giấy chứng nhận, một giới hạn hội chợ nước ngoài",
        sql("\nUNION ALL\n".join(map(_overlapping, ("ScoreScale", "CertificateRule", "ForeignFairRule")))),
        "Dòng từ ngày {valid_from} ({document}) cùng hiệu lực với một dòng khác.",
        FIX,
    ),
    Rule(
        "selection-law-days",
        "Ngày cuối của mỗi quy định không trước ngày đầu",
        sql(
            "\nUNION ALL\n".join(
                f"""SELECT id, 'fairs.{model}' AS model, NULL::bigint AS province_id, {name} AS name, valid_from, valid_to
                FROM fairs_{model.lower()} WHERE valid_to < valid_from"""
                for model, name in DATED.items()
            )
        ),
        "“{name}”: hết hiệu lực {valid_to}, trước ngày bắt đầu {valid_from}.",
        FIX,
    ),
    Rule(
        "score-scale-whole",
        "Điểm tối đa của bốn tiêu chí cộng thành 100, điểm đạt từ trên 0 đến 100",
        sql("""
            SELECT id, NULL::bigint AS province_id, valid_from FROM fairs_scorescale
                WHERE market_most + economic_most + cultural_most + other_most <> 100 OR pass_mark <= 0 OR pass_mark > 100
                OR least(market_most, economic_most, cultural_most, other_most) < 0"""),
        "Thang điểm từ {valid_from} cộng lại khác 100, hoặc điểm đạt không hợp lệ.",
        "Sửa thang điểm trong trang quản trị theo văn bản.",
        "fairs.ScoreScale",
    ),
)
