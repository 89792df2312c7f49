"""An adjustment beyond a rule is no wall: staff write why, a reviewer confirms, then the decision is recorded."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from khuyencong.refusals import explain
from programmes.models import CeilingException
from programmes.reviewing.services import confirm_exception
from tests.factories import FacilityFactory, SchemeFactory, SupportRuleFactory, adjust
from tests.pages import sentences, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme(staff):
    """100 of a ceiling of 100, being carried out."""
    SupportRuleFactory(ceiling=Decimal(100), rate=None)
    facility = FacilityFactory(province=staff.province)
    return SchemeFactory(
        province=staff.province,
        created_by=staff,
        money={"province": 100},
        benefits={facility: 100},
        state="in_progress",
    )


def raise_both(scheme, amount):
    benefit = scheme.beneficiaries.get()
    with transaction.atomic():
        adjust(scheme, province=amount, benefits={benefit.facility_id: Decimal(amount)})
        connection.check_constraints()


def typed(client, scheme, amount, reason="Vùng đặc biệt khó khăn"):
    url = reverse("programmes:scheme-beyond", args=[scheme.pk])
    limit = soup(client.get(url)).select_one("[name=limit] option[value]:not([value=''])")["value"]
    return client.post(url, {"limit": limit, "amount": amount, "reason": reason})


def test_more_than_the_rule_is_given_after_a_reason_and_a_second_person(client, staff, reviewer, scheme):
    client.force_login(staff)
    with pytest.raises(IntegrityError) as caught:
        raise_both(scheme, 120)
    assert explain(caught.value).code == "scheme_within_ceilings"

    assert typed(client, scheme, "120").status_code == 302
    with pytest.raises(IntegrityError):
        raise_both(scheme, 120)
    confirm_exception(CeilingException.objects.get(), by=reviewer)
    raise_both(scheme, 120)

    assert scheme.funding_lines.get().agreed_amount == 120


@pytest.mark.parametrize(("amount", "reason", "said"), [("100", "Vì", "không cần ghi lý do"), ("120", "", "")])
def test_what_needs_no_reason_or_has_none_is_not_written(client, staff, scheme, amount, reason, said):
    client.force_login(staff)

    page = soup(typed(client, scheme, amount, reason))

    assert any(said in sentence for sentence in sentences(page))
    assert not CeilingException.objects.exists()


def test_a_draft_has_its_own_place_for_reasons(client, staff):
    draft = SchemeFactory(province=staff.province, created_by=staff)
    client.force_login(staff)

    answer = client.get(reverse("programmes:scheme-beyond", args=[draft.pk]))

    assert (answer.status_code, answer.url) == (302, draft.get_absolute_url())
