"""Two reviewers at once on one page, in real transactions."""

import pytest

from programmes import ceilings
from programmes.models import Appraisal
from programmes.reviewing import services
from tests.factories import DAY, FacilityFactory, SchemeFactory, SupportRuleFactory, UserFactory
from tests.programmes.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3
SHEET = dict.fromkeys(Appraisal.ITEMS, "good") | {"verdict": "pass", "conclusion": "Đạt"}
LACKING = SHEET | {"completeness": "lacking", "verdict": "revise"}
DECISION = {"reason": "Đủ", "number": "1", "on": DAY}


def refusals(ends):
    return sorted(getattr(getattr(end, "refusal", None), "code", "") if end else "" for end in ends)


def test_two_who_appraise_and_approve_at_once_leave_one_sheet_and_one_decision():
    for _ in range(ROUNDS):
        scheme = SchemeFactory(money={"province": 100}, state="submitted")
        people = [UserFactory(role="reviewer") for _ in range(2)]

        ends = together(
            *(
                lambda s=scheme, by=by: services.decide(
                    s, "approve", by=by, version=s.version, stage="base", sheet=SHEET, **DECISION
                )
                for by in people
            )
        )

        assert refusals(ends) == ["", "stale"]
        assert scheme.appraisals.count() == 1
        assert scheme.events.filter(status="approved").count() == 1


def test_a_sheet_that_lacks_something_stops_who_approves_on_the_page_before():
    for _ in range(ROUNDS):
        scheme = SchemeFactory(money={"province": 100}, state="submitted")
        one, two = UserFactory(role="reviewer"), UserFactory(role="reviewer")

        ends = together(
            lambda s=scheme, by=one: services.record_sheet(s, by=by, stage="base", sheet=LACKING, version=s.version),
            lambda s=scheme, by=two: services.decide(
                s, "approve", by=by, version=s.version, stage="base", sheet=SHEET, **DECISION
            ),
        )

        assert refusals(ends) == ["", "stale"]
        assert scheme.appraisals.count() == 1


def test_control_without_the_version_both_sheets_are_written():
    """What the version prevents does happen without it; otherwise the tests above would prove nothing."""
    scheme = SchemeFactory(money={"province": 100}, state="submitted")
    people = [UserFactory(role="reviewer") for _ in range(2)]

    ends = together(*(lambda by=by: services.record_sheet(scheme, by=by, stage="base", sheet=SHEET) for by in people))

    assert ends == [None, None]
    assert scheme.appraisals.count() == 2


def test_two_confirm_one_exception_once():
    SupportRuleFactory(ceiling=10, rate=None)
    scheme = SchemeFactory(money={"province": 100}, benefits={FacilityFactory(): 50})
    exception = ceilings.explain(scheme, ceilings.check(scheme)[0], "Đặc thù", scheme.created_by)
    people = [UserFactory(role="reviewer") for _ in range(2)]

    ends = together(*(lambda by=by: services.confirm_exception(exception, by=by) for by in people))

    assert refusals(ends) == ["", "ceiling_exception_confirmed_only"]
