"""The register of facilities."""

import pytest
from django.urls import reverse

from facilities.models import Facility
from tests.factories import BeneficiaryFactory, FacilityFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
LIST, NEW = "facilities:facility-list", "facilities:facility-create"


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

    with django_assert_num_queries(7):
        client.get(reverse(LIST))


def test_a_facility_is_added_to_the_persons_province(client, staff):
    client.force_login(staff)
    data = form_data(soup(client.get(reverse(NEW))), "main form")

    client.post(reverse(NEW), data | {"name": "Hợp tác xã Chè", "legal_form": "cooperative", "workers": "25"})

    facility = Facility.objects.get()
    assert (facility.name, facility.province, facility.workers) == ("Hợp tác xã Chè", staff.province, 25)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("12345", "Mã số thuế gồm 10 số, 10 số và"),
        ("0101248142", "Số kiểm tra của mã số thuế không khớp"),
        ("0101248141", "Mã số thuế này đã có ở một cơ sở khác trong danh bạ."),
    ],
)
def test_a_wrong_tax_code_is_refused_beside_it_and_stays(client, staff, code, sentence):
    FacilityFactory(tax_code="0101248141", province=staff.province)
    client.force_login(staff)
    data = form_data(soup(client.get(reverse(NEW))), "main form")

    page = soup(client.post(reverse(NEW), data | {"name": "Cơ sở", "tax_code": code}))

    control = page.select_one("[name=tax_code]")
    assert control["value"] == code
    assert any(sentence in li.get_text() for li in control.find_parent("div").select(".errors li, .errors p"))
    assert sentences(page)
    assert Facility.objects.count() == 1


@pytest.mark.parametrize(("code", "checked"), [("0101248142", "on"), ("001199012345", ""), ("0100109106-001", "")])
def test_a_checked_or_personal_tax_code_passes(client, staff, code, checked):
    client.force_login(staff)
    data = form_data(soup(client.get(reverse(NEW))), "main form")

    client.post(reverse(NEW), data | {"name": "Cơ sở", "tax_code": code, "tax_code_checked": checked})

    assert Facility.objects.get().tax_code == code


def test_page_adds_up_what_the_facility_received(client, staff):
    facility = FacilityFactory(province=staff.province)
    for amount in (70_000_000, 30_000_000):
        scheme = SchemeFactory(province=staff.province, money={"province": 100_000_000})
        BeneficiaryFactory(scheme=scheme, facility=facility, proposed_amount=amount)
    client.force_login(staff)

    page = soup(client.get(facility.get_absolute_url()))

    assert rows(page, "tfoot tr") == [["Tổng", "", "", "100.000.000", ""]]


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
    client.post(url, form_data(soup(client.get(url)), "main form") | {"name": "Tên mới"})

    page = soup(client.get(reverse("facilities:facility-history", args=[facility.pk])))

    assert rows(page.select_one("article"), "tbody tr") == [["tên cơ sở", "Tên cũ", "Tên mới"]]
    assert str(staff) in page.select_one("article").get_text()


def test_a_leader_reads_but_does_not_write(client):
    leader = UserFactory(role="leader")
    facility = FacilityFactory(province=leader.province)
    client.force_login(leader)

    assert client.get(facility.get_absolute_url()).status_code == 200
    assert client.get(reverse("facilities:facility-edit", args=[facility.pk])).status_code == 403
