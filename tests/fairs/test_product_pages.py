"""Products: list, page, form, options, search."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.models import Product
from khuyencong.search import Query, search
from tests.facilities.builders import merged
from tests.factories import FacilityFactory, ProvinceFactory
from tests.fairs.factories import (
    CertificateFactory,
    CommendationFactory,
    EntryFactory,
    ProductFactory,
    RoundFactory,
    certified,
    level,
    region,
    score,
)
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
LIST, NEW, OPTIONS = "fairs:product-list", "fairs:product-create", "fairs:product-options"
FORM = "main form[data-kc-unsaved]"
VALID = datetime.date(2022, 5, 4)  # a day on which a certificate of 2020 is in force


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: VALID)


@pytest.fixture
def facility(staff):
    return FacilityFactory(name="Hợp tác xã Chè Thanh Chương", province=staff.province)


def titles(client, **asked):
    return [a.get_text() for a in soup(client.get(reverse(LIST), asked)).select("#products a.title")]


def of_region(certificate):
    """A certificate of the region that rests on `certificate`."""
    province = certificate.round.cycle.province
    above = RoundFactory(
        cycle=certificate.round.cycle,
        level=level("region"),
        region=region(province),
        opens_on=datetime.date(2021, 3, 1),
        created_by=certificate.round.created_by,
    )
    entry = EntryFactory(round=above, product=certificate.entry.product, lower_certificate=certificate)
    return CertificateFactory(entry=entry)


def opened(client, url):
    return form_data(soup(client.get(url)), FORM)


@pytest.mark.parametrize("typed", ["che shan", "CHÈ SHAN", "thanh chuong"])
def test_search_needs_no_diacritics_and_stays_in_the_province(client, staff, facility, typed):
    ProductFactory(name="Chè Shan tuyết", facility=facility)
    ProductFactory(name="Nước mắm", facility=FacilityFactory(province=staff.province))
    ProductFactory(name="Chè Shan Thanh Chương", facility__province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(staff)

    assert titles(client, q=typed) == ["Chè Shan tuyết"]


def test_filters_find_group_set_level_and_what_is_public(client, staff, facility):
    ProductFactory(name="Bàn ghế", facility=facility, group="craft", is_set=True, parts="Bàn\nGhế", is_public=False)
    ProductFactory(name="Cối xay", facility=facility, group="machine")
    of_region(certified(facility))
    client.force_login(staff)
    high = Product.objects.get(entries__certificate__round__level__code="region").name

    assert titles(client, group="machine") == ["Cối xay"]
    assert titles(client, kind="set") == titles(client, public="no") == ["Bàn ghế"]
    assert titles(client, level="region") == [high]
    assert titles(client, level="province") == []
    assert titles(client, level="none") == ["Bàn ghế", "Cối xay"]


def test_the_list_tells_the_highest_certificate_in_force_and_adds_up(client, staff, facility):
    highest = of_region(certified(facility))
    ProductFactory(facility=facility)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    told = [row[3] for row in rows(page, "#products tbody tr")]
    assert sorted(told) == sorted([f"Cấp khu vực số {highest.number} , đến 31/12/2024", "không có giấy còn giá trị"])
    strip = [one.get_text(" ", strip=True) for one in page.select(".totals > div")]
    assert strip == ["Sản phẩm 2", "Trong đó bộ sản phẩm 0", "Cơ sở 1", "Có giấy chứng nhận còn giá trị 1"]


def test_a_certificate_that_ended_no_longer_counts(client, staff, facility):
    certified(facility, valid_to=VALID - datetime.timedelta(days=1))
    client.force_login(staff)

    assert len(titles(client, level="none")) == 1
    assert titles(client, level="province") == []


def test_a_product_of_a_merged_facility_is_shown_under_the_kept_one(client, staff, facility):
    old = FacilityFactory(name="Cơ sở cũ", province=staff.province)
    product = ProductFactory(facility=old)
    ProductFactory(facility=facility)
    merged(old, facility, by=staff)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert [row[1] for row in rows(page, "#products tbody tr")] == [facility.name] * 2
    assert "Cơ sở 1" in [one.get_text(" ", strip=True) for one in page.select(".totals > div")]
    detail = soup(client.get(product.get_absolute_url()))
    assert "ghi cho “Cơ sở cũ”, đã gộp" in detail.select_one("aside").get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        certified(FacilityFactory(province=staff.province))
    client.force_login(staff)

    with django_assert_num_queries(10):
        client.get(reverse(LIST))


@pytest.mark.parametrize("count", [1, 3])
def test_options_cost_the_same_and_know_the_facility(client, staff, facility, count, django_assert_num_queries):
    ProductFactory.create_batch(count, facility=facility)
    client.force_login(staff)

    with django_assert_num_queries(4):
        found = client.get(reverse(OPTIONS), {"q": "thanh chuong"}).json()["results"]

    assert [one["note"] for one in found] == [facility.name] * count


def test_the_page_tells_the_ladder_with_every_dossier(client, staff, facility):
    first = certified(facility)
    second = of_region(first)
    nation = RoundFactory(
        cycle=first.round.cycle, level=level("nation"), opens_on=datetime.date(2022, 1, 5), created_by=staff
    )
    EntryFactory(round=nation, product=first.entry.product, lower_certificate=second)
    client.force_login(staff)

    page = soup(client.get(first.entry.product.get_absolute_url()))

    steps = [(one["data-state"], one.get_text(" ", strip=True)) for one in page.select(".steps li")]
    assert steps[-3:] == [
        ("done", "Cấp tỉnh (xong) đến 31/12/2023"),
        ("done", "Cấp khu vực (xong) đến 31/12/2024"),
        ("current", "Cấp quốc gia Đã đăng ký"),
    ]
    assert [row[1] for row in rows(page, "#ladder tbody tr")] == ["Được công nhận", "Được công nhận", "Đã đăng ký"]


def test_a_revoked_certificate_is_named_so_on_the_ladder(client, staff, facility):
    certificate = certified(
        facility,
        revoked_on=datetime.date(2021, 2, 3),
        revocation_number="9/QĐ",
        revocation_reason="Vi phạm",
        revoked_by=staff,
    )
    client.force_login(staff)

    page = soup(client.get(certificate.entry.product.get_absolute_url()))

    assert "đã thu hồi 03/02/2021" in page.select_one(".steps").get_text()
    assert titles(client, level="none") == [certificate.entry.product.name]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_dossiers(client, staff, facility, count, django_assert_num_queries):
    certificate = certified(facility)
    for year in range(2021, 2020 + count):
        cycle = RoundFactory(cycle__province=facility.province, opens_on=datetime.date(year, 3, 2))
        EntryFactory(round=cycle, product=certificate.entry.product)
    client.force_login(staff)
    url = certificate.entry.product.get_absolute_url()

    with django_assert_num_queries(9):
        client.get(url)


def test_a_product_is_added_for_a_facility_and_a_set_names_its_parts(client, staff, facility):
    client.force_login(staff)
    url = f"{reverse(NEW)}?facility={facility.pk}"
    typed = opened(client, url) | {"is_public": "on"}
    assert typed["facility"] == str(facility.pk)

    page = soup(client.post(url, typed | {"name": "Bộ ấm chén", "group": "craft", "is_set": "on"}))
    assert any("Bộ sản phẩm thì kể các sản phẩm trong bộ" in one for one in sentences(page))
    client.post(url, typed | {"name": "Bộ ấm chén", "group": "craft", "is_set": "on", "parts": "Ấm\nChén"})

    product = Product.objects.get()
    assert (product.facility, product.parts, product.is_public) == (facility, "Ấm\nChén", True)


def test_the_same_name_twice_is_refused_beside_the_name(client, staff, facility):
    ProductFactory(name="Chè", facility=facility)
    client.force_login(staff)
    typed = opened(client, reverse(NEW)) | {"facility": facility.pk, "name": "Chè", "group": "food"}

    page = soup(client.post(reverse(NEW), typed))

    assert "Cơ sở này đã có sản phẩm cùng tên." in page.select_one("#id_name_error").get_text()
    assert Product.objects.count() == 1


def test_a_product_is_not_given_to_a_facility_of_another_province(client, staff):
    other = FacilityFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(staff)

    client.post(reverse(NEW), opened(client, reverse(NEW)) | {"facility": other.pk, "name": "Chè", "group": "food"})

    assert not Product.objects.exists()


def test_the_facility_stays_once_the_product_has_a_dossier(client, staff, facility):
    product = ProductFactory(facility=facility)
    EntryFactory(round=RoundFactory(cycle__province=staff.province), product=product)
    another = FacilityFactory(province=staff.province)
    client.force_login(staff)
    url = reverse("fairs:product-edit", args=[product.pk])

    client.post(url, opened(client, url) | {"facility": another.pk, "name": "Tên mới"})

    product.refresh_from_db()
    assert (product.facility, product.name) == (facility, "Tên mới")


def test_the_second_of_two_people_is_told_what_the_first_saved(client, staff, facility):
    product = ProductFactory(facility=facility)
    client.force_login(staff)
    url = reverse("fairs:product-edit", args=[product.pk])
    mine = opened(client, url) | {"note": "Của tôi"}
    client.post(url, opened(client, url) | {"description": "Của người kia"})

    page = soup(client.post(url, mine))

    assert any("Người khác vừa lưu hồ sơ này" in one for one in sentences(page))
    product.refresh_from_db()
    assert (product.description, product.note) == ("Của người kia", "")


def test_a_product_with_a_dossier_is_not_deleted(client, staff, facility):
    entry = EntryFactory(round=RoundFactory(cycle__province=staff.province), product=ProductFactory(facility=facility))
    score(entry.round)
    client.force_login(staff)

    page = soup(client.post(reverse("fairs:product-delete", args=[entry.product.pk]), follow=True))

    assert any("đã có hồ sơ bình chọn nên không xóa được" in one for one in sentences(page))
    assert Product.objects.filter(pk=entry.product.pk).exists()


def test_the_search_box_finds_products_certificates_and_commendations(staff, facility):
    certificate = certified(facility, number="215/GCN-UBND")
    CommendationFactory(province=staff.province, recipient="Phòng Kinh tế huyện Đô Lương")
    ProductFactory(name="Nước mắm Vạn Phần", facility=facility)

    def found(typed):
        return {group.label: [hit.title for hit in group.hits] for group in search(Query.read(typed), staff)}

    assert found("nuoc mam van")["Sản phẩm CNNT"] == ["Nước mắm Vạn Phần"]
    assert found("215 gcn ubnd")["Giấy chứng nhận"] == [f"Giấy chứng nhận {certificate.number}"]
    assert found("phong kinh te")["Khen thưởng"] == ["Phòng Kinh tế huyện Đô Lương"]
