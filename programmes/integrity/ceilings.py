"""Support beyond the rules: with a reason, confirmed by a second person, and kept."""

from khuyencong.integrity.rules import Rule, sql
from programmes.enums import DECIDED
from programmes.integrity.procedure import SINCE
from programmes.integrity.schemes import SCHEME, of_scheme
from programmes.integrity.steps import listed
from programmes.models.ceiling_guards import over_ceilings
from programmes.models.money_guards import AGREED

REASONED = "Ghi lý do vượt mức và để người thứ hai xác nhận, hoặc điều chỉnh giảm."
ASKED = "ROW(scheme_id, rule_id, benefit_id, most, amount, reason, requested_by_id, requested_at)::text"

# Of two schemes decided on one day each sees the other; one reason for the facility and rule is enough.
OF_ANOTHER = """SELECT 1 FROM programmes_ceilingexception exception
    JOIN programmes_schemebeneficiary given ON given.id = exception.benefit_id
    JOIN facilities_facility known ON known.id = given.facility_id
    JOIN programmes_schemebeneficiary here ON here.id = excess.benefit_id
    JOIN facilities_facility asking ON asking.id = here.facility_id
    WHERE exception.rule_id = excess.rule_id AND exception.confirmed_at IS NOT NULL
    AND coalesce(known.merged_into_id, known.id) = coalesce(asking.merged_into_id, asking.id)"""

BEFORE = "earlier.decision_on <= decided.decision_on"

RULES = (
    Rule(
        "over-ceiling-explained",
        "Hỗ trợ vượt mức đều có lý do được người thứ hai xác nhận",
        of_scheme(
            "coalesce(excess.facility, 'cả đề án') AS facility, excess.asked, excess.most, excess.document",
            "JOIN programmes_scheme decided ON decided.id = scheme.id "
            f"CROSS JOIN LATERAL ({over_ceilings('decided.id', 'decided.decision_on', AGREED, among=BEFORE)}) excess",
            f"""scheme.status IN {listed(DECIDED)} AND scheme.decided_at > {SINCE} AND NOT EXISTS (SELECT 1 FROM programmes_ceilingexception exception
                WHERE exception.scheme_id = scheme.id AND exception.rule_id = excess.rule_id
                AND exception.benefit_id IS NOT DISTINCT FROM excess.benefit_id AND exception.amount >= excess.asked
                AND exception.confirmed_at IS NOT NULL) AND NOT EXISTS ({OF_ANOTHER})""",
        ),
        "Đề án {code}, {facility}: hỗ trợ {asked} đồng, theo {document} còn được {most} đồng, chưa có lý do được xác nhận.",
        REASONED,
        SCHEME,
    ),
    Rule(
        "ceiling-exception-second-person",
        "Lý do vượt mức do người khác với người ghi xác nhận",
        of_scheme(
            "person.full_name",
            """JOIN programmes_ceilingexception exception ON exception.scheme_id = scheme.id
            JOIN khuyencong_user person ON person.id = exception.confirmed_by_id""",
            "exception.confirmed_by_id = exception.requested_by_id",
        ),
        "Đề án {code}: {full_name} vừa ghi lý do vượt mức vừa xác nhận.",
        "Báo lãnh đạo: cần người khác xác nhận lại.",
        SCHEME,
    ),
    Rule(
        "ceiling-exception-kept",
        "Lý do vượt mức không bị sửa, xác nhận không bị rút",
        sql(f"""
            SELECT DISTINCT scheme.id, scheme.province_id, scheme.code FROM (SELECT scheme_id, pgh_label, confirmed_at, {ASKED} AS asked,
                    lag({ASKED}) OVER known AS asked_before, lag(confirmed_at) OVER known AS confirmed_before
                    FROM programmes_ceilingexceptionevent WINDOW known AS (PARTITION BY pgh_obj_id ORDER BY pgh_id)) version
                JOIN programmes_scheme scheme ON scheme.id = version.scheme_id
                WHERE version.asked <> version.asked_before OR version.confirmed_at IS DISTINCT FROM version.confirmed_before
                AND version.confirmed_before IS NOT NULL"""),
        "Đề án {code}: lý do vượt mức đã ghi bị sửa, hoặc xác nhận bị rút.",
        "Xem lịch sử để biết nội dung ban đầu.",
        SCHEME,
    ),
)
