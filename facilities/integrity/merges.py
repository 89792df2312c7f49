"""Facilities that turned out to be one: each merge is whole, written down and undone only once."""

from facilities.integrity.register import FACILITY
from khuyencong.integrity.rules import Rule, sql
from khuyencong.models.guards import kin

PAIRS = """
    SELECT merge.*, merge.id AS merge_id, gone.name AS gone, gone.province_id, gone.merged_into_id AS now, kept.name AS kept, kept.province_id AS here
        FROM facilities_facilitymerge merge JOIN facilities_facility gone ON gone.id = merge.duplicate_id
        JOIN facilities_facility kept ON kept.id = merge.kept_id"""


def later_references(table, what):
    """SQL: rows of `table` that began to name a facility after it had been merged; needs the table's history."""
    return f"""
    SELECT gone.id, gone.province_id, gone.name, kept.name AS kept, '{what}' AS what FROM {table} part
        JOIN facilities_facility gone ON gone.id = part.facility_id JOIN facilities_facility kept ON kept.id = gone.merged_into_id
        JOIN facilities_facilitymerge merge ON merge.duplicate_id = gone.id AND merge.undone_at IS NULL
        WHERE merge.merged_at < (SELECT min(event.pgh_created_at) FROM {table}event event
            WHERE event.pgh_obj_id = part.id AND event.facility_id = part.facility_id)"""


MOVE = "Chọn lại cơ sở đã được giữ, hoặc hoàn tác lần gộp nếu gộp nhầm."
NAMED_LATER = "Cơ sở “{name}” đã gộp vào {kept}, nhưng sau đó vẫn có {what} ghi cho nó."

RULES = (
    Rule(
        "facility-merged-by-standing-merge",
        "Mỗi cơ sở đã gộp có một lần gộp còn hiệu lực",
        sql("""
            SELECT gone.id, gone.province_id, gone.name, kept.name AS kept FROM facilities_facility gone
                JOIN facilities_facility kept ON kept.id = gone.merged_into_id
                WHERE NOT EXISTS (SELECT 1 FROM facilities_facilitymerge merge WHERE merge.undone_at IS NULL
                    AND merge.kept_id = gone.merged_into_id AND (merge.duplicate_id = gone.id OR gone.id = ANY (merge.carried)))"""),
        "Cơ sở “{name}” ghi đã gộp vào {kept} mà không có lần gộp nào nói ai gộp, vì sao.",
        "Gộp lại bằng trang “Gộp cơ sở trùng”, hoặc tách ra.",
        FACILITY,
    ),
    Rule(
        "facility-merge-chain",
        "Cơ sở được giữ lại không phải là cơ sở đã gộp",
        sql("""
            SELECT gone.id, gone.province_id, gone.name, kept.name AS kept FROM facilities_facility gone
                JOIN facilities_facility kept ON kept.id = gone.merged_into_id WHERE kept.merged_into_id IS NOT NULL"""),
        "Cơ sở “{name}” gộp vào {kept}, mà {kept} lại đã gộp vào cơ sở khác: số liệu sẽ đếm sót.",
        "Hoàn tác rồi gộp thẳng vào cơ sở cuối cùng.",
        FACILITY,
    ),
    Rule(
        "merge-carried-out",
        "Lần gộp còn hiệu lực thì cơ sở trùng mang dấu đã gộp",
        sql(f"""
            SELECT duplicate_id AS id, province_id, gone, kept FROM ({PAIRS}) pair WHERE undone_at IS NULL AND now IS NULL"""),
        "Lần gộp {gone} vào {kept} còn hiệu lực nhưng {gone} vẫn đứng riêng, nên bị đếm hai lần.",
        "Hoàn tác lần gộp rồi gộp lại.",
        FACILITY,
    ),
    Rule(
        "merge-within-province",
        "Hai cơ sở được gộp thuộc cùng một tỉnh",
        sql(f"""
            SELECT duplicate_id AS id, province_id, gone, kept FROM ({PAIRS}) pair
                WHERE undone_at IS NULL AND NOT {kin("pair.province_id", "pair.here")}"""),
        "{gone} và {kept} thuộc hai tỉnh khác nhau mà đã gộp.",
        "Hoàn tác lần gộp.",
        FACILITY,
    ),
    Rule(
        "merge-twice",
        "Mỗi cơ sở chỉ có một lần gộp còn hiệu lực",
        sql(f"""
            SELECT duplicate_id AS id, min(province_id) AS province_id, min(gone) AS gone, count(*) AS times FROM ({PAIRS}) pair
                WHERE undone_at IS NULL GROUP BY duplicate_id HAVING count(*) > 1"""),
        "Cơ sở “{gone}” có {times} lần gộp còn hiệu lực.",
        "Hoàn tác những lần gộp sai.",
        FACILITY,
    ),
    Rule(
        "merge-stamps",
        "Lần gộp có lý do; hoàn tác có người, thời điểm và lý do",
        sql(f"""
            SELECT duplicate_id AS id, province_id, gone, kept FROM ({PAIRS}) pair WHERE btrim(reason) = ''
                OR (undone_at IS NULL) <> (undone_by_id IS NULL) OR undone_at IS NOT NULL AND btrim(undo_reason) = ''
                OR undone_at < merged_at OR duplicate_id = kept_id"""),
        "Lần gộp {gone} vào {kept} thiếu lý do, người hoặc thời điểm hoàn tác.",
        "Bổ sung theo hồ sơ giấy; xem lịch sử của lần gộp.",
        FACILITY,
    ),
    Rule(
        "merged-facility-named-later",
        "Không có số liệu năm, dự án, làng nghề mới ghi cho cơ sở đã gộp",
        sql(
            " UNION ALL ".join(
                (
                    later_references("facilities_facilityyear", "số liệu năm"),
                    later_references("facilities_clusterproject", "dự án trong cụm"),
                    later_references("facilities_craftvillage", "làng nghề"),
                )
            )
        ),
        NAMED_LATER,
        MOVE,
        FACILITY,
    ),
)
