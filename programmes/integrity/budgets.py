"""Budgets of a year and their decisions."""

from khuyencong.integrity.rules import TODAY, Rule, sql
from programmes.models import budget_guards

BUDGET, ALLOCATION = "programmes.YearBudget", "programmes.Allocation"
OPEN = "Đối chiếu với quyết định, báo lãnh đạo nếu số đã xác nhận không đúng."


def _of_budget(columns, joins, condition, table="programmes_yearbudget"):
    return sql(
        f"SELECT budget.id, budget.province_id, source.name AS source, budget.year, {columns} FROM {table} budget "
        f"JOIN programmes_fundingsource source ON source.code = budget.source_id {joins} WHERE {condition}"
    )


def _of_allocation(columns, joins, condition):
    return sql(
        f"SELECT decision.id, budget.province_id, decision.decision_number, decision.amount, {columns} "
        "FROM programmes_allocation decision JOIN programmes_yearbudget budget ON budget.id = decision.budget_id "
        f"{joins} WHERE {condition}"
    )


RULES = (
    Rule(
        "budget-over-committed",
        "Không cam kết quá dự toán được giao của nguồn trong năm",
        _of_budget(
            "budget.allocated, budget.committed, budget.committed - budget.allocated AS over",
            "",
            "budget.committed > budget.allocated",
            f"({budget_guards.BALANCES})",
        ),
        "{source} năm {year}: cam kết {committed} đồng, được giao {allocated} đồng, vượt {over} đồng.",
        "Ghi quyết định bổ sung dự toán, hoặc điều chỉnh giảm đề án.",
        BUDGET,
    ),
    Rule(
        "budget-of-support",
        "Dự toán chỉ lập cho nguồn kinh phí khuyến công",
        _of_budget("budget.note", "", "NOT source.is_support"),
        "{source} năm {year} không phải là kinh phí khuyến công mà có dự toán.",
        "Kiểm tra lại nguồn của dự toán và cách đánh dấu của nguồn.",
        BUDGET,
    ),
    Rule(
        "budget-province-of-year",
        "Tỉnh của dự toán có hiệu lực trong năm, năm từ 2005 đến 2100",
        _of_budget(
            "province.name AS province",
            "JOIN khuyencong_province province ON province.id = budget.province_id",
            "budget.year NOT BETWEEN 2005 AND 2100 OR budget.year NOT BETWEEN extract(year FROM province.valid_from) "
            "AND extract(year FROM coalesce(province.valid_to, 'infinity'))",
        ),
        "{source}: {province} không phải là đơn vị hành chính trong năm {year}.",
        "Xóa các quyết định chưa xác nhận, ghi lại cho đúng tỉnh và năm.",
        BUDGET,
    ),
    Rule(
        "budget-key-stays",
        "Tỉnh, năm, nguồn của dự toán không đổi từ khi lập",
        _of_budget(
            "first.year AS was",
            "JOIN LATERAL (SELECT * FROM programmes_yearbudgetevent event WHERE event.pgh_obj_id = budget.id "
            "ORDER BY event.pgh_id LIMIT 1) first ON true",
            "(first.province_id, first.year, first.source_id) <> (budget.province_id, budget.year, budget.source_id)",
        ),
        "{source} năm {year}: lúc lập ghi cho tỉnh khác, nguồn khác hoặc năm khác ({was}).",
        "Xem lịch sử của dự toán, báo người quản trị.",
        BUDGET,
    ),
    Rule(
        "allocation-sign",
        "Giao, bổ sung là số dương; cắt giảm, chuyển đi là số âm",
        _of_allocation(
            "decision.kind",
            "",
            "decision.amount = 0 OR (decision.amount < 0) <> (decision.kind IN ('cut', 'transferred'))",
        ),
        "Quyết định {decision_number}: số tiền {amount} đồng không hợp với loại quyết định.",
        OPEN,
        ALLOCATION,
    ),
    Rule(
        "allocation-four-eyes",
        "Người xác nhận quyết định dự toán không phải là người ghi",
        _of_allocation(
            "person.full_name",
            "JOIN khuyencong_user person ON person.id = decision.confirmed_by_id",
            "decision.confirmed_by_id = decision.created_by_id",
        ),
        "Quyết định {decision_number}: {full_name} vừa ghi vừa xác nhận.",
        "Báo lãnh đạo: quyết định này cần được người khác đối chiếu lại.",
        ALLOCATION,
    ),
    Rule(
        "allocation-confirmation",
        "Xác nhận quyết định dự toán có cả người và thời điểm; quyết định có số",
        _of_allocation(
            "decision.kind",
            "",
            "num_nulls(decision.confirmed_by_id, decision.confirmed_at) = 1 OR btrim(decision.decision_number) = ''",
        ),
        "Quyết định “{decision_number}”, {amount} đồng: thiếu số, người hoặc thời điểm xác nhận.",
        OPEN,
        ALLOCATION,
    ),
    Rule(
        "allocation-in-future",
        "Ngày quyết định dự toán và lúc xác nhận không ở tương lai",
        _of_allocation(
            "decision.decision_on",
            "",
            f"decision.decision_on > {TODAY} OR decision.confirmed_at > clock_timestamp()",
        ),
        "Quyết định {decision_number} ngày {decision_on}: ngày hoặc lúc xác nhận ở tương lai.",
        OPEN,
        ALLOCATION,
    ),
    Rule(
        "allocation-final",
        "Quyết định dự toán đã xác nhận thì không đổi",
        _of_allocation(
            "decision.kind",
            "",
            """EXISTS (SELECT 1 FROM programmes_allocationevent event WHERE event.pgh_obj_id = decision.id
            AND event.confirmed_at IS NOT NULL AND (event.budget_id, event.kind, event.amount, event.decision_number,
                event.decision_on, event.confirmed_by_id, event.confirmed_at) IS DISTINCT FROM (decision.budget_id,
                decision.kind, decision.amount, decision.decision_number, decision.decision_on,
                decision.confirmed_by_id, decision.confirmed_at))""",
        ),
        "Quyết định {decision_number}, nay {amount} đồng: đã bị sửa sau khi xác nhận.",
        "Xem lịch sử của quyết định, báo lãnh đạo.",
        ALLOCATION,
    ),
)
