"""The law of a year's budget as triggers: of one source in one year, no more is committed than was allocated.

`COMMITMENTS` is the one place that says what counts as committed: triggers, pages and check_data all sum over it.
"""

import pgtrigger

from khuyencong.triggers import at_commit, before, refuse
from programmes.enums import DECIDED, Status

COMMITTED = DECIDED
_COMMITTED = ", ".join(f"'{status.value}'" for status in COMMITTED)

# Of what is planned for a line over several years, up to the end of a year and in all; one year without a plan by year.
_YEARS = """(SELECT year.year, sum(year.planned_amount) OVER (ORDER BY year.year) AS so_far,
        sum(year.planned_amount) OVER () AS planned, year.planned_amount AS in_year FROM programmes_schemeyear year
        WHERE year.scheme_id = line.scheme_id AND year.source_id = line.source_id
    UNION ALL SELECT scheme.year, 1, 1, 1 WHERE NOT EXISTS (SELECT 1 FROM programmes_schemeyear year
        WHERE year.scheme_id = line.scheme_id AND year.source_id = line.source_id AND year.planned_amount > 0))"""
_AGREED = "coalesce(line.adjusted_amount, line.approved_amount)"
_PAID = """(SELECT coalesce(sum(CASE entry.kind WHEN 'refund' THEN -entry.amount WHEN 'settlement' THEN 0 ELSE entry.amount END), 0)
    FROM programmes_ledgerentry entry WHERE entry.scheme_id = line.scheme_id AND entry.source_id = line.source_id)"""

# Rows (province_id, year, source_id, programme_id, content_id, amount in đồng): what is approved today, adjustments
# included; a scheme of several years in each of them, in the proportion of its plan, together the whole; of one that was
# stopped, what was paid.
COMMITMENTS = f"""
    SELECT scheme.province_id, share.year, line.source_id, scheme.programme_id, scheme.content_id,
        CASE WHEN share.planned > 0 THEN trunc(base.amount * share.so_far / share.planned)
            - trunc(base.amount * (share.so_far - share.in_year) / share.planned) ELSE 0 END AS amount
        FROM programmes_fundingline line JOIN programmes_scheme scheme ON scheme.id = line.scheme_id
        CROSS JOIN LATERAL (SELECT CASE scheme.status WHEN '{Status.TERMINATED}' THEN {_PAID} ELSE {_AGREED} END AS amount) base
        CROSS JOIN LATERAL {_YEARS} share
        WHERE scheme.status IN ({_COMMITTED}, '{Status.TERMINATED}')
    UNION ALL
    SELECT province_id, year, source_id, programme_id, NULL, approved_amount FROM programmes_planfunding
        WHERE confirmed_at IS NOT NULL"""

# Rows (id, province_id, year, source_id, allocated, committed) of budgets; `allocated` is NULL while nothing is confirmed.
BALANCES = f"""
    SELECT budget.id, budget.province_id, budget.year, budget.source_id,
        (SELECT sum(amount) FROM programmes_allocation
            WHERE budget_id = budget.id AND confirmed_at IS NOT NULL) AS allocated,
        (SELECT coalesce(sum(amount), 0) FROM ({COMMITMENTS}) commitment
            WHERE (commitment.province_id, commitment.year, commitment.source_id)
                = (budget.province_id, budget.year, budget.source_id)) AS committed
    FROM programmes_yearbudget budget"""

OVER = (
    "%s năm %s được giao %s đồng, trong khi cam kết (số đã phê duyệt, kể cả lần này) là %s đồng, vượt %s đồng. "
    "Hãy ghi quyết định bổ sung dự toán, hoặc giảm số phê duyệt."
)
_dong = "replace(to_char({}, 'FM999,999,999,999,999,990'), ',', '.')".format
LOCK = "PERFORM 1 FROM programmes_yearbudget budget WHERE {} ORDER BY budget.id FOR NO KEY UPDATE;"


def within_allocated(name, operation, which, unless, lock=LOCK):
    """At commit: of the budgets that the SQL condition `which` names, none is over-committed.

    `unless` is SQL that is true when the row cannot have made it worse. The lock makes writers of one budget queue; the
    sums are of a later statement, which under READ COMMITTED sees what the writer before committed. A budget without a
    confirmed allocation limits nothing yet. `FOR NO KEY UPDATE`, so that a new allocation's foreign key does not wait.
    """
    return at_commit(
        name,
        operation,
        f"""
        IF {unless} THEN RETURN NULL; END IF;
        {lock.format(which)}
        SELECT source.name, budget.* INTO over FROM ({BALANCES}) budget
            JOIN programmes_fundingsource source ON source.code = budget.source_id
            WHERE {which} AND budget.committed > budget.allocated ORDER BY budget.id LIMIT 1;
        IF FOUND THEN {
            refuse(
                "budget_not_over_committed",
                OVER,
                "over.name",
                "over.year",
                _dong("over.allocated"),
                _dong("over.committed"),
                _dong("over.committed - over.allocated"),
            )
        } END IF;
        """,
        declare=[("over", "RECORD")],
    )


_OTHER_YEARS = "(SELECT year.year FROM programmes_schemeyear year WHERE year.scheme_id = {})".format
OF_SCHEME = f"""budget.province_id = NEW.province_id AND (budget.year = NEW.year OR budget.year IN {_OTHER_YEARS("NEW.id")})
    AND budget.source_id IN (SELECT line.source_id FROM programmes_fundingline line WHERE line.scheme_id = NEW.id)"""
OF_LINE = f"""budget.source_id = NEW.source_id AND EXISTS (SELECT 1 FROM programmes_scheme scheme
    WHERE scheme.id = NEW.scheme_id AND scheme.status IN ({_COMMITTED}) AND budget.province_id = scheme.province_id
    AND (budget.year = scheme.year OR budget.year IN {_OTHER_YEARS("scheme.id")}))"""
OF_ROW = "(budget.province_id, budget.year, budget.source_id) = (NEW.province_id, NEW.year, NEW.source_id)"
NOT_DECIDED_NOW = f"NEW.status NOT IN ({_COMMITTED}) OR OLD.status IN ({_COMMITTED})"

scheme_within_budget = within_allocated("scheme_within_budget", pgtrigger.Update, OF_SCHEME, NOT_DECIDED_NOW)
line_within_budget = within_allocated(
    "line_within_budget",
    pgtrigger.Insert | pgtrigger.Update,
    OF_LINE,
    "coalesce(NEW.adjusted_amount, NEW.approved_amount) IS NULL",
)
plan_funding_within_budget = within_allocated(
    "plan_funding_within_budget", pgtrigger.Insert | pgtrigger.Update, OF_ROW, "NEW.confirmed_at IS NULL"
)
OF_STOPPED = f"""budget.source_id = NEW.source_id AND EXISTS (SELECT 1 FROM programmes_scheme scheme
    WHERE scheme.id = NEW.scheme_id AND scheme.status = '{Status.TERMINATED}' AND budget.province_id = scheme.province_id
    AND (budget.year = scheme.year OR budget.year IN {_OTHER_YEARS("scheme.id")}))"""
stopped_within_budget = within_allocated(
    "ledger_entry_of_stopped_within_budget", pgtrigger.Insert, OF_STOPPED, "NEW.kind = 'settlement'"
)
allocation_covers_committed = within_allocated(
    "allocation_covers_committed",
    pgtrigger.Insert | pgtrigger.Update,
    "budget.id = NEW.budget_id",
    "NEW.confirmed_at IS NULL",
)

FINAL = "Quyết định đã xác nhận thì không sửa, không xóa được. Sai thì ghi quyết định điều chỉnh."
allocation_is_final = before(
    "allocation_is_final",
    pgtrigger.Update,
    f"IF OLD.confirmed_at IS NOT NULL THEN {refuse('allocation_is_final', FINAL)} END IF;",
)
allocation_stays = before(
    "allocation_stays",
    pgtrigger.Delete,
    f"IF OLD.confirmed_at IS NOT NULL THEN {refuse('allocation_stays', FINAL)} END IF;",
)
allocation_counts_versions = before("allocation_counts_versions", pgtrigger.Update, "NEW.version := OLD.version + 1;")

NOT_SUPPORT = "%s không phải là kinh phí khuyến công nên không lập dự toán."
KEY_STAYS = "Không đổi được tỉnh, năm, nguồn của dự toán. Xóa dự toán chưa có quyết định rồi lập lại."
budget_of_support = before(
    "budget_of_support",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.province_id, NEW.year, NEW.source_id) <> (OLD.province_id, OLD.year, OLD.source_id) THEN
            {refuse("budget_key_stays", KEY_STAYS)}
        END IF;
    END IF;
    SELECT name INTO wrong FROM programmes_fundingsource WHERE code = NEW.source_id AND NOT is_support;
    IF FOUND THEN {refuse("budget_of_support", NOT_SUPPORT, "wrong.name")} END IF;
    """,
    declare=[("wrong", "RECORD")],
)
