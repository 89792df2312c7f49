"""What a scheme asks beyond the rules of support: one SQL for triggers, pages and check_data."""

import pgtrigger

from khuyencong.triggers import at_commit, before, refuse
from programmes.enums import DECIDED, Status
from programmes.models.money_guards import AGREED, dong

PROPOSED = "{0}.proposed_amount".format
IN_FORCE = "{0}.valid_from <= {1} AND ({0}.valid_to IS NULL OR {0}.valid_to >= {1})".format
COUNTED = ", ".join(f"'{status.value}'" for status in DECIDED)
PER_SCHEME = "('scheme', 'event')"  # units of which a scheme is one


LIMITS = "asked > 0 AND most IS NOT NULL"


def _level_part(level, money):
    """SQL: of `money`'s sums, the part that rules of `level` bind: national rules national money, local rules the rest."""
    return f"CASE {level} WHEN 'national' THEN {money}.national ELSE {money}.support - {money}.national END"


def _money(scheme, amount):
    return f"""SELECT coalesce(sum({amount("line")}) FILTER (WHERE source.code = 'national'), 0) AS national,
            coalesce(sum({amount("line")}) FILTER (WHERE source.is_support), 0) AS support,
            coalesce(sum({amount("line")}), 0) AS total
        FROM programmes_fundingline line JOIN programmes_fundingsource source ON source.code = line.source_id
        WHERE line.scheme_id = {scheme}"""


def over_ceilings(scheme, day, amount, which="asked > 0 AND asked > greatest(most, 0)"):
    """SQL: a row for each rule that `scheme` (an SQL id) exceeds on `day` with the amounts `amount(alias)`.

    Columns: rule_id, benefit_id (NULL: the scheme as a whole), facility, document, clause, asked, most; `most` is what may
    still be given, after what the facility got under the same rule before. A rate binds only where its base is known.
    `which`: the rows asked for, over `asked` and `most`; LIMITS gives those that are not exceeded too.
    """
    return f"""
    WITH it AS (SELECT scheme.id, scheme.province_id, scheme.content_id, content.group_id FROM programmes_scheme scheme
            JOIN programmes_activitycontent content ON content.id = scheme.content_id WHERE scheme.id = {scheme}),
        money AS ({_money(scheme, amount)}),
        rule AS (SELECT rule.* FROM programmes_supportrule rule, it WHERE rule.content_id IN (it.content_id, it.group_id)
            AND {IN_FORCE("rule", day)} AND (rule.province_id = it.province_id OR rule.province_id IS NULL AND NOT EXISTS (
                SELECT 1 FROM programmes_supportrule own WHERE own.province_id = it.province_id AND own.level = rule.level
                AND own.content_id = rule.content_id AND {IN_FORCE("own", day)}))),
        benefit AS (SELECT benefit.id, facility.name, coalesce(facility.merged_into_id, facility.id) AS counted_id,
                coalesce({amount("benefit")}, 0) AS amount, benefit.base_cost, benefit.is_priority,
                sum(coalesce({amount("benefit")}, 0)) OVER () AS given
            FROM programmes_schemebeneficiary benefit JOIN facilities_facility facility ON facility.id = benefit.facility_id
            WHERE benefit.scheme_id = {scheme}),
        each AS (SELECT rule.id AS rule_id, benefit.id AS benefit_id, benefit.name AS facility, rule.document, rule.clause,
                trunc(benefit.amount * {_level_part("rule.level", "money")} / nullif(money.support, 0)) AS asked,
                least(rule.ceiling * CASE WHEN benefit.is_priority THEN rule.priority_factor ELSE 1 END - before.received,
                    floor(coalesce(benefit.base_cost, CASE WHEN money.total > money.support
                        THEN money.total * benefit.amount / nullif(benefit.given, 0) END) * rule.rate / 100)) AS most
            FROM rule CROSS JOIN benefit CROSS JOIN money CROSS JOIN LATERAL (
                SELECT coalesce(sum(trunc({AGREED("other")} * {_level_part("rule.level", "sums")} / nullif(sums.support, 0))), 0) AS received
                FROM programmes_schemebeneficiary other
                JOIN facilities_facility facility ON facility.id = other.facility_id
                JOIN programmes_scheme earlier ON earlier.id = other.scheme_id
                JOIN programmes_activitycontent content ON content.id = earlier.content_id
                CROSS JOIN LATERAL ({_money("earlier.id", AGREED)}) sums
                WHERE (facility.id = benefit.counted_id OR facility.merged_into_id = benefit.counted_id)
                    AND earlier.id <> {scheme} AND earlier.status IN ({COUNTED}) AND earlier.decision_on >= rule.valid_from
                    AND earlier.decision_on <= {day} AND rule.content_id IN (content.id, content.group_id)) before
            WHERE rule.unit = 'facility' AND benefit.amount > 0),
        whole AS (SELECT rule.id AS rule_id, NULL::bigint AS benefit_id, NULL::text AS facility, rule.document, rule.clause,
                {_level_part("rule.level", "money")} AS asked,
                least(rule.ceiling * CASE WHEN named.priority THEN rule.priority_factor ELSE 1 END
                        * CASE WHEN rule.unit IN {PER_SCHEME} THEN 1 ELSE greatest(named.many, 1) END,
                    floor(coalesce(named.base, CASE WHEN money.total > money.support THEN money.total END) * rule.rate / 100)) AS most
            FROM rule CROSS JOIN money CROSS JOIN (SELECT count(*) AS many, coalesce(bool_or(is_priority), false) AS priority,
                CASE WHEN count(*) = count(base_cost) THEN sum(base_cost) END AS base FROM benefit) named
            WHERE rule.unit <> 'facility')
    SELECT rule_id, benefit_id, facility, document, clause, asked, greatest(most, 0) AS most
        FROM (SELECT * FROM each UNION ALL SELECT * FROM whole) checked WHERE {which}"""


OVER = "%s: hỗ trợ %s đồng vượt mức theo %s; còn được hỗ trợ tối đa %s đồng. Giảm số tiền, hoặc ghi lý do vượt mức%s."
NAMED = "coalesce(excess.facility, 'Đề án')"
PAPER = "concat_ws(', ', excess.document, nullif(excess.clause, ''))"
CONFIRMED = "AND exception.confirmed_at IS NOT NULL"


def _refused(name, scheme, day, amount, condition, how):
    """plpgsql: refuses the first excess without an exception on record for at least that much."""
    return f"""
    FOR excess IN {over_ceilings(scheme, day, amount)} LOOP
        IF NOT EXISTS (SELECT 1 FROM programmes_ceilingexception exception WHERE exception.scheme_id = {scheme}
                AND exception.rule_id = excess.rule_id AND exception.benefit_id IS NOT DISTINCT FROM excess.benefit_id
                AND exception.amount >= excess.asked {condition}) THEN
            {refuse(name, OVER, NAMED, dong("excess.asked"), PAPER, dong("excess.most"), f"'{how}'")}
        END IF;
    END LOOP;"""


SECOND = " và để người thẩm định xác nhận"
DAY = "(NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
within_ceilings = before(
    "scheme_within_ceilings",
    pgtrigger.Update,
    f"""
    IF NEW.status = OLD.status THEN RETURN NEW; END IF;
    IF NEW.status = '{Status.SUBMITTED}' THEN {_refused("scheme_within_ceilings", "NEW.id", DAY, PROPOSED, "", "")}
    ELSIF NEW.status IN ('{Status.APPROVED}', '{Status.DETAILED}') THEN
        {_refused("scheme_within_ceilings", "NEW.id", "NEW.decision_on", AGREED, CONFIRMED, SECOND)}
    END IF;
    """,
    declare=[("excess", "RECORD")],
)

adjusted_within_ceilings = at_commit(
    "adjustment_within_ceilings",
    pgtrigger.Insert,
    _refused("scheme_within_ceilings", "NEW.scheme_id", "NEW.decided_on", AGREED, CONFIRMED, SECOND),
    declare=[("excess", "RECORD")],
)

exception_confirmed_only = before(
    "ceiling_exception_confirmed_only",
    pgtrigger.Update,
    "IF OLD.confirmed_at IS NOT NULL OR (NEW.scheme_id, NEW.rule_id, NEW.benefit_id, NEW.most, NEW.amount, NEW.reason, "
    "NEW.requested_by_id, NEW.requested_at) IS DISTINCT FROM (OLD.scheme_id, OLD.rule_id, OLD.benefit_id, OLD.most, "
    "OLD.amount, OLD.reason, OLD.requested_by_id, OLD.requested_at) THEN "
    + refuse(
        "ceiling_exception_confirmed_only", "Lý do vượt mức đã ghi thì không sửa được; chỉ người thứ hai xác nhận."
    )
    + " END IF;",
)
