"""Money outside schemes, programmes and rules of support."""

from khuyencong.integrity.rules import TODAY, Rule, Severity, sql

PLAN = "programmes.PlanFunding"
SUPPORT_RULE = "programmes.SupportRule"
OPEN = "Đối chiếu với quyết định, rồi sửa khoản kinh phí."


def _of_plan(columns, joins, condition):
    more = f", {columns}" if columns else ""
    return sql(
        f"SELECT plan.id, plan.province_id, plan.purpose, plan.year, plan.decision_number, plan.decision_on{more} "
        f"FROM programmes_planfunding plan {joins} WHERE {condition}"
    )


RULES = (
    Rule(
        "plan-funding-amounts",
        "Kinh phí ngoài đề án: không âm, quyết toán không vượt phê duyệt, vượt dự toán thì có lý do",
        _of_plan(
            "plan.proposed_amount, plan.approved_amount, plan.settled_amount",
            "",
            "least(plan.proposed_amount, plan.approved_amount, plan.settled_amount) < 0 OR plan.settled_amount > plan.approved_amount "
            "OR plan.approved_amount > plan.proposed_amount AND btrim(plan.adjustment_reason) = ''",
        ),
        "{purpose}, năm {year}: dự toán {proposed_amount}, phê duyệt {approved_amount}, quyết toán {settled_amount} đồng không hợp nhau.",
        OPEN,
        PLAN,
    ),
    Rule(
        "plan-funding-four-eyes",
        "Người xác nhận kinh phí ngoài đề án không phải là người ghi",
        _of_plan(
            "person.full_name",
            "JOIN khuyencong_user person ON person.id = plan.confirmed_by_id",
            "plan.confirmed_by_id = plan.created_by_id",
        ),
        "{purpose}, năm {year}: {full_name} vừa ghi vừa xác nhận.",
        "Báo lãnh đạo: khoản này cần được người khác đối chiếu lại.",
        PLAN,
    ),
    Rule(
        "plan-funding-confirmation",
        "Xác nhận có cả người và thời điểm; khoản kinh phí có số quyết định và nội dung",
        _of_plan(
            "",
            "",
            "num_nulls(plan.confirmed_by_id, plan.confirmed_at) = 1 OR btrim(plan.decision_number) = '' OR btrim(plan.purpose) = ''",
        ),
        "Kinh phí ngoài đề án “{purpose}”, năm {year}, quyết định {decision_number}: thiếu người hoặc thời điểm xác nhận, số hoặc nội dung.",
        OPEN,
        PLAN,
    ),
    Rule(
        "plan-funding-in-future",
        "Ngày quyết định và xác nhận kinh phí ngoài đề án không ở tương lai",
        _of_plan("", "", f"plan.decision_on > {TODAY} OR plan.confirmed_at > clock_timestamp()"),
        "{purpose}, năm {year}: quyết định {decision_on} hoặc lúc xác nhận ở tương lai.",
        OPEN,
        PLAN,
    ),
    Rule(
        "plan-funding-source-open",
        "Nguồn của kinh phí ngoài đề án còn mở vào ngày quyết định",
        _of_plan(
            "source.name AS source, source.valid_to",
            "JOIN programmes_fundingsource source ON source.code = plan.source_id",
            "source.valid_to < plan.decision_on",
        ),
        "{purpose}: quyết định {decision_on} dùng {source}, nguồn chỉ được quyết định đến {valid_to}.",
        OPEN,
        PLAN,
    ),
    Rule(
        "plan-funding-province-of-year",
        "Tỉnh của kinh phí ngoài đề án có hiệu lực trong năm, năm từ 2005 đến 2100",
        _of_plan(
            "province.name AS province",
            "JOIN khuyencong_province province ON province.id = plan.province_id",
            "plan.year NOT BETWEEN 2005 AND 2100 OR plan.year NOT BETWEEN extract(year FROM province.valid_from) "
            "AND extract(year FROM coalesce(province.valid_to, 'infinity'))",
        ),
        "{purpose}: {province} không phải là đơn vị hành chính trong năm {year}.",
        "Chọn lại năm hoặc tỉnh.",
        PLAN,
    ),
    Rule(
        "programme-years-in-order",
        "Năm cuối của chương trình khuyến công không trước năm đầu",
        sql(
            "SELECT id, province_id, name, first_year, last_year FROM programmes_programme WHERE last_year < first_year"
        ),
        "“{name}” ghi từ năm {first_year} đến năm {last_year}.",
        "Sửa trong trang quản trị theo quyết định phê duyệt chương trình.",
        "programmes.Programme",
    ),
    Rule(
        "support-rule-complete",
        "Mức hỗ trợ có tỷ lệ hoặc mức tối đa trong khoảng hợp lệ và ngày theo thứ tự",
        sql("""
            SELECT id, province_id, document, clause FROM programmes_supportrule WHERE num_nulls(rate, ceiling) = 2
                OR rate <= 0 OR rate > 100 OR ceiling < 0 OR priority_factor NOT BETWEEN 1 AND 3 OR valid_to < valid_from"""),
        "Mức hỗ trợ theo {document}, {clause}: thiếu tỷ lệ và mức tối đa, ngoài khoảng, hoặc ngày không theo thứ tự.",
        "Sửa trong trang quản trị theo văn bản.",
        SUPPORT_RULE,
    ),
    Rule(
        "support-rule-overlap",
        "Một điều khoản không có hai mức hỗ trợ cùng lúc cho cùng đơn vị tính",
        sql("""
            SELECT one.id, one.province_id, one.document, one.clause, one.valid_from, other.valid_from AS other_from
                FROM programmes_supportrule one JOIN programmes_supportrule other ON one.id < other.id
                AND (other.content_id, other.level, other.document, other.clause, other.unit) = (one.content_id, one.level, one.document, one.clause, one.unit)
                AND other.province_id IS NOT DISTINCT FROM one.province_id AND one.valid_from <= coalesce(other.valid_to, 'infinity')
                AND other.valid_from <= coalesce(one.valid_to, 'infinity')"""),
        "{document}, {clause}: mức từ {valid_from} và mức từ {other_from} trùng thời gian.",
        "Ghi ngày cuối của mức cũ.",
        SUPPORT_RULE,
        Severity.WARNING,
    ),
)
