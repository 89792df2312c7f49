"""The register of facilities: list, filters, what a select offers, history."""

import pytest
from django.urls import reverse

from facilities.models import IndustrialCluster
from tests.facilities.builders import commune_of, district_of, merged
from tests.factories import FacilityFactory, ProvinceFactory, UserFactory
from tests.pages import form_data, rows, soup

pytestmark = pytest.mark.django_db
LIST = "facilities:facility-list"


def found(client, **query):
    """The names that the list shows."""
    page = soup(client.get(reverse(LIST), query))
    return [a.get_text() for a in page.select("#facilities a.title")]


@pytest.mark.parametrize("typed", ["nghe an", "NGHỆ AN", "thuy san", "0101248141"])
def test_search_needs_no_diacritics(client, staff, typed):
    FacilityFactory(name="Cơ sở Thuỷ sản", tax_code="0101248141", province=staff.province)
    other = ProvinceFactory(code="42", name="Hà Tĩnh")
    FacilityFactory(name="Cơ sở Thủy sản Nghệ An tại Hà Tĩnh", province=other)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST), {"q": typed}))

    assert [a.get_text() for a in page.select("#facilities a.title")] == ["Cơ sở Thuỷ sản"]


def test_list_is_in_vietnamese_order(client, staff):
    for name in ("Đồng Tâm", "Ánh Dương", "Dệt may", "An Bình", "Ê Đê", "Zô"):
        FacilityFactory(name=name, province=staff.province)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert [a.get_text() for a in page.select("#facilities a.title")] == [
        "An Bình",
        "Ánh Dương",
        "Dệt may",
        "Đồng Tâm",
        "Ê Đê",
        "Zô",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    FacilityFactory.create_batch(count, province=staff.province)
    client.force_login(staff)

    with django_assert_num_queries(11):
        client.get(reverse(LIST))


def test_list_adds_up_workers_and_says_how_many_are_silent(client, staff):
    for workers in (60, 12, None):
        FacilityFactory(workers=workers, province=staff.province)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert [" ".join(one.get_text(" ", strip=True).split()) for one in page.select(".totals > div")] == [
        "Số cơ sở 3",
        "Tổng lao động (người) 72",
        "Chưa ghi lao động (cơ sở) 1",
    ]


def test_list_is_asked_by_place_of_today_and_of_before(client, staff):
    district = district_of(staff.province, "Diễn Châu")
    today, before = commune_of(staff.province, "Đức Châu"), commune_of(staff.province, "Diễn Kỷ", parent=district)
    FacilityFactory(name="Ở xã nay", commune=today, province=staff.province)
    FacilityFactory(name="Ở xã cũ", commune=before, province=staff.province)
    FacilityFactory(name="Ở đâu đó", province=staff.province)
    client.force_login(staff)

    assert found(client, commune=today.pk) == ["Ở xã nay"]
    assert found(client, commune=before.pk) == ["Ở xã cũ"]
    assert found(client, former_district=district.pk) == ["Ở xã cũ"]


@pytest.mark.parametrize(
    ("mark", "holder"),
    [
        ("workers", {"workers": 50}),
        ("material", {"local_material_share": "50.01"}),
        ("export", {"is_exporter": True}),
    ],
)
def test_list_is_asked_by_a_mark_of_priority(client, staff, mark, holder):
    FacilityFactory(name="Được ưu tiên", province=staff.province, **holder)
    FacilityFactory(name="Sát mốc", workers=49, local_material_share=50, province=staff.province)
    client.force_login(staff)

    assert found(client, mark=mark) == ["Được ưu tiên"]


def test_list_is_asked_by_difficult_area_cluster_and_eligibility(client, staff):
    commune = commune_of(staff.province, "Keng Đu", is_difficult=True)
    cluster = IndustrialCluster.objects.create(name="CCN Tháp Hồng Kỷ", province=staff.province)
    FacilityFactory(name="Vùng khó", commune=commune, province=staff.province)
    FacilityFactory(name="Trong cụm", cluster=cluster, province=staff.province)
    FacilityFactory(name="Đã xét", eligibility="eligible", eligibility_reason="Đủ hồ sơ", province=staff.province)
    client.force_login(staff)

    assert found(client, mark="difficult") == ["Vùng khó"]
    assert found(client, cluster=cluster.pk) == ["Trong cụm"]
    assert found(client, eligibility="eligible") == ["Đã xét"]


def test_a_merged_facility_is_listed_no_more_but_found_by_its_name_under_the_kept_one(client, staff):
    kept = FacilityFactory(name="Chè Thanh Chương", province=staff.province)
    merged(FacilityFactory(name="Cơ sở chè ông Mẫu", province=staff.province), kept, by=staff)
    client.force_login(staff)

    assert found(client) == ["Chè Thanh Chương"]
    assert "tên cũ: Cơ sở chè ông Mẫu" in soup(client.get(reverse(LIST))).select_one("#facilities").get_text()
    assert found(client, q="ong mau") == ["Chè Thanh Chương"]


def test_options_offer_the_kept_facility_for_a_former_name(client, staff):
    kept = FacilityFactory(name="Chè Thanh Chương", province=staff.province)
    merged(FacilityFactory(name="Cơ sở chè ông Mẫu", province=staff.province), kept, by=staff)
    client.force_login(staff)

    results = client.get(reverse("facilities:facility-options"), {"q": "ong mau"}).json()["results"]

    assert results == [{"value": kept.pk, "text": "Chè Thanh Chương", "note": "tên cũ: Cơ sở chè ông Mẫu"}]


@pytest.mark.parametrize("count", [1, 3])
def test_options_cost_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    district = district_of(staff.province, "Diễn Châu")
    for number in range(count):
        commune = commune_of(staff.province, f"Xã {number}", parent=district)
        FacilityFactory(province=staff.province, commune=commune)
    client.force_login(staff)

    with django_assert_num_queries(4):
        client.get(reverse("facilities:facility-options"), {"q": "co so"})


def test_options_are_of_the_persons_province_only(client, staff):
    FacilityFactory(name="Chè Thanh Chương", province=staff.province)
    FacilityFactory(name="Chè Hà Tĩnh", province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(staff)

    results = client.get(reverse("facilities:facility-options"), {"q": "che"}).json()["results"]

    assert [one["text"] for one in results] == ["Chè Thanh Chương"]


def test_history_of_a_facility_tells_who_changed_what(client, staff):
    facility = FacilityFactory(name="Tên cũ", province=staff.province)
    client.force_login(staff)
    url = reverse("facilities:facility-edit", args=[facility.pk])
    client.post(url, form_data(soup(client.get(url)), "form#facility") | {"name": "Tên mới"})

    page = soup(client.get(reverse("facilities:facility-history", args=[facility.pk])))

    assert rows(page.select_one("article"), "tbody tr") == [["tên cơ sở", "Tên cũ", "Tên mới"]]
    assert str(staff) in page.select_one("article").get_text()


def test_a_leader_reads_but_does_not_write(client):
    leader = UserFactory(role="leader")
    facility = FacilityFactory(province=leader.province)
    client.force_login(leader)

    assert client.get(facility.get_absolute_url()).status_code == 200
    assert client.get(reverse("facilities:facility-edit", args=[facility.pk])).status_code == 403
