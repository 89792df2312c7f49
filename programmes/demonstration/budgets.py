"""Budgets of the demonstration's years: what its schemes commit and a little more; invented like them."""

import datetime
from decimal import Decimal

from django.db import connection

from programmes.demonstration.courses import moment, working_day
from programmes.models import Allocation, YearBudget, budget_guards

STEP = 10_000_000  # budgets are given in round amounts
ROOM_NOW, ROOM_BEFORE = Decimal("1.3"), Decimal("1.02")  # of what is committed: more in the year under way
FIRST_SHARE = Decimal("0.8")  # given at the start of the year; the rest was added in July
NOTE = "Số liệu minh họa."
AUTHORITY = {"national": "Bộ Công Thương"}
LOCAL_AUTHORITY = "Ủy ban nhân dân tỉnh"
NUMBERED, LOCAL_NUMBERED = {"national": "BCT"}, "UBND"


def illustrate(*, staff, reviewer, today):
    """A budget for each province, year and source with committed money; the newest additions wait for confirmation.

    Seven queries. The deferred rules of everything before are checked first, while nothing is limited yet.
    """
    connection.check_constraints()
    committed = _committed()
    budgets = YearBudget.objects.bulk_create(
        YearBudget(province_id=province, year=year, source_id=source, note=NOTE, is_illustrative=True)
        for province, year, source, _ in committed
    )
    made = Allocation.objects.bulk_create(
        one
        for budget, (*_, amount) in zip(budgets, committed, strict=True)
        for one in _decisions(budget, amount, staff, today)
    )
    for one in made:
        one.created_at = moment(one.decision_on, 9)
        if one.kind != Allocation.Kind.SUPPLEMENT or one.budget.year < today.year:
            one.confirmed_by, one.confirmed_at = reviewer, moment(one.decision_on, 15)
    Allocation.objects.bulk_update(made, ["created_at", "confirmed_by", "confirmed_at"])


def _committed():
    """(province id, year, source code, đồng) of khuyến công money."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT commitment.province_id, commitment.year, commitment.source_id, sum(commitment.amount)
            FROM ({budget_guards.COMMITMENTS}) commitment
            JOIN programmes_fundingsource source ON source.code = commitment.source_id AND source.is_support
            GROUP BY 1, 2, 3 HAVING sum(commitment.amount) > 0 ORDER BY 1, 2, 3"""
        )
        return cursor.fetchall()


def _decisions(budget, amount, staff, today):
    """What was given at the start of the year and what was added; in a year under way the first covers everything."""
    is_now = budget.year >= today.year
    total = _rounded(amount * (ROOM_NOW if is_now else ROOM_BEFORE))
    first = total if is_now else _rounded(total * FIRST_SHARE)
    added = _rounded(total * (1 - FIRST_SHARE)) if is_now else total - first
    yield _decision(budget, Allocation.Kind.INITIAL, first, working_day(budget.year, 1, 10), staff, today)
    if added > 0:
        yield _decision(budget, Allocation.Kind.SUPPLEMENT, added, working_day(budget.year, 7, 15), staff, today)


def _decision(budget, kind, amount, day, staff, today):
    return Allocation(
        budget=budget,
        kind=kind,
        amount=amount,
        decision_number=f"{budget.year - 1900 + day.month}/QĐ-{NUMBERED.get(budget.source_id, LOCAL_NUMBERED)}",
        decision_on=min(day, today - datetime.timedelta(days=1)),
        authority=AUTHORITY.get(budget.source_id, LOCAL_AUTHORITY),
        is_illustrative=True,
        created_by=staff,
    )


def _rounded(amount):
    """Up to the next round amount."""
    return -(-int(amount) // STEP) * STEP
