"""Commendations: list with totals, form."""

import pytest
from django.urls import reverse

from fairs.models import Commendation
from tests.factories import FacilityFactory, ProvinceFactory
from tests.fairs.factories import CommendationFactory
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
LIST, NEW = "fairs:commendation-list", "fairs:commendation-create"
FORM = "main form[data-kc-unsaved]"


def names(client, **asked):
    return [one.get_text() for one in soup(client.get(reverse(LIST), asked)).select("#commendations .title")]


def opened(client, url):
    return form_data(soup(client.get(url)), FORM)


def test_the_list_adds_up_what_is_known_only_as_a_number(client, staff):
    CommendationFactory(province=staff.province, recipient="05 tập thể", count=5)
    CommendationFactory(province=staff.province, recipient_kind="individual", recipient="12 cá nhân", count=12)
    CommendationFactory(province=staff.province, level="minister", recipient="Trung tâm")
    CommendationFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"), count=99)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert [one.get_text(" ", strip=True) for one in page.select(".totals > div")] == [
        "Tập thể 6",
        "Cá nhân 12",
        "Bộ trưởng (tập thể / cá nhân) 1 / 0",
        "Chủ tịch UBND tỉnh (tập thể / cá nhân) 5 / 12",
    ]


def test_filters_find_year_level_kind_and_words(client, staff):
    CommendationFactory(province=staff.province, recipient="Phòng Kinh tế", achievement="Khuyến công xuất sắc")
    CommendationFactory(province=staff.province, year=2019, recipient_kind="individual", recipient="Cá nhân mẫu")
    client.force_login(staff)

    assert names(client, year="2019") == names(client, recipient_kind="individual") == ["Cá nhân mẫu"]
    assert names(client, q="khuyen cong xuat sac") == ["Phòng Kinh tế"]
    assert names(client, level="minister") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    CommendationFactory.create_batch(count, province=staff.province)
    client.force_login(staff)

    with django_assert_num_queries(8):
        client.get(reverse(LIST))


def test_a_commendation_is_added_for_a_facility(client, staff):
    facility = FacilityFactory(province=staff.province)
    client.force_login(staff)
    typed = {
        "year": "2020",
        "recipient_kind": "collective",
        "recipient": "Hợp tác xã Chè",
        "facility": facility.pk,
        "decision_number": "12/QĐ-UBND",
        "decided_on": "05/01/2021",
    }

    client.post(reverse(NEW), opened(client, reverse(NEW)) | typed)

    one = Commendation.objects.get()
    assert (one.province, one.facility, one.count, one.created_by) == (staff.province, facility, 1, staff)
    assert (one.form, one.level) == ("Bằng khen", "province")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"recipient": ""}, "recipient", "Nhập tập thể, cá nhân được khen."),
        ({"year": "1999"}, "year", "Năm phải từ 2005 đến 2100."),
        ({"count": "0"}, "count", "Số lượng từ 1"),
        ({"recipient": "Đã có"}, "recipient", "Khen thưởng này đã được ghi."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_box(client, staff, typed, field, sentence):
    CommendationFactory(province=staff.province, recipient="Đã có")
    client.force_login(staff)
    filled = opened(client, reverse(NEW)) | {"year": "2020", "recipient_kind": "collective", "recipient": "Mới"}

    page = soup(client.post(reverse(NEW), filled | typed))

    assert sentence in page.select_one(f"#id_{field}_error").get_text()
    assert Commendation.objects.count() == 1


def test_a_facility_of_another_province_is_not_offered(client, staff):
    other = FacilityFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(staff)
    filled = opened(client, reverse(NEW)) | {"year": "2020", "recipient_kind": "collective", "recipient": "Mới"}

    client.post(reverse(NEW), filled | {"facility": other.pk})

    assert not Commendation.objects.exists()


def test_a_commendation_is_changed_once_at_a_time_with_its_history_and_deleted(client, staff):
    one = CommendationFactory(province=staff.province)
    client.force_login(staff)
    url = reverse("fairs:commendation-edit", args=[one.pk])
    mine = opened(client, url) | {"note": "Của tôi"}
    client.post(url, opened(client, url) | {"achievement": "Xuất sắc"})

    page = soup(client.post(url, mine))

    assert any("Người khác vừa lưu hồ sơ này" in sentence for sentence in sentences(page))
    history = soup(client.get(reverse("fairs:commendation-history", args=[one.pk])))
    assert rows(history.select_one("article"), "tbody tr") == [["thành tích", "Xuất sắc"]]
    client.post(reverse("fairs:commendation-delete", args=[one.pk]))
    assert not Commendation.objects.exists()
