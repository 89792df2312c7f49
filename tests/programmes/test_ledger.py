"""The book itself: what its triggers and services refuse, one rule at a time."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from khuyencong.enums import Role
from khuyencong.refusals import RefusedError, explain
from programmes import services as steps
from programmes.ledger import services, standing
from programmes.models import ActivityContent, AdvanceRule, LedgerEntry
from tests.factories import ContentFactory, FacilityFactory, ProvinceFactory, UserFactory, settle_lines
from tests.programmes.ledger_factories import DAY, advance_rule, book, fresh, net, reviewer_of, running_scheme

pytestmark = pytest.mark.django_db


def refused(act):
    """The code with which `act` is refused."""

    @transaction.atomic
    def done():
        act()
        connection.check_constraints()

    with pytest.raises((RefusedError, DatabaseError)) as caught:
        done()
    return explain(caught.value).code


def settled_scheme(amount=60):
    """Accepted at 100, settled at `amount`, nothing paid yet."""
    scheme = running_scheme("accepted")
    settle_lines(scheme)
    scheme.funding_lines.update(settled_amount=amount)
    steps.settle_scheme(fresh(scheme), by=reviewer_of(scheme), reason="Đủ", number="9", on=DAY)
    return fresh(scheme)


def test_reversing_a_refund_does_not_pay_beyond_the_rate():
    advance_rule(70)
    scheme = running_scheme()
    book(scheme, "advance", 70)
    refund = book(scheme, "refund", 30)
    book(scheme, "advance", 30)

    assert refused(lambda: services.reverse(refund, by=scheme.created_by, note="Nhầm")) == "ledger_within_advance_rate"
    assert net(scheme) == 70


def test_a_refund_frees_what_may_be_paid():
    advance_rule(70)
    scheme = running_scheme()
    book(scheme, "advance", 70)

    assert refused(lambda: book(scheme, "payment", 1)) == "ledger_within_advance_rate"
    book(scheme, "refund", 5)
    assert book(scheme, "payment", 5).pk


def test_what_was_settled_is_not_booked_a_second_time_nor_taken_back():
    scheme = settled_scheme()
    settlement = LedgerEntry.objects.get(kind="settlement")
    values = {"source_id": "province", "kind": "settlement", "entered_on": DAY, "recorded_by": scheme.created_by}
    values |= {"recorded_at": settlement.recorded_at, "document_number": "QT", "note": "x"}

    def booked(amount, **more):
        return lambda: LedgerEntry.objects.create(scheme=scheme, amount=Decimal(amount), **values | more)

    assert refused(booked(20)) == "ledger_settled_as_decided"
    assert refused(booked(-60, reverses=settlement)) == "ledger_settled_as_decided"
    assert refused(lambda: services.reverse(settlement, by=scheme.created_by, note="x")) == "ledger_entry_kind"
    assert refused(lambda: book(scheme, "settlement", 1)) == "ledger_entry_kind"


def test_after_the_settlement_only_what_was_settled_is_paid():
    scheme = settled_scheme(60)

    assert refused(lambda: book(scheme, "payment", 61)) == "ledger_within_accepted"
    book(scheme, "payment", 60)
    steps.take_step(scheme, "close", by=reviewer_of(scheme))
    assert refused(lambda: book(scheme, "refund", 1)) == "ledger_entry_in_its_time"


def test_only_support_is_booked_and_only_to_its_own_beneficiaries():
    scheme = running_scheme(money={"province": 100, "counterpart": 50})
    other = running_scheme(benefits={FacilityFactory(): 10}).beneficiaries.get()

    assert refused(lambda: book(scheme, "advance", 1, source="counterpart")) == "ledger_entry_of_support"
    assert refused(lambda: book(scheme, "advance", 1, source="national")) == "ledger_entry_of_a_source"
    assert refused(lambda: book(scheme, "advance", 1, benefit=other)) == "ledger_entry_of_a_beneficiary"
    assert refused(lambda: book(scheme, "advance", 0)) == "ledger_entry_amount_positive"
    tomorrow = datetime.date(2999, 1, 1)
    assert refused(lambda: book(scheme, "advance", 1, entered_on=tomorrow)) == "ledger_entry_not_in_future"


def test_only_staff_of_the_province_write():
    scheme = running_scheme()
    elsewhere = UserFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    assert refused(lambda: book(scheme, "advance", 1, by=reviewer_of(scheme))) == "ledger_entry_role"
    assert refused(lambda: book(scheme, "advance", 1, by=UserFactory(role=Role.AUDITOR))) == "ledger_entry_role"
    assert refused(lambda: book(scheme, "advance", 1, by=elsewhere)) == "scheme_scope"


def test_the_rule_of_the_content_goes_before_that_of_its_group_and_of_all():
    group = ActivityContent.objects.create(code="KC03", name="Nhóm")
    content = ContentFactory()
    ActivityContent.objects.filter(pk=content.pk).update(group=group)
    scheme = running_scheme()
    advance_rule(70)
    assert standing.rule_of(scheme).rate == 70
    advance_rule(50, content=group)
    assert standing.rule_of(scheme).rate == 50
    advance_rule(30, content=content)
    assert standing.rule_of(scheme).rate == 30
    advance_rule(100, content=content, valid_from=datetime.date(2015, 1, 1), valid_to=datetime.date(2015, 12, 31))
    assert standing.rule_of(scheme).rate == 30
    assert AdvanceRule.objects.count() == 4
    assert refused(lambda: book(scheme, "advance", 31)) == "ledger_within_advance_rate"


@pytest.mark.parametrize(("rate", "most"), [(70, 70_000_000), (Decimal("33.33"), 33_330_000)])
def test_the_page_says_the_same_most_as_the_trigger(rate, most):
    advance_rule(rate)
    scheme = running_scheme(money={"province": 100_000_000})

    assert standing.standings(scheme, standing.rule_of(scheme))[0].most == most
    assert refused(lambda: book(scheme, "advance", most + 1)) == "ledger_within_advance_rate"
    assert book(scheme, "advance", most).amount == most
