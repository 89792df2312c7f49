"""Figures after support, and what was decided about warnings."""

from khuyencong.integrity.rules import TODAY, Rule, sql
from programmes.integrity.schemes import SCHEME
from programmes.integrity.steps import listed
from programmes.models.monitoring import BEGUN, FIGURES, FINISHED

DECISION = "programmes.WarningDecision"
OPEN = "Mở phần “Sau hỗ trợ” trên trang của đề án, đối chiếu với báo cáo của cơ sở rồi sửa số liệu."
FOLLOWED = """programmes_monitoringrecord record JOIN programmes_schemebeneficiary benefit ON benefit.id = record.benefit_id
    JOIN programmes_scheme scheme ON scheme.id = benefit.scheme_id
    JOIN facilities_facility facility ON facility.id = benefit.facility_id"""
FIRST_AFTER = "greatest(scheme.year + 1, extract(year FROM coalesce(scheme.accepted_on, make_date(scheme.year, 1, 1))))"


def _of_record(condition, columns=""):
    """Records with the scheme's id, province, code and year and the facility's name."""
    return sql(
        "SELECT scheme.id, scheme.province_id, scheme.code, scheme.year AS planned, facility.name AS facility, record.year"
        f"{columns} FROM {FOLLOWED} WHERE {condition}"
    )


NEGATIVE = f"least({', '.join(f'record.{name}' for name in FIGURES if name != 'is_exporter')}) < 0"
NOTHING = f"num_nonnulls({', '.join(f'record.{name}' for name in FIGURES)}) = 0"

RULES = (
    Rule(
        "monitoring-of-its-stage",
        "Số liệu trước hỗ trợ chỉ có khi đề án đã duyệt, sau hỗ trợ chỉ có khi đề án đã nghiệm thu",
        _of_record(
            f"record.is_before AND scheme.status NOT IN {listed(BEGUN)} "
            f"OR NOT record.is_before AND scheme.status NOT IN {listed(FINISHED)} AND NOT EXISTS "
            "(SELECT 1 FROM programmes_steppaper back WHERE back.scheme_id = scheme.id AND back.verb = 'unaccept')"
        ),
        "Đề án {code} có số liệu năm {year} của {facility} khi chưa đến bước được ghi.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "monitoring-of-its-years",
        "Số liệu trước hỗ trợ không sau năm kế hoạch; số liệu sau hỗ trợ là của năm sau, từ năm nghiệm thu",
        _of_record(
            "record.is_before AND record.year > scheme.year OR NOT record.is_before "
            f"AND scheme.status IN {listed(FINISHED)} AND record.year < {FIRST_AFTER}"
        ),
        "Đề án {code} của năm {planned}: số liệu của {facility} ghi năm {year}, không hợp với trước hay sau hỗ trợ.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "monitoring-year-closed",
        "Số liệu theo dõi là của năm đã hết, từ năm 2000",
        _of_record(
            f"record.year >= extract(year FROM {TODAY}) OR record.year < 2000 OR record.recorded_at > clock_timestamp()"
        ),
        "Đề án {code}: số liệu của {facility} ghi cho năm {year} hoặc ghi vào lúc ở tương lai.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "monitoring-once",
        "Mỗi cơ sở trong một đề án có một dòng một năm và một dòng trước hỗ trợ",
        sql(f"""
            SELECT scheme.id, scheme.province_id, scheme.code, min(facility.name) AS facility, min(record.year) AS year
                FROM {FOLLOWED} GROUP BY scheme.id, benefit.id, CASE WHEN record.is_before THEN 0 ELSE record.year END
                HAVING count(*) > 1"""),
        "Đề án {code} có hai dòng số liệu của {facility} cho năm {year} hoặc cho trước hỗ trợ.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "monitoring-figures",
        "Số liệu theo dõi: có ít nhất một số, không âm, có nguồn, tỷ lệ đến 100, xuất khẩu không vượt doanh thu",
        _of_record(
            f"{NEGATIVE} OR {NOTHING} OR btrim(record.figures_source) = '' OR record.material_saved > 100 "
            "OR record.productivity IS NOT NULL AND btrim(record.productivity_unit) = '' "
            "OR record.export_value > record.revenue OR record.export_value > 0 AND NOT record.is_exporter"
        ),
        "Đề án {code}: số liệu năm {year} của {facility} âm, trống, thiếu nguồn, thiếu đơn vị hoặc mâu thuẫn.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "warning-decision-kept",
        "Kết luận về cảnh báo không bị sửa, không bị xóa",
        sql("""
            SELECT DISTINCT event.pgh_obj_id AS id, event.province_id, event.sentence FROM programmes_warningdecisionevent event
                WHERE event.pgh_label <> 'insert'"""),
        "Kết luận về cảnh báo “{sentence}” đã bị sửa hoặc xóa.",
        "Xem lịch sử để biết ai sửa, rồi ghi kết luận mới.",
        DECISION,
    ),
    Rule(
        "warning-decision-one-stands",
        "Mỗi cảnh báo chỉ có một kết luận đang có hiệu lực, kết luận sau thay kết luận trước của cùng cảnh báo",
        sql("""
            SELECT decision.id, decision.province_id, decision.sentence FROM programmes_warningdecision decision
                LEFT JOIN programmes_warningdecision last ON last.id = decision.replaces_id
                WHERE last.id IS NOT NULL AND (last.kind, last.key, last.province_id) <> (decision.kind, decision.key, decision.province_id)
                OR last.id IS NULL AND EXISTS (SELECT 1 FROM programmes_warningdecision other WHERE other.replaces_id IS NULL
                    AND (other.kind, other.key, other.province_id) = (decision.kind, decision.key, decision.province_id)
                    AND other.id < decision.id)"""),
        "Cảnh báo “{sentence}” có nhiều kết luận song song.",
        "Xem lại các kết luận, rồi ghi kết luận mới.",
        DECISION,
    ),
    Rule(
        "warning-decision-by-another",
        "Kết luận về cảnh báo có lý do, không do người lập hoặc gửi đề án ghi",
        sql("""
            SELECT decision.id, decision.province_id, decision.sentence, person.full_name FROM programmes_warningdecision decision
                JOIN khuyencong_user person ON person.id = decision.by_id
                LEFT JOIN programmes_scheme scheme ON scheme.id = decision.scheme_id
                WHERE btrim(decision.reason) = '' OR decision.by_id IN (scheme.created_by_id, scheme.submitted_by_id)"""),
        "Kết luận của {full_name} về “{sentence}” thiếu lý do, hoặc người này lập, gửi chính đề án đó.",
        "Báo lãnh đạo: cần người khác kết luận lại.",
        DECISION,
    ),
)
