"""What pages say about the rules of support is what the database says."""

import pytest

from programmes import ceilings, services
from programmes.models import CeilingException
from tests.factories import BeneficiaryFactory, SchemeFactory, SupportRuleFactory, UserFactory, appraise
from tests.programmes.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme():
    """A draft whose one facility asks 400 of local money where a rule leaves 300."""
    scheme = SchemeFactory(money={"province": 400, "counterpart": 800})
    BeneficiaryFactory(scheme=scheme, proposed_amount=400)
    SupportRuleFactory(content=scheme.content, ceiling=300, rate=None, document="NQ 5/2018", clause="Điều 2")
    return scheme


def test_the_sentence_of_the_page_is_that_of_the_database(scheme):
    (excess,) = ceilings.check(scheme)

    sentence = refused(lambda: services.submit_scheme(scheme, by=scheme.created_by), "scheme_within_ceilings")

    assert sentence == excess.sentence
    assert (excess.asked, excess.most, excess.by, excess.basis) == (400, 300, 100, "NQ 5/2018, Điều 2")
    assert not excess.is_explained


def test_what_is_left_is_told_also_where_nothing_is_exceeded(scheme):
    scheme.beneficiaries.update(proposed_amount=120)

    (left,) = ceilings.left(scheme)

    assert (left.asked, left.most, left.is_over) == (120, 300, False)
    assert ceilings.check(scheme) == []


def test_a_reason_lets_it_be_sent_and_a_second_person_lets_it_be_approved(scheme):
    (excess,) = ceilings.check(scheme)
    exception = ceilings.explain(scheme, excess, " Hai dây chuyền ", scheme.created_by)
    services.submit_scheme(scheme, by=scheme.created_by)
    reviewer = UserFactory(role="reviewer", province=scheme.province)
    appraise(scheme, reviewer)
    scheme.refresh_from_db()
    decision = {"by": reviewer, "reason": "Đủ", "number": "1", "on": scheme.submitted_at.date()}

    refused(lambda: services.approve_scheme(scheme, **decision), "scheme_within_ceilings")
    exception.confirmed_by, exception.confirmed_at = reviewer, scheme.submitted_at
    exception.save()

    assert services.approve_scheme(scheme, **decision).status == "approved"
    (agreed,) = ceilings.check(scheme, ceilings.AGREED)
    assert agreed.is_confirmed


def test_a_reason_for_less_does_not_cover_more(scheme):
    ceilings.explain(scheme, ceilings.check(scheme)[0], "Hai dây chuyền", scheme.created_by)
    scheme.funding_lines.filter(source="province").update(proposed_amount=500)
    scheme.beneficiaries.update(proposed_amount=500)

    assert not ceilings.check(scheme)[0].is_explained
    refused(lambda: services.submit_scheme(scheme, by=scheme.created_by), "scheme_within_ceilings")


def test_an_empty_reason_is_none(scheme):
    excess = ceilings.check(scheme)[0]

    refused(lambda: ceilings.explain(scheme, excess, "  ", scheme.created_by), "ceiling_exception_reason_given")

    assert not CeilingException.objects.exists()
