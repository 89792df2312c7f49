"""Dossiers of a round: of whom, when, on which certificate of the level below, with which points."""

from fairs.enums import Body, EntryStatus, RoundStatus, Scoring
from fairs.integrity.rounds import HELD, TITLE
from fairs.models.selection_guards import (
    CERTIFICATE,
    CRITERIA,
    ENTRY,
    MEMBER,
    PASS_MARK,
    SHEET,
    TODAY,
    lacking_papers,
    valid_on,
)
from khuyencong.integrity.rules import Rule, Severity, sql
from khuyencong.models.guards import kin

DOSSIER = "fairs.Entry"
OPEN = "Mở hồ sơ bình chọn rồi sửa; kỳ đã kết luận thì người thẩm định mở lại trước."
AGAIN = "Người thẩm định mở lại kỳ bình chọn, kiểm tra phiếu chấm rồi kết luận lại."
ENTRIES = f"""{ENTRY} entry JOIN {HELD} ON held.id = entry.round_id JOIN fairs_product product ON product.id = entry.product_id
    JOIN facilities_facility maker ON maker.id = product.facility_id"""
# The level that stands next below on the day of the dossier, as `entry_fits` finds it.
LOWER = f"""JOIN LATERAL (SELECT one.id, one.name, one.rank, one.may_be_skipped FROM fairs_selectionlevel one
    WHERE one.rank < level.rank AND one.is_active AND {valid_on("one", "entry.registered_on")} ORDER BY one.rank DESC LIMIT 1) lower ON TRUE"""
BELOW = f"""JOIN {CERTIFICATE} below ON below.id = entry.lower_certificate_id JOIN {ENTRY} first ON first.id = below.entry_id
    JOIN fairs_selectionround won ON won.id = first.round_id JOIN fairs_selectionlevel rung ON rung.id = won.level_id"""
MARK = PASS_MARK.replace("round.opens_on", "held.opens_on")
OF_SHEETS = f"(SELECT round(avg(total), 2) FROM {SHEET} WHERE entry_id = entry.id)"
SHEETS = f"JOIN {SHEET} sheet ON sheet.entry_id = entry.id JOIN {MEMBER} juror ON juror.id = sheet.juror_id"
SCALE = f"""LEFT JOIN LATERAL (SELECT * FROM fairs_scorescale one WHERE {valid_on("one", "held.opens_on")}
    ORDER BY one.valid_from DESC LIMIT 1) scale ON TRUE"""
ABOVE_SCALE = " OR ".join(f"sheet.{name} > scale.{name}_most" for name in CRITERIA)
BELOW_NONE = f"least({', '.join(f'sheet.{name}' for name in CRITERIA)}) < 0"


def of_entry(condition, columns="", joins=""):
    """The entry's id, province, product and round (title) beside `columns`; `entry`, `held`, `product`, `maker` are rows."""
    return sql(
        f"SELECT entry.id, cycle.province_id, product.name AS product, {TITLE}{columns and ', ' + columns} "
        f"FROM {ENTRIES} {joins} WHERE {condition}"
    )


RULES = (
    Rule(
        "entry-of-province",
        "Sản phẩm bình chọn là của cơ sở thuộc tỉnh của đợt, hoặc tỉnh trước, sau sáp nhập",
        of_entry(f"NOT {kin('maker.province_id', 'cycle.province_id')}", "maker.name AS facility"),
        "{title}: “{product}” là của {facility}, cơ sở thuộc tỉnh khác.",
        "Kiểm tra tỉnh của cơ sở và của đợt bình chọn.",
        DOSSIER,
    ),
    Rule(
        "entry-of-unit",
        "Sản phẩm dự kỳ bình chọn cấp huyện là của cơ sở ở huyện đó",
        of_entry(
            "maker.former_district_id <> unit.id AND maker.commune_id IS DISTINCT FROM unit.id",
            "maker.name AS facility, unit.name AS unit",
            "JOIN khuyencong_administrativeunit unit ON unit.id = held.unit_id AND unit.level = 'district'",
        ),
        "{title}: “{product}” là của {facility}, cơ sở không ở {unit}.",
        "Kiểm tra huyện của cơ sở và của kỳ bình chọn.",
        DOSSIER,
        Severity.WARNING,
    ),
    Rule(
        "entry-in-time",
        "Hồ sơ nhận trong thời gian của kỳ bình chọn, không ở tương lai",
        of_entry(
            f"entry.registered_on < held.opens_on OR entry.registered_on > least(held.closes_on, {TODAY})",
            "entry.registered_on",
        ),
        "{title}: hồ sơ “{product}” nhận ngày {registered_on}, ngoài thời gian nhận hồ sơ.",
        OPEN,
        DOSSIER,
    ),
    Rule(
        "entry-once",
        "Mỗi sản phẩm có một hồ sơ trong một kỳ, mỗi hồ sơ một số thứ tự",
        of_entry(
            " OR ".join(
                f"EXISTS (SELECT 1 FROM {ENTRY} other WHERE other.round_id = entry.round_id AND other.id < entry.id "
                f"AND other.{column} = entry.{column})"
                for column in ("product_id", "number")
            )
        ),
        "{title}: “{product}” có hai hồ sơ, hoặc số thứ tự của hồ sơ đã dùng.",
        "Kiểm tra và giữ lại một.",
        DOSSIER,
    ),
    Rule(
        "entry-has-lower-certificate",
        "Hồ sơ cấp trên dựa vào giấy chứng nhận của cấp liền dưới, hoặc ghi lý do khi cấp dưới được bỏ qua",
        of_entry(
            """entry.lower_certificate_id IS NULL AND (NOT lower.may_be_skipped OR entry.skip_ground = '')
            OR entry.lower_certificate_id IS NOT NULL AND entry.skip_ground <> ''""",
            "lower(lower.name) AS lower",
            LOWER,
        ),
        "{title}: “{product}” thiếu giấy chứng nhận của {lower}, hoặc có cả giấy chứng nhận và lý do bỏ qua.",
        OPEN,
        DOSSIER,
    ),
    Rule(
        "entry-skip-where-none-held",
        "Chỉ bỏ qua cấp dưới khi nơi sản xuất không tổ chức kỳ bình chọn của đợt (TT 26/2014 Đ12.2.d)",
        of_entry(
            """entry.lower_certificate_id IS NULL AND EXISTS (SELECT 1 FROM fairs_selectionround there
                WHERE there.cycle_id = held.cycle_id AND there.level_id = lower.id AND there.unit_id = maker.former_district_id)""",
            "unit.name AS unit",
            f"{LOWER} JOIN khuyencong_administrativeunit unit ON unit.id = maker.former_district_id",
        ),
        "{title}: “{product}” bỏ qua cấp dưới, nhưng {unit} có tổ chức kỳ bình chọn trong đợt.",
        "Kiểm tra kỳ bình chọn của huyện được lập trước hay sau khi nhận hồ sơ này.",
        DOSSIER,
        Severity.WARNING,
    ),
    Rule(
        "entry-certificate-is-lower",
        "Giấy chứng nhận mà hồ sơ dựa vào là của chính sản phẩm, ở cấp liền dưới",
        of_entry(
            "first.product_id <> entry.product_id OR rung.rank >= level.rank OR rung.rank < lower.rank",
            "below.number, lower(rung.name) AS rung",
            f"{BELOW} LEFT {LOWER}",
        ),
        "{title}: “{product}” dựa vào giấy chứng nhận {number} của {rung}, là của sản phẩm khác hoặc không phải cấp liền dưới.",
        OPEN,
        DOSSIER,
    ),
    Rule(
        "entry-certificate-is-valid",
        "Giấy chứng nhận mà hồ sơ dựa vào còn giá trị vào ngày nhận hồ sơ",
        of_entry(
            "entry.registered_on NOT BETWEEN below.issued_on AND below.valid_to",
            "below.number, below.issued_on, below.valid_to, entry.registered_on",
            BELOW,
        ),
        "{title}: “{product}” nhận ngày {registered_on}, dựa vào giấy chứng nhận {number} có giá trị từ {issued_on} đến {valid_to}.",
        OPEN,
        DOSSIER,
    ),
    Rule(
        "entry-promoted-after-revocation",
        "Không hồ sơ nào dựa vào giấy chứng nhận đã thu hồi trước ngày nhận hồ sơ",
        of_entry(
            "below.revoked_on <= entry.registered_on", "below.number, below.revoked_on, entry.registered_on", BELOW
        ),
        "{title}: “{product}” nhận ngày {registered_on}, dựa vào giấy chứng nhận {number} đã thu hồi ngày {revoked_on}.",
        "Xem quyết định thu hồi và báo cơ quan tổ chức kỳ bình chọn cấp trên.",
        DOSSIER,
        Severity.WARNING,
    ),
    Rule(
        "entry-average",
        "Điểm trung bình từ 0 đến 100, đúng bằng trung bình các phiếu chấm",
        of_entry(
            f"""entry.average_score NOT BETWEEN 0 AND 100
            OR held.scoring = '{Scoring.SHEETS}' AND entry.average_score IS DISTINCT FROM {OF_SHEETS}""",
            f"entry.average_score AS said, {OF_SHEETS} AS wanted",
        ),
        "{title}: “{product}” ghi điểm trung bình {said}; theo các phiếu chấm: {wanted}.",
        AGAIN,
        DOSSIER,
    ),
    Rule(
        "entry-passes-by-points",
        "Sản phẩm được công nhận có điểm trung bình từ điểm đạt (TT 26/2014 Đ17.1: 70)",
        of_entry(
            f"entry.status = '{EntryStatus.PASSED}' AND (entry.average_score >= {MARK}) IS NOT TRUE",
            f"entry.average_score AS average, {MARK} AS mark",
        ),
        "{title}: “{product}” được công nhận với điểm trung bình {average}, điểm đạt là {mark}.",
        AGAIN,
        DOSSIER,
    ),
    Rule(
        "entry-papers-complete",
        "Hồ sơ hợp lệ của kỳ chấm bằng phiếu có đủ giấy tờ bắt buộc",
        of_entry(
            f"held.scoring = '{Scoring.SHEETS}' AND entry.status IN ('{EntryStatus.COMPLETE}', '{EntryStatus.PASSED}')",
            "lack.name AS item",
            f"JOIN LATERAL ({lacking_papers('entry')}) lack ON TRUE",
        ),
        "{title}: hồ sơ “{product}” không có “{item}”.",
        "Bổ sung giấy tờ vào hồ sơ.",
        DOSSIER,
        Severity.WARNING,
    ),
    Rule(
        "sheet-of-juror",
        "Phiếu chấm là của giám khảo trong chính kỳ bình chọn, mỗi giám khảo một phiếu",
        of_entry(
            f"""juror.round_id <> held.id OR juror.body <> '{Body.JURY}' OR EXISTS (SELECT 1 FROM {SHEET} other
                WHERE other.id < sheet.id AND (other.entry_id, other.juror_id) = (sheet.entry_id, sheet.juror_id))""",
            "juror.name AS juror",
            SHEETS,
        ),
        "{title}: “{product}” có phiếu của {juror}, người này không thuộc ban giám khảo của kỳ, hoặc chấm hai lần.",
        AGAIN,
        DOSSIER,
    ),
    Rule(
        "sheet-within-scale",
        "Điểm từng tiêu chí của mỗi phiếu từ 0 đến điểm tối đa của thang điểm",
        of_entry(f"scale.id IS NULL OR {ABOVE_SCALE} OR {BELOW_NONE}", "juror.name AS juror", f"{SHEETS} {SCALE}"),
        "{title}: phiếu của {juror} cho “{product}” có điểm ngoài thang điểm.",
        "Kiểm tra phiếu giấy; nếu thang điểm đã sửa sau khi chấm, ghi thang mới từ ngày khác.",
        DOSSIER,
    ),
    Rule(
        "sheet-of-judged",
        "Phiếu chấm chỉ có ở kỳ chấm bằng phiếu, cho hồ sơ đã hợp lệ",
        of_entry(
            f"""(held.scoring <> '{Scoring.SHEETS}' OR held.status = '{RoundStatus.PREPARING}'
            OR held.status = '{RoundStatus.CONCLUDED}' AND entry.status = '{EntryStatus.REGISTERED}')
            AND EXISTS (SELECT 1 FROM {SHEET} WHERE entry_id = entry.id)"""
        ),
        "{title}: “{product}” có phiếu chấm trong kỳ không chấm bằng phiếu, chưa chấm, hoặc khi hồ sơ chưa hợp lệ.",
        AGAIN,
        DOSSIER,
    ),
)
