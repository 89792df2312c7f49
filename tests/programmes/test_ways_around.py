"""Ways around the law of money that a reviewer of the code found: each is closed in the database."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from khuyencong.refusals import RefusedError, explain
from programmes import services
from programmes.adjustments.services import adjust
from programmes.models import AdjustmentLine, CeilingException, LedgerEntry, Scheme, SupportRule, budget_guards
from tests.factories import DAY, FacilityFactory, SchemeFactory, SupportRuleFactory, UserFactory, appraise, pay
from tests.programmes.budget_factories import BudgetFactory

pytestmark = pytest.mark.django_db
DECISION = {"reason": "Đủ điều kiện", "number": "15/QĐ-SCT"}


def refused(act):
    """The code of the rule that refuses `act()`, also at commit."""

    @transaction.atomic
    def checked():
        act()
        connection.check_constraints()

    with pytest.raises((IntegrityError, RefusedError)) as caught:
        checked()
    return explain(caught.value).code


def reviewer_of(scheme):
    return UserFactory(role="reviewer", province=scheme.province)


def submitted(facility, amount=100):
    scheme = SchemeFactory(money={"province": amount}, benefits={facility: amount}, state="submitted")
    appraise(scheme)
    return scheme


def approve(scheme, on=DAY, **values):
    return services.approve_scheme(scheme, by=reviewer_of(scheme), on=on, **DECISION | values)


def stop(scheme):
    paper = {"number": "9/QĐ-SCT", "issued_on": DAY}
    services.take_step(scheme, "terminate", by=reviewer_of(scheme), reason="Cơ sở xin thôi", paper=paper)


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_do_not_pass_the_ceiling_of_one_facility():
    SupportRuleFactory(ceiling=Decimal(100), rate=None)
    facility = FacilityFactory()
    schemes = [submitted(facility), submitted(facility)]
    first_is_in, ends = threading.Event(), []

    def decide(scheme, waits):
        try:
            with transaction.atomic():
                if waits:
                    first_is_in.wait(10)
                approve(scheme)
                first_is_in.set()
            ends.append("approved")
        except (DatabaseError, RefusedError) as error:
            ends.append(explain(error).code)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(scheme, number)) for number, scheme in enumerate(schemes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == ["approved", "scheme_within_ceilings"]
    assert Scheme.objects.filter(status="approved").count() == 1


def test_an_earlier_date_of_decision_does_not_pass_the_ceiling():
    SupportRuleFactory(ceiling=Decimal(100), rate=None)
    facility = FacilityFactory()
    first, second = submitted(facility), submitted(facility)
    approve(first)

    assert refused(lambda: approve(second)) == "scheme_within_ceilings"
    assert refused(lambda: approve(second, on=DAY - datetime.timedelta(days=1))) == "scheme_within_ceilings"


def test_a_decision_is_not_dated_long_before_its_plan():
    scheme = submitted(FacilityFactory())

    assert refused(lambda: approve(scheme, on=datetime.date(2018, 12, 31))) == "scheme_decision_of_the_plan"
    assert approve(scheme, on=datetime.date(2019, 12, 31)).status == "approved"


def test_what_a_stopped_scheme_paid_counts_under_the_ceiling():
    SupportRuleFactory(ceiling=Decimal(100), rate=None)
    facility = FacilityFactory()
    first = SchemeFactory(money={"province": 100}, benefits={facility: 100}, state="in_progress")
    pay(first, 70, kind="advance")
    stop(first)

    assert refused(lambda: approve(submitted(facility, 31))) == "scheme_within_ceilings"
    assert approve(submitted(facility, 30)).status == "approved"


def test_what_is_paid_after_a_stop_stays_within_the_budget():
    stopped = SchemeFactory(money={"province": 100}, state="in_progress")
    pay(stopped, 50, kind="advance")
    BudgetFactory(province=stopped.province, given=100)
    stop(stopped)
    SchemeFactory(money={"province": 50}, province=stopped.province, state="approved")

    assert refused(lambda: pay(stopped, 20)) == "budget_not_over_committed"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT allocated - committed FROM ({budget_guards.BALANCES}) budget")
        assert cursor.fetchone()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_a_decision_of_adjustment_is_whole_once_it_is_written():
    scheme = SchemeFactory(money={"province": 100}, state="approved")
    words = {"kind": "decrease", "authority": "department", "number": "2", "decided_on": timezone.localdate()}
    decision = adjust(scheme, by=reviewer_of(scheme), reason="Đổi địa điểm", changes=[("Nơi", "a", "b")], **words)

    def add():
        AdjustmentLine.objects.create(adjustment=decision, source_id="province", before_amount=100, after_amount=90)

    assert refused(add) == "adjustment_is_whole"


def test_a_facility_is_paid_no_more_than_its_own_share():
    small, large = FacilityFactory(), FacilityFactory()
    scheme = SchemeFactory(money={"province": 100}, benefits={small: 10, large: 90}, state="in_progress")
    share = scheme.beneficiaries.get(facility=small)

    def give(amount):
        LedgerEntry.objects.create(
            scheme=scheme,
            source_id="province",
            kind="advance",
            amount=amount,
            entered_on=timezone.localdate(),
            document_number="UNC 1",
            benefit=share,
            recorded_by=scheme.created_by,
            recorded_at=timezone.now(),
        )

    assert refused(lambda: give(11)) == "ledger_within_benefit"
    give(10)
    connection.check_constraints()
    words = {"kind": "beneficiary", "authority": "department", "number": "2", "decided_on": timezone.localdate()}

    def drop():
        adjust(scheme, by=reviewer_of(scheme), reason="Thôi", benefits={small.pk: 0}, **words)

    assert refused(drop) == "beneficiary_covers_what_was_paid"


def test_a_reversal_is_not_dated_before_what_it_reverses():
    scheme = SchemeFactory(money={"province": 100}, state="in_progress")
    first = pay(scheme, 50, kind="advance")

    def reverse(day):
        fields = {"scheme": scheme, "source_id": "province", "kind": "advance", "amount": -50, "note": "Ghi nhầm"}
        stamp = {"recorded_by": scheme.created_by, "recorded_at": timezone.now(), "document_number": "Đ1"}
        LedgerEntry.objects.create(**fields, **stamp, entered_on=day, reverses=first)

    assert refused(lambda: reverse(DAY)) == "ledger_entry_reverses_later"
    reverse(first.entered_on)


def reason(scheme, **values):
    given = {"most": 50, "amount": 100, "reason": "Vùng khó khăn", "requested_at": timezone.now()}
    return CeilingException.objects.create(
        scheme=scheme, rule=SupportRule.objects.get(), requested_by=UserFactory(), **given | values
    )


@pytest.mark.parametrize("person", ["created_by", "a colleague"])
def test_only_a_reviewer_beside_the_scheme_confirms_a_reason(person):
    SupportRuleFactory(ceiling=Decimal(500), rate=None)
    scheme = SchemeFactory(money={"province": 100})
    written = reason(scheme)
    who = UserFactory() if person == "a colleague" else scheme.created_by
    if person == "created_by":
        who.role = "reviewer"
        who.save()

    def confirm(by):
        CeilingException.objects.filter(pk=written.pk).update(confirmed_by=by, confirmed_at=timezone.now())

    assert refused(lambda: confirm(who)) == "ceiling_exception_second_person"
    confirm(reviewer_of(scheme))


def test_a_reason_is_written_before_it_is_confirmed_and_then_kept():
    SupportRuleFactory(ceiling=Decimal(500), rate=None)
    scheme = SchemeFactory(money={"province": 100})
    stamp = {"confirmed_by": reviewer_of(scheme), "confirmed_at": timezone.now()}

    assert refused(lambda: reason(scheme, **stamp)) == "ceiling_exception_unconfirmed_first"
    reason(scheme)
    services.submit_scheme(scheme, by=scheme.created_by)
    assert refused(CeilingException.objects.all().delete) == "ceiling_exception_stays"


@pytest.mark.parametrize("verb", ["terminate", "detail"])
def test_who_made_a_scheme_takes_no_step_of_a_judge(verb):
    scheme = SchemeFactory(money={"province": 100}, is_group=verb == "detail", state="approved")
    maker = scheme.created_by
    maker.role = "reviewer"
    maker.save()
    paper = {"number": "9/QĐ-SCT", "issued_on": DAY}

    assert refused(lambda: services.take_step(scheme, verb, by=maker, paper=paper)) == "scheme_step_four_eyes"
