"""What a scheme asks beyond the rules of support: one SQL for triggers, pages and check_data."""

import pgtrigger

from khuyencong.triggers import at_commit, before, refuse
from programmes.enums import DECIDED, Status
from programmes.models.money_guards import AGREED, dong

PROPOSED = "{0}.proposed_amount".format
IN_FORCE = "{0}.valid_from <= {1} AND ({0}.valid_to IS NULL OR {0}.valid_to >= {1})".format
COUNTED = ", ".join(f"'{status.value}'" for status in (*DECIDED, Status.TERMINATED))
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


BEYOND = "asked > 0 AND asked > greatest(most, 0)"
_PAID = """(SELECT coalesce(sum(CASE entry.kind WHEN 'refund' THEN -entry.amount WHEN 'settlement' THEN 0 ELSE entry.amount END), 0)
    FROM programmes_ledgerentry entry WHERE entry.scheme_id = earlier.id)"""
# What a facility got of another scheme: what was agreed; of one that was stopped, its part of what was paid.
_GOT = f"""CASE earlier.status WHEN '{Status.TERMINATED}' THEN {AGREED("other")} * {_PAID} / nullif(sums.support, 0)
    ELSE {AGREED("other")} END"""


def over_ceilings(scheme, day, amount, which=BEYOND, among="true"):
    """SQL: a row for each rule that `scheme` (an SQL id) exceeds on `day` with the amounts `amount(alias)`.

    Columns: rule_id, benefit_id (NULL: the scheme as a whole), facility, document, clause, asked, most; `most` is what may
    still be given, after what the facility got under the same rule before. A rate binds only where its base is known.
    `which`: the rows asked for, over `asked` and `most`; LIMITS gives those that are not exceeded too. `among`: which other
    decided schemes (`earlier`) count; all of them, whatever their dates, while something is still to be decided.
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
                SELECT coalesce(sum(trunc(({_GOT}) * {_level_part("rule.level", "sums")} / nullif(sums.support, 0))), 0) AS received
                FROM programmes_schemebeneficiary other
                JOIN facilities_facility facility ON facility.id = other.facility_id
                JOIN programmes_scheme earlier ON earlier.id = other.scheme_id
                JOIN programmes_activitycontent content ON content.id = earlier.content_id
                CROSS JOIN LATERAL ({_money("earlier.id", AGREED)}) sums
                WHERE (facility.id = benefit.counted_id OR facility.merged_into_id = benefit.counted_id)
                    AND earlier.id <> {scheme} AND earlier.status IN ({COUNTED}) AND earlier.decision_on >= rule.valid_from
                    AND ({among}) AND rule.content_id IN (content.id, content.group_id)) before
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
    PERFORM 1 FROM facilities_facility WHERE id IN (SELECT coalesce(facility.merged_into_id, facility.id)
        FROM programmes_schemebeneficiary benefit JOIN facilities_facility facility ON facility.id = benefit.facility_id
        WHERE benefit.scheme_id = {scheme}) ORDER BY id FOR NO KEY UPDATE;  -- two schemes of one facility queue
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

EXCEPTION_FIXED = ("scheme_id", "rule_id", "benefit_id", "most", "amount", "reason", "requested_by_id", "requested_at")
OWN_SCHEME = (
    "Người lập, người gửi đề án và người ghi lý do không được xác nhận vượt mức; chỉ người thẩm định khác xác nhận."
)
exception_confirmed_only = before(
    "ceiling_exception_confirmed_only",
    pgtrigger.Update,
    f"""
    IF OLD.confirmed_at IS NOT NULL OR {" OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in EXCEPTION_FIXED)} THEN
        {refuse("ceiling_exception_confirmed_only", "Lý do vượt mức đã ghi thì không sửa được; chỉ người thứ hai xác nhận.")}
    END IF;
    IF EXISTS (SELECT 1 FROM programmes_scheme scheme WHERE scheme.id = NEW.scheme_id
            AND NEW.confirmed_by_id IN (scheme.created_by_id, scheme.submitted_by_id, NEW.requested_by_id))
        OR (SELECT role FROM khuyencong_user WHERE id = NEW.confirmed_by_id) <> 'reviewer' THEN
        {refuse("ceiling_exception_second_person", OWN_SCHEME)}
    END IF;
    """,
)
exception_unconfirmed_first = before(
    "ceiling_exception_unconfirmed_first",
    pgtrigger.Insert,
    "IF NEW.confirmed_at IS NOT NULL THEN "
    + refuse("ceiling_exception_unconfirmed_first", "Ghi lý do trước, rồi người thẩm định khác xác nhận.")
    + " END IF;",
)
exception_stays = before(
    "ceiling_exception_stays",
    pgtrigger.Delete,
    f"IF EXISTS (SELECT 1 FROM programmes_scheme WHERE id = OLD.scheme_id AND status <> '{Status.DRAFT}') THEN "
    + refuse("ceiling_exception_stays", "Lý do vượt mức của đề án đã gửi phải giữ lại để thanh tra, kiểm tra.")
    + " END IF;",
)
