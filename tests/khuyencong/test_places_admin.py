"""Units in the admin: changed nationally, found by typing, and records follow."""

import datetime

import pytest
from django.urls import reverse

from khuyencong.enums import Role
from khuyencong.models import AdministrativeUnit, UnitLineage
from tests.factories import CommuneFactory, FacilityFactory, UserFactory
from tests.pages import form_data, rows, soup

LAST, FIRST = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
pytestmark = pytest.mark.django_db
LIST, CHANGE = "admin:khuyencong_administrativeunit_changelist", "admin:khuyencong_administrativeunit_change"
FORM = "#administrativeunit_form"


@pytest.fixture
def nation(db):
    """An administrator of all provinces."""
    return UserFactory(role=Role.ADMINISTRATOR, province=None)


@pytest.fixture
def places(db):
    """A commune that ended with a facility in it, and one of today; nothing says yet that the one became the other."""
    old, new = CommuneFactory(name="Diễn Kỷ", valid_to=LAST), CommuneFactory(name="Đức Châu", valid_from=FIRST)
    return {"old": old, "new": new, "facility": FacilityFactory(commune=old, province=old.province)}


def with_link(page, old, kind="merged"):
    """What a browser sends once a row was added under 'hình thành từ'."""
    added = {"predecessor_links-TOTAL_FORMS": "1", "predecessor_links-0-kind": kind}
    return form_data(page, FORM) | added | {"predecessor_links-0-predecessor": old.pk}


def test_a_link_that_is_added_takes_the_records_along(client, nation, places):
    client.force_login(nation)
    page = reverse(CHANGE, args=[places["new"].pk])

    response = client.post(page, with_link(soup(client.get(page)), places["old"]))

    places["facility"].refresh_from_db()
    assert response.status_code == 302
    assert UnitLineage.objects.get().predecessor == places["old"]
    assert places["facility"].commune_today == places["new"]


def test_records_are_found_by_the_new_name_of_a_unit(client, nation, places):
    client.force_login(nation)
    page = reverse(CHANGE, args=[places["old"].pk])

    client.post(page, form_data(soup(client.get(page)), FORM) | {"name": "Diễn Thịnh"})

    places["facility"].refresh_from_db()
    assert "dien thinh" in places["facility"].search_key


def test_units_and_records_are_found_by_the_new_name_of_a_province(client, nation, places):
    client.force_login(nation)
    page = reverse("admin:khuyencong_province_change", args=[places["old"].province_id])

    client.post(page, form_data(soup(client.get(page)), "#province_form") | {"name": "Hoan Châu"})

    for row in (places["old"], places["facility"]):
        row.refresh_from_db()
        assert "hoan chau" in row.search_key


def test_a_link_out_of_order_is_refused_and_nothing_is_saved(client, nation, places):
    AdministrativeUnit.objects.filter(pk=places["old"].pk).update(valid_to=None)
    client.force_login(nation)
    page = reverse(CHANGE, args=[places["new"].pk])

    response = client.post(page, with_link(soup(client.get(page)), places["old"]) | {"name": "Tên khác"})

    places["new"].refresh_from_db()
    assert response.status_code == 409
    assert "Diễn Kỷ phải hết hiệu lực trước khi Tên khác bắt đầu." in response.content.decode()
    assert places["new"].name == "Đức Châu"


def test_no_page_draws_a_select_of_all_units(client, nation, places):
    UnitLineage.objects.create(predecessor=places["old"], successor=places["new"], kind="merged")
    CommuneFactory.create_batch(3)
    client.force_login(nation)

    page = soup(client.get(reverse(CHANGE, args=[places["new"].pk])))

    for name in ("parent", "predecessor_links-0-predecessor", "predecessor_links-__prefix__-predecessor"):
        assert len(page.select(f"select[name={name}] option[value]:not([value=''])")) <= 1


def test_units_are_found_by_typing_without_diacritics(client, nation, places):
    client.force_login(nation)
    field = {"app_label": "khuyencong", "model_name": "unitlineage", "field_name": "predecessor", "term": "dien ky"}

    found = client.get(reverse("admin:autocomplete", query=field)).json()
    listed = soup(client.get(reverse(LIST, query={"q": "dien ky"})))

    assert [one["text"] for one in found["results"]] == ["xã Diễn Kỷ (đến 30/06/2025)"]
    assert [row[1] for row in rows(listed, "#result_list tbody tr")] == ["xã Diễn Kỷ"]


@pytest.mark.parametrize(("time", "names"), [("now", ["xã Đức Châu"]), ("ended", ["xã Diễn Kỷ"])])
def test_the_list_is_narrowed_to_what_is_in_force(client, nation, places, time, names):
    client.force_login(nation)

    page = soup(client.get(reverse(LIST, query={"time": time})))

    assert [row[1] for row in rows(page, "#result_list tbody tr")] == names


def test_an_administrator_of_one_province_looks_and_does_not_change(client, administrator, places):
    client.force_login(administrator)
    page = reverse(CHANGE, args=[places["new"].pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {"is_difficult": "on"}).status_code == 403
    assert client.get(reverse("admin:khuyencong_administrativeunit_add")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, nation, count, django_assert_num_queries):
    CommuneFactory.create_batch(count)
    client.force_login(nation)

    with django_assert_num_queries(5):
        client.get(reverse(LIST))
