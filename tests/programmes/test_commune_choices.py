"""Records in a commune that was divided wait for a person: nothing is guessed, and the choice is checked."""

import datetime

import pytest
from django.urls import reverse

from khuyencong.models import AdministrativeUnit, UnitLineage
from khuyencong.refusals import explain
from khuyencong.services import COMMUNE_CHOSEN, derive_communes_today
from programmes import divided
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory
from tests.pages import rows, sentences, soup

pytestmark = pytest.mark.django_db
PAGE = "programmes:commune-choices"
LAST, FIRST = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)


def unit(code, name, province, **values):
    values = {"level": "commune", "kind": "xa"} | values
    return AdministrativeUnit.objects.create(code=code, name=name, province=province, **values)


@pytest.fixture
def places(staff):
    """A commune that was divided between two, and one that went whole into the first of them."""
    district = unit("400", "Đà Bắc", staff.province, level="district", kind="huyen", valid_to=LAST)
    old = {"parent": district, "valid_to": LAST}
    divided_one, whole = (
        unit("04891", "Vầy Nưa", staff.province, **old),
        unit("04892", "Tiền Phong", staff.province, **old),
    )
    first = unit("04891", "Tiền Phong mới", staff.province, valid_from=FIRST)
    second = unit("04893", "Đà Bắc", staff.province, valid_from=FIRST)
    other = unit("04894", "Cao Sơn", staff.province, valid_from=FIRST)
    UnitLineage.objects.create(predecessor=divided_one, successor=first, kind="divided")
    UnitLineage.objects.create(predecessor=divided_one, successor=second, kind="divided")
    UnitLineage.objects.create(predecessor=whole, successor=first, kind="merged")
    return {
        "divided": divided_one,
        "whole": whole,
        "first": first,
        "second": second,
        "other": other,
        "district": district,
    }


def test_a_whole_commune_leads_to_its_successor_and_to_its_former_district(staff, places):
    facility = FacilityFactory(province=staff.province, commune=places["whole"])
    facility.refresh_from_db()

    assert (facility.commune_today, facility.former_district) == (places["first"], places["district"])


def test_a_divided_commune_leads_nowhere_by_itself(staff, places):
    scheme = SchemeFactory(province=staff.province, commune=places["divided"])
    scheme.refresh_from_db()

    assert scheme.commune_today is None
    assert divided.count(staff) == 1


def test_the_queue_offers_the_parts_and_only_them(client, staff, places):
    FacilityFactory(name="Cơ sở chờ", province=staff.province, commune=places["divided"])
    client.force_login(staff)

    page = soup(client.get(reverse(PAGE)))

    assert [row[:2] for row in rows(page, "table tbody tr")] == [["Cơ sở chờ", "xã Vầy Nưa, Đà Bắc Nghệ An"]]
    assert [one.get_text() for one in page.select("select option")] == ["Chưa chọn", "xã Đà Bắc", "xã Tiền Phong mới"]


def test_a_choice_is_recorded_with_its_reason_and_leaves_the_queue(client, staff, places):
    facility = FacilityFactory(province=staff.province, commune=places["divided"])
    client.force_login(staff)

    client.post(reverse(PAGE), {f"facility-{facility.pk}": places["second"].pk})

    facility.refresh_from_db()
    assert (facility.commune, facility.commune_today) == (places["divided"], places["second"])
    assert "da bac" in facility.search_key
    assert divided.count(staff) == 0
    assert facility.events.last().pgh_context.metadata["reason"] == COMMUNE_CHOSEN


def test_a_choice_made_in_the_queue_is_kept_when_lineage_is_read_anew(client, staff, places):
    chosen, waiting = (FacilityFactory(province=staff.province, commune=places["divided"]) for _ in range(2))
    client.force_login(staff)
    client.post(reverse(PAGE), {f"facility-{chosen.pk}": places["second"].pk})

    assert derive_communes_today() == 0
    chosen.refresh_from_db()
    waiting.refresh_from_db()
    assert (chosen.commune_today, waiting.commune_today) == (places["second"], None)


def test_a_scheme_that_was_sent_can_still_be_placed(client, staff, places):
    scheme = SchemeFactory(
        province=staff.province, commune=places["divided"], money={"province": 1000}, state="approved"
    )
    client.force_login(staff)

    client.post(reverse(PAGE), {f"scheme-{scheme.pk}": places["first"].pk})

    scheme.refresh_from_db()
    assert scheme.commune_today == places["first"]


def test_a_unit_that_is_no_part_is_refused_and_the_others_are_saved(client, staff, places):
    wrong, right = (FacilityFactory(province=staff.province, commune=places["divided"]) for _ in range(2))
    client.force_login(staff)

    answer = client.post(
        reverse(PAGE), {f"facility-{wrong.pk}": places["other"].pk, f"facility-{right.pk}": places["first"].pk}
    )

    assert sentences(soup(answer)) == [
        "Cao Sơn không phải là đơn vị kế thừa của Vầy Nưa. Hãy chọn một trong các đơn vị kế thừa."
    ]
    right.refresh_from_db()
    assert right.commune_today == places["first"]


def test_another_province_s_record_cannot_be_placed(client, staff, places):
    facility = FacilityFactory(province=staff.province, commune=places["divided"])
    stranger = type(staff).objects.create_user(
        "la", full_name="Lạ", role="staff", province=ProvinceFactory(code="42", name="Hà Tĩnh")
    )
    client.force_login(stranger)

    client.post(reverse(PAGE), {f"facility-{facility.pk}": places["first"].pk, "facility-x": "1", "a-b": "c"})

    facility.refresh_from_db()
    assert facility.commune_today is None


def test_a_commune_of_another_province_is_refused_at_every_door(staff, places):
    elsewhere = unit("18001", "Kỳ Lợi", ProvinceFactory(code="42", name="Hà Tĩnh"), valid_from=FIRST)

    with pytest.raises(Exception, match="Kỳ Lợi") as refused:
        FacilityFactory(province=staff.province, commune=elsewhere)

    assert (
        explain(refused.value).sentence == "Kỳ Lợi thuộc Hà Tĩnh, không thuộc Nghệ An. Hãy chọn đơn vị của đúng tỉnh."
    )


def test_moving_to_another_commune_forgets_the_choice(staff, places):
    facility = FacilityFactory(province=staff.province, commune=places["divided"])
    facility.commune_today = places["second"]
    facility.save()

    facility.commune = places["whole"]
    facility.save()
    facility.refresh_from_db()

    assert facility.commune_today == places["first"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_for_one_row_and_three(client, staff, places, count, django_assert_num_queries):
    FacilityFactory.create_batch(count, province=staff.province, commune=places["divided"])
    client.force_login(staff)

    with django_assert_num_queries(11):
        client.get(reverse(PAGE))
