"""What puts a beneficiary first stands beside it where support is decided."""

import datetime

import pytest
from django.utils import timezone

from programmes.grounds import with_grounds
from tests.facilities.builders import merged
from tests.factories import FacilityFactory, SchemeFactory
from tests.fairs.factories import certified
from tests.pages import soup
from tests.programmes.reviewing import page_of

pytestmark = pytest.mark.django_db
LAST = datetime.date(timezone.localdate().year, 12, 31)


def test_a_certified_product_is_a_ground_where_the_scheme_is_appraised(client, reviewer):
    facility = FacilityFactory(workers=80)
    certified(facility, valid_to=LAST)
    scheme = SchemeFactory(money={"province": 100}, benefits={facility: 50}, state="submitted")
    client.force_login(reviewer)

    page = soup(client.get(page_of(scheme)))
    cell = page.select_one("section[aria-labelledby=benefits-title] tbody th").get_text(" ", strip=True)
    assert "Thuộc diện ưu tiên theo hồ sơ: Từ 50 lao động; Có sản phẩm CNNT tiêu biểu" in cell


def test_a_declared_priority_without_a_ground_is_said():
    scheme = SchemeFactory(money={"province": 100}, benefits={FacilityFactory(): 50})
    assert [one.grounds for one in with_grounds(scheme.beneficiaries)] == [[]]


def test_grounds_of_a_merged_facility_are_those_of_the_kept_one(administrator):
    kept, duplicate = FacilityFactory.create_batch(2)
    scheme = SchemeFactory(money={"province": 100}, benefits={duplicate: 50})
    certified(kept, valid_to=LAST)
    merged(duplicate, kept, by=administrator)

    assert [one.grounds for one in with_grounds(scheme.beneficiaries)] == [["Có sản phẩm CNNT tiêu biểu"]]


def test_it_costs_two_queries_for_any_number(django_assert_num_queries):
    scheme = SchemeFactory(
        money={"province": 100}, benefits={FacilityFactory(): 5, FacilityFactory(): 5, FacilityFactory(): 5}
    )

    with django_assert_num_queries(2):
        with_grounds(scheme.beneficiaries)
