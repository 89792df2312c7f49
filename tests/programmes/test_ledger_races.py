"""Money in several real transactions at the same moment, and the control that overspends without the lock."""

import threading
import uuid
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import connection, transaction

from programmes import services as steps
from programmes.adjustments.services import adjust
from programmes.ledger import reconciliation, services
from programmes.models import FundingLine, LedgerEntry
from tests.factories import settle_lines
from tests.programmes.ledger_factories import DAY, advance_rule, book, fresh, net, reviewer_of, running_scheme
from tests.programmes.test_ledger_invariants import insert_raw
from tests.programmes.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def won(ends):
    return sum(end is None for end in ends)


def insert(scheme, amount):
    with transaction.atomic():
        insert_raw(scheme, "advance", "province", amount)


def test_of_eight_payments_at_once_only_those_that_fit_pass():
    advance_rule(70)
    scheme = running_scheme()

    by_service = [lambda: book(scheme, "advance", 20) for _ in range(4)]
    ends = together(*by_service, *(lambda: insert(scheme, 20) for _ in range(4)))

    assert won(ends) == 3
    assert net(scheme) == 60


def test_a_payment_and_a_decrease_at_once_leave_no_more_paid_than_agreed():
    scheme = running_scheme()
    reviewer = reviewer_of(scheme)
    decision = {"kind": "decrease", "authority": "chair", "number": "2", "decided_on": DAY, "reason": "Bớt"}

    ends = together(
        lambda: book(scheme, "advance", 80),
        lambda: adjust(scheme, by=reviewer, amounts={"province": Decimal(50)}, **decision),
    )

    assert won(ends) == 1
    assert net(scheme) <= scheme.funding_lines.get().agreed_amount


def test_an_entry_is_reversed_once():
    scheme = running_scheme()
    entry = book(scheme, "advance", 40)

    ends = together(*(lambda: services.reverse(entry, by=scheme.created_by, note="Nhầm") for _ in range(3)))

    assert won(ends) == 1
    assert LedgerEntry.objects.filter(reverses=entry).count() == 1
    assert net(scheme) == 0


def test_a_form_sent_twice_at_once_books_once():
    scheme, token = running_scheme(), uuid.uuid4()

    ends = together(*(lambda: book(scheme, "advance", 30, token=token) for _ in range(4)))

    assert ends == [None] * 4
    assert LedgerEntry.objects.get().amount == 30


def test_a_settlement_and_a_payment_at_once_leave_a_difference_with_a_reason():
    scheme = running_scheme("accepted")
    reviewer = reviewer_of(scheme)
    FundingLine.objects.filter(scheme=scheme).update(accepted_amount=100)

    def settle():
        with transaction.atomic():
            FundingLine.objects.filter(scheme=scheme).update(settled_amount=60)
            steps.settle_scheme(fresh(scheme), by=reviewer, reason="Đủ", number="9", on=DAY)

    ends = together(settle, lambda: book(scheme, "payment", 80))

    row = reconciliation.rows([scheme.pk])[0]
    assert ends[0] is None
    assert (row.paid, reconciliation.explain(row)) in {
        (80, "còn phải hoàn trả 20 đồng"),
        (0, "còn được thanh toán 60 đồng"),
    }


def test_closing_and_paying_at_once_leave_even_books():
    scheme = running_scheme("accepted")
    book(scheme, "payment", 60)
    settle_lines(scheme)
    FundingLine.objects.filter(scheme=scheme).update(settled_amount=60)
    steps.settle_scheme(fresh(scheme), by=reviewer_of(scheme), reason="Đủ", number="9", on=DAY)
    reviewer = reviewer_of(scheme)

    together(
        lambda: steps.take_step(fresh(scheme), "close", by=reviewer),
        lambda: book(scheme, "refund", 10),
    )

    assert net(scheme) == 60 or fresh(scheme).status == "settled"


@contextmanager
def without_the_lock():
    """The triggers of the book rebuilt without their lock of the scheme's row; as they were again afterwards."""
    find = (
        "SELECT pg_get_functiondef(tgfoid) FROM pg_trigger WHERE tgrelid = 'programmes_ledgerentry'::regclass "
        "AND tgname LIKE ANY (ARRAY['pgtrigger_ledger_entry_in_its_time%', 'pgtrigger_ledger_entries_within_bounds%'])"
    )
    with connection.cursor() as cursor:
        cursor.execute(find)
        kept = [row[0] for row in cursor.fetchall()]
        assert len(kept) == 2
        assert all("FOR NO KEY UPDATE" in body for body in kept)
        try:
            for body in kept:
                cursor.execute(body.replace("FOR NO KEY UPDATE", ""))
            yield
        finally:
            for body in kept:
                cursor.execute(body)


def test_control_without_the_lock_two_payments_overspend():
    """What the lock prevents does happen without it; otherwise the races above would prove nothing."""
    scheme, both_checked = running_scheme(), threading.Barrier(2)

    def pay():
        with transaction.atomic():
            insert_raw(scheme, "advance", "province", 80)
            connection.check_constraints()
            both_checked.wait(timeout=20)

    with without_the_lock():
        ends = together(pay, pay)

    assert ends == [None, None]
    assert net(scheme) == 160  # of 100
