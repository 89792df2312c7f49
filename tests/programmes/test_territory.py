"""The list of schemes by the boundaries of the time and by those of today."""

import datetime

import pytest
from django.urls import reverse

from tests.factories import LineageFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db
LAST, FIRST = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
LIST = "programmes:scheme-list"


@pytest.fixture
def provinces():
    """Hòa Bình and the old Phú Thọ became the Phú Thọ of today, which was renamed once more."""
    found = {
        "hoa_binh": ProvinceFactory(code="17", name="Hòa Bình", valid_to=LAST),
        "old": ProvinceFactory(code="25", name="Phú Thọ", valid_to=LAST),
        "new": ProvinceFactory(code="25", name="Phú Thọ", valid_from=FIRST, valid_to=datetime.date(2026, 8, 31)),
        "city": ProvinceFactory(code="25", name="Phú Thọ", valid_from=datetime.date(2026, 9, 1), kind="city"),
    }
    for name in ("hoa_binh", "old"):
        LineageFactory(predecessor=found[name], successor=found["new"], kind="merged")
    LineageFactory(predecessor=found["new"], successor=found["city"], kind="status")
    SchemeFactory(name="Của Hòa Bình", province=found["hoa_binh"], money={"province": 100_000_001})
    SchemeFactory(name="Của Phú Thọ cũ", province=found["old"], money={"province": 200_000_002})
    SchemeFactory(name="Của Phú Thọ mới", province=found["new"], year=2025, money={"province": 300_000_003})
    return found


def listed(client, **query):
    page = soup(client.get(reverse(LIST), query))
    return sorted(link.get_text() for link in page.select("#schemes tbody a.title")), page


def test_today_s_province_has_all_that_went_into_it(client, provinces):
    client.force_login(UserFactory(province=None, role="leader"))

    found, page = listed(client, province=provinces["city"].pk)

    assert found == ["Của Hòa Bình", "Của Phú Thọ cũ", "Của Phú Thọ mới"]
    assert "theo địa giới hiện nay" in page.h1.find_next("p").get_text()


def test_by_the_boundaries_of_the_time_it_has_only_its_own_under_all_its_names(client, provinces):
    client.force_login(UserFactory(province=None, role="leader"))

    found, page = listed(client, province=provinces["city"].pk, boundaries="as_was")

    assert found == ["Của Phú Thọ mới"]
    assert "địa giới tại thời điểm" in page.h1.find_next("p").get_text()
    assert listed(client, province=provinces["old"].pk, boundaries="as_was")[0] == ["Của Phú Thọ cũ"]


def test_a_person_of_the_merged_province_sees_its_predecessors_and_can_tell_them_apart(client, provinces):
    client.force_login(UserFactory(province=provinces["new"]))

    assert len(listed(client)[0]) == 3
    assert len(listed(client, boundaries="as_was")[0]) == 3
    assert listed(client, province=provinces["city"].pk, boundaries="as_was")[0] == ["Của Phú Thọ mới"]
    assert listed(client, province=provinces["hoa_binh"].pk)[0] == ["Của Hòa Bình"]


def test_where_nothing_was_merged_nobody_is_asked(client, staff):
    client.force_login(staff)

    _, page = listed(client)

    assert not page.select("[name=boundaries]")
    assert "địa giới" not in page.h1.find_next("p").get_text()


def test_a_province_that_became_part_of_another_is_asked_for_by_the_boundaries_of_the_time(client, provinces):
    client.force_login(UserFactory(province=None, role="leader"))

    found, page = listed(client, province=provinces["hoa_binh"].pk, boundaries="today")

    assert found == ["Của Hòa Bình"]
    assert "địa giới tại thời điểm" in page.h1.find_next("p").get_text()
    assert page.select_one("[name=boundaries] [selected]")["value"] == "as_was"


def test_a_province_under_an_older_name_is_by_today_s_boundaries_the_same_place(client, provinces):
    SchemeFactory(name="Của thành phố Phú Thọ", province=provinces["city"], year=2026)
    client.force_login(UserFactory(province=None, role="leader"))

    found, page = listed(client, province=provinces["new"].pk, boundaries="today")

    assert found == ["Của Hòa Bình", "Của Phú Thọ cũ", "Của Phú Thọ mới", "Của thành phố Phú Thọ"]
    assert "theo địa giới hiện nay" in page.h1.find_next("p").get_text()
