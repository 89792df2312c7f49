"""What was written for a facility counts for the one that it was merged into, wherever schemes are read."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.admin.page import earlier_support
from programmes.models import SchemeBeneficiary
from reports import sources
from tests.facilities.builders import merged
from tests.factories import BeneficiaryFactory, FacilityFactory, SchemeFactory
from tests.pages import form_data, rows, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(staff):
    """(kept, duplicate), each with an approved scheme."""
    kept = FacilityFactory(name="Công ty TNHH An Bình", province=staff.province)
    duplicate = FacilityFactory(name="Cty An Bình", province=staff.province)
    for facility in (kept, duplicate):
        SchemeFactory(province=staff.province, money={"province": 900}, benefits={facility: 300}, state="approved")
    return kept, duplicate


def test_reports_count_the_two_as_one_facility(staff, pair):
    kept, duplicate = pair
    merged(duplicate, kept, by=staff)

    benefits = sources._benefits([row.scheme for row in SchemeBeneficiary.objects.all()], timezone.localdate())

    assert {benefit.facility_id for benefit in benefits} == {kept.pk}
    assert {benefit.facility for benefit in benefits} == {kept.name, duplicate.name}


def test_a_reviewer_sees_what_the_duplicate_received_before(staff, reviewer, pair):
    kept, duplicate = pair
    scheme = SchemeFactory(province=staff.province, money={"province": 900}, benefits={kept: 100})
    merged(duplicate, kept, by=staff)

    assert earlier_support(scheme, reviewer) == {kept.pk: [{"year": "2020", "amount": 600}]}


def test_a_scheme_is_found_by_the_name_of_the_kept_one(client, staff, pair):
    kept, duplicate = pair
    merged(duplicate, kept, by=staff)
    client.force_login(staff)

    page = soup(client.get(reverse("programmes:scheme-list"), {"q": "cong ty tnhh an binh"}))

    assert len(rows(page, "#schemes tbody tr")) == 2


def test_nothing_new_is_written_for_the_duplicate(staff, pair):
    kept, duplicate = pair
    merged(duplicate, kept, by=staff)

    with pytest.raises(Exception, match=r"Cty An Bình.*đã gộp vào.*Công ty TNHH An Bình"):
        BeneficiaryFactory(scheme=SchemeFactory(money={"province": 5}), facility=duplicate, proposed_amount=1)


def test_a_draft_written_before_the_merge_can_still_be_saved(client, staff, pair):
    kept, duplicate = pair
    draft = SchemeFactory(province=staff.province, created_by=staff, money={"province": 900}, benefits={duplicate: 50})
    merged(duplicate, kept, by=staff)
    client.force_login(staff)
    url = reverse("programmes:scheme-edit", args=[draft.pk])

    answer = client.post(url, form_data(soup(client.get(url))) | {"name": "Tên đã sửa"})

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.name, draft.beneficiaries.get().facility) == ("Tên đã sửa", duplicate)
