"""Many people spend one budget at the same moment, in real transactions; without the lock the budget is overdrawn."""

import re
import threading
from contextlib import contextmanager
from copy import copy
from decimal import Decimal

import pytest
from django.db import connection

from programmes import services
from programmes.budgets.services import confirm_allocations
from programmes.models import FundingLine, Scheme, YearBudget, budget_guards
from programmes.models.budgets import Allocation
from tests.factories import DAY, PlanFundingFactory, SchemeFactory, SourceFactory, UserFactory, appraise
from tests.programmes.budget_factories import AllocationFactory, BudgetFactory
from tests.programmes.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
DECISION = {"reason": "Đủ điều kiện", "number": "15/QĐ-SCT", "on": DAY}


def balance():
    """(allocated, committed) of the only budget, by the statement that pages and check_data use."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT allocated, committed FROM ({budget_guards.BALANCES}) budget")
        return cursor.fetchone()


def refusals(ends):
    """What those who were refused were told."""
    return [str(end) for end in ends if end is not None]


def approval(scheme, reviewer):
    """What approves an appraised scheme when it is called."""
    appraise(scheme)
    return lambda: services.approve_scheme(scheme, by=reviewer, **DECISION)


@contextmanager
def dawdling(*, locked):
    """Inside, the triggers of schemes and lines wait between counting and committing, so that all count before one commits.

    `locked=False` takes out the line that makes writers of one budget queue.
    """
    pairs = [(Scheme, budget_guards.scheme_within_budget), (FundingLine, budget_guards.line_within_budget)]
    for model, trigger in pairs:
        slow = copy(trigger)
        slow.func = trigger.func.replace("\nRETURN NULL;", "\nPERFORM pg_sleep(0.15);\nRETURN NULL;")
        if not locked:
            slow.func, lines = re.subn(r"PERFORM 1 .*? FOR NO KEY UPDATE;", "", slow.func, flags=re.DOTALL)
            assert lines == 1
        slow.install(model)
    try:
        yield
    finally:
        for model, trigger in pairs:
            trigger.install(model)


def test_of_eight_approvals_at_once_the_budget_takes_five():
    BudgetFactory(given=500)
    schemes = [SchemeFactory(money={"province": 100, "counterpart": 900}, state="submitted") for _ in range(8)]
    reviewers = [UserFactory(role="reviewer") for _ in schemes]

    with dawdling(locked=True):
        ends = together(*(approval(*pair) for pair in zip(schemes, reviewers, strict=True)))

    assert ends.count(None) == 5
    assert balance() == (500, 500)
    assert all(
        "Ngân sách tỉnh năm 2020 được giao 500 đồng" in said and "vượt 100 đồng" in said for said in refusals(ends)
    )


def test_control_without_the_lock_the_budget_is_overdrawn():
    """What the lock prevents does happen without it; otherwise the test above would prove nothing."""
    BudgetFactory(given=500)
    schemes = [SchemeFactory(money={"province": 100}, state="submitted") for _ in range(8)]
    reviewers = [UserFactory(role="reviewer") for _ in schemes]

    with dawdling(locked=False):
        ends = together(*(approval(*pair) for pair in zip(schemes, reviewers, strict=True)))

    assert ends.count(None) > 5
    allocated, committed = balance()
    assert committed > allocated


@pytest.mark.parametrize("_", range(3))
def test_two_reviewers_who_spend_the_last_of_it_do_not_both_pass(_):
    BudgetFactory(given=150)
    one, two = (SchemeFactory(money={"province": 100}, state="submitted") for _ in range(2))

    ends = together(approval(one, UserFactory(role="reviewer")), approval(two, UserFactory(role="reviewer")))

    assert ends.count(None) == 1
    assert balance() == (150, 100)


@pytest.mark.parametrize("_", range(3))
def test_a_cut_and_an_approval_do_not_both_pass(_):
    budget = BudgetFactory(given=150)
    scheme = SchemeFactory(money={"province": 100}, state="submitted")
    cut = AllocationFactory(budget=budget, kind=Allocation.Kind.CUT, amount=Decimal(-60))
    reviewer = UserFactory(role="reviewer")

    ends = together(
        approval(scheme, UserFactory(role="reviewer")),
        lambda: confirm_allocations([cut], by=reviewer, versions={cut.pk: 1}),
    )

    assert ends.count(None) == 1
    assert balance() in [(150, 100), (90, 0)]


def test_money_without_schemes_and_a_scheme_do_not_both_pass():
    source = SourceFactory(code="province")
    BudgetFactory(given=150, source=source)
    scheme = SchemeFactory(money={"province": 100}, state="submitted")
    plan = PlanFundingFactory(source=source, proposed_amount=100, approved_amount=100)
    one, two = UserFactory(role="reviewer"), UserFactory(role="reviewer")

    ends = together(approval(scheme, one), lambda: services.confirm_plan_funding(plan, by=two))

    assert ends.count(None) == 1
    assert balance() == (150, 100)


def test_budgets_of_two_sources_are_taken_in_one_order():
    """Approvals that need both sources queue instead of waiting for each other."""
    for code in ("province", "national"):
        BudgetFactory(given=400, source=SourceFactory(code=code))
    pairs = [{"province": 100, "national": 100}, {"national": 100, "province": 100}] * 3
    schemes = [SchemeFactory(money=money, state="submitted") for money in pairs]

    ends = together(*(approval(scheme, UserFactory(role="reviewer")) for scheme in schemes))

    assert ends.count(None) == 4
    assert all("budget_not_over_committed" in repr(end.__cause__.diag.constraint_name) for end in ends if end)


def test_new_decisions_of_one_budget_do_not_wait_for_each_other():
    budget, author, reviewer = BudgetFactory(), UserFactory(), UserFactory(role="reviewer")
    rows = [AllocationFactory(budget=budget, created_by=author, amount=Decimal(10)) for _ in range(4)]

    ends = together(*(lambda row=row: confirm_allocations([row], by=reviewer, versions={row.pk: 1}) for row in rows))

    assert ends == [None] * 4
    assert balance() == (40, 0)
    assert threading.active_count() == 1
    assert YearBudget.objects.get() == budget
