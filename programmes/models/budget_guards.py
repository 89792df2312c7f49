"""The law of a year's budget as triggers: of one source in one year, no more is committed than was allocated.

`COMMITMENTS` is the one place that says what counts as committed: triggers, pages and check_data all sum over it.
"""

import pgtrigger

from khuyencong.triggers import at_commit, before, refuse
from programmes.enums import DECIDED, Status

COMMITTED = tuple(status for status in DECIDED if status != Status.TERMINATED)
_COMMITTED = ", ".join(f"'{status.value}'" for status in COMMITTED)

# Rows (province_id, year, source_id, programme_id, content_id, amount in đồng): what is approved today, adjustments included.
COMMITMENTS = f"""
    SELECT scheme.province_id, scheme.year, line.source_id, scheme.programme_id, scheme.content_id,
        coalesce(line.adjusted_amount, line.approved_amount) AS amount
        FROM programmes_fundingline line JOIN programmes_scheme scheme ON scheme.id = line.scheme_id
        WHERE scheme.status IN ({_COMMITTED})
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


OF_SCHEME = """budget.province_id = NEW.province_id AND budget.year = NEW.year AND budget.source_id IN
    (SELECT line.source_id FROM programmes_fundingline line WHERE line.scheme_id = NEW.id)"""
OF_LINE = f"""budget.source_id = NEW.source_id AND (budget.province_id, budget.year) =
    (SELECT scheme.province_id, scheme.year FROM programmes_scheme scheme
        WHERE scheme.id = NEW.scheme_id AND scheme.status IN ({_COMMITTED}))"""
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
