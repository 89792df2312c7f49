"""A wrong acceptance or settlement is taken back by a reviewer, by a paper, and nothing of it is forgotten."""

from decimal import Decimal

import pytest

from khuyencong.enums import Role
from khuyencong.integrity import running
from khuyencong.models import Notice
from programmes import progress, services
from programmes.enums import Status
from programmes.integrity import RULES
from programmes.models import LedgerEntry
from programmes.reviewing import services as reviewing
from tests.factories import DAY, FacilityFactory, SchemeFactory, UserFactory, settle_lines
from tests.programmes.monitoring_factories import MonitoringFactory
from tests.programmes.refusing import refused

pytestmark = pytest.mark.django_db
PAPER = {"number": "07/TB-SCT", "issued_on": DAY}
REASON = "Nghiệm thu nhầm khối lượng"


def taken_back(state, **options):
    """A scheme in that state and a reviewer of its province."""
    scheme = SchemeFactory(money={"province": 150, "counterpart": 150}, state=state, **options)
    return scheme, UserFactory(role=Role.REVIEWER, province=scheme.province)


@pytest.mark.parametrize("state", ["accepted", "liquidated"])
def test_a_wrong_acceptance_is_written_anew(state):
    scheme, reviewer = taken_back(state)

    reviewing.decide(scheme, "unaccept", by=reviewer, reason=REASON, paper=PAPER)
    scheme.refresh_from_db()
    assert (scheme.status, scheme.accepted_on) == (Status.IN_PROGRESS, None)
    assert set(scheme.funding_lines.values_list("accepted_amount", flat=True)) == {None}

    services.accept_scheme(scheme, by=scheme.created_by, on=DAY, amounts={"province": Decimal(100)})
    assert scheme.funding_lines.get(source="province").accepted_amount == 100


def test_a_wrong_settlement_is_reversed_in_the_book_and_settled_anew():
    scheme, reviewer = taken_back("settled")

    reviewing.decide(scheme, "unsettle", by=reviewer, reason=REASON, paper=PAPER)
    scheme.refresh_from_db()
    booked = scheme.entries.filter(kind="settlement").order_by("pk").values_list("amount", flat=True)
    assert (scheme.status, scheme.settled_on, list(booked)) == (Status.ACCEPTED, None, [150, -150])

    scheme.funding_lines.filter(source="province").update(settled_amount=120)
    services.settle_scheme(scheme, by=reviewer, reason="Đúng", number="09/QĐ", on=scheme.accepted_on)
    assert sum(scheme.entries.filter(kind="settlement").values_list("amount", flat=True)) == 120


def test_the_whole_way_back_from_a_settlement_to_work_and_on_again():
    scheme, reviewer = taken_back("settled")
    services.unsettle_scheme(scheme, by=reviewer, reason=REASON, paper=PAPER)
    services.unaccept_scheme(scheme, by=reviewer, reason=REASON, paper=PAPER)
    services.accept_scheme(scheme, by=scheme.created_by, on=DAY)
    settle_lines(scheme)
    services.settle_scheme(scheme, by=reviewer, reason="Đúng", number="09/QĐ", on=DAY)

    scheme.refresh_from_db()
    titles = [event["title"] for event in progress.timeline(scheme)]
    assert titles[:4] == ["Quyết toán", "Nghiệm thu", "Hủy nghiệm thu", "Hủy quyết toán"]
    assert LedgerEntry.objects.filter(scheme=scheme, kind="settlement").count() == 3


def test_a_group_does_not_need_its_detailed_plan_again():
    scheme, reviewer = taken_back("accepted", is_group=True)

    services.unaccept_scheme(scheme, by=reviewer, reason=REASON, paper=PAPER)
    scheme.refresh_from_db()
    assert scheme.status == Status.IN_PROGRESS


def test_it_asks_for_a_reason_a_paper_and_a_reviewer():
    scheme, reviewer = taken_back("accepted")

    refused(lambda: services.unaccept_scheme(scheme, by=reviewer, reason=" ", paper=PAPER), "reason")
    refused(lambda: services.unaccept_scheme(scheme, by=reviewer, reason=REASON), "scheme_step_paper")
    refused(lambda: services.unaccept_scheme(scheme, by=scheme.created_by, reason=REASON, paper=PAPER), "scheme_role")


def test_staff_are_told():
    scheme, reviewer = taken_back("accepted")
    Notice.objects.all().delete()

    services.unaccept_scheme(scheme, by=reviewer, reason=REASON, paper=PAPER)
    notice = Notice.objects.get(user=scheme.created_by)
    assert "bị hủy kết quả nghiệm thu" in notice.title


def test_a_closed_scheme_stays_closed():
    scheme, reviewer = taken_back("closed")

    refused(lambda: services.unsettle_scheme(scheme, by=reviewer, reason=REASON, paper=PAPER), "scheme_transition")


def test_what_was_taken_back_leaves_sound_data():
    scheme, reviewer = taken_back("settled", benefits={FacilityFactory(): 50})
    MonitoringFactory(benefit=scheme.beneficiaries.get(), year=scheme.year + 1)
    services.unsettle_scheme(scheme, by=reviewer, reason=REASON, paper=PAPER)
    services.unaccept_scheme(scheme, by=reviewer, reason=REASON, paper=PAPER)

    found = [example.sentence for outcome in running.check(RULES) for example in outcome.examples]
    assert found == []
