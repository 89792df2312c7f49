"""Lists of facilities, clusters and villages by the boundaries of the time and by those of today."""

import datetime
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from tests.facilities.builders import commune_of, district_of
from tests.facilities.factories import ClusterFactory, VillageFactory
from tests.factories import FacilityFactory, LineageFactory, ProvinceFactory, UserFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db
LAST, FIRST = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
LISTS = {"facility": "#facilities", "cluster": "#clusters", "village": "#villages"}
OLD_ONE, OLD_OTHER, NEW = "Nơi Hòa Bình", "Nơi Phú Thọ cũ", "Nơi Phú Thọ mới"


@pytest.fixture
def provinces():
    """Hòa Bình and the old Phú Thọ became the Phú Thọ of today; Hà Tĩnh is another."""
    found = {
        "hoa_binh": ProvinceFactory(code="17", name="Hòa Bình", valid_to=LAST),
        "old": ProvinceFactory(code="26", name="Phú Thọ", valid_to=LAST),
        "new": ProvinceFactory(code="25", name="Phú Thọ", valid_from=FIRST),
        "other": ProvinceFactory(code="42", name="Hà Tĩnh"),
    }
    for name in ("hoa_binh", "old"):
        LineageFactory(predecessor=found[name], successor=found["new"], kind="merged")
    return found


@pytest.fixture(params=LISTS)
def kind(request, provinces):
    """Rows of one kind: two of the time before, one of after, one elsewhere."""
    placed = {OLD_ONE: provinces["hoa_binh"], OLD_OTHER: provinces["old"], NEW: provinces["new"]}
    placed["Nơi khác"] = provinces["other"]
    for name, province in placed.items():
        if request.param == "facility":
            _facility(name, province, provinces)
        else:
            {"cluster": ClusterFactory, "village": VillageFactory}[request.param](name=name, province=province)
    return request.param


def _facility(name, province, provinces):
    """It stands in a province of today; the place of its site may be of before."""
    if province == provinces["hoa_binh"]:
        commune = commune_of(province, "Cao Sơn", parent=district_of(province, "Đà Bắc"))
        FacilityFactory(name=name, province=provinces["new"], commune=commune)
    elif province == provinces["old"]:
        FacilityFactory(name=name, province=provinces["new"], former_district=district_of(province, "Hạ Hòa"))
    else:
        FacilityFactory(name=name, province=province)


def listed(client, kind, **query):
    page = soup(client.get(reverse(f"facilities:{kind}-list"), query))
    return {link.get_text() for link in page.select(f"{LISTS[kind]} tbody a.title")}, page


def said(page):
    return page.h1.find_next("p").get_text()


def test_today_s_province_has_all_that_went_into_it(client, provinces, kind):
    client.force_login(UserFactory(province=None, role="leader"))

    found, page = listed(client, kind, province=provinces["new"].pk)

    assert found == {OLD_ONE, OLD_OTHER, NEW}
    assert "theo địa giới hiện nay" in said(page)


@pytest.mark.parametrize(("name", "own"), [("new", NEW), ("old", OLD_OTHER), ("hoa_binh", OLD_ONE)])
def test_by_the_boundaries_of_the_time_each_has_its_own(client, provinces, kind, name, own):
    client.force_login(UserFactory(province=None, role="leader"))

    found, page = listed(client, kind, province=provinces[name].pk, boundaries="as_was")

    assert found == {own}
    assert "địa giới tại thời điểm" in said(page)


def test_a_province_that_is_no_more_is_only_asked_for_by_the_boundaries_of_the_time(client, provinces, kind):
    client.force_login(UserFactory(province=None, role="leader"))

    found, page = listed(client, kind, province=provinces["hoa_binh"].pk, boundaries="today")

    assert found == {OLD_ONE}
    assert "địa giới tại thời điểm" in said(page)
    assert page.select_one("[name=boundaries] [selected]")["value"] == "as_was"


def test_a_person_of_the_merged_province_sees_all_and_can_tell_them_apart(client, provinces, kind):
    client.force_login(UserFactory(province=provinces["new"]))

    assert listed(client, kind)[0] == {OLD_ONE, OLD_OTHER, NEW}
    assert listed(client, kind, boundaries="as_was")[0] == listed(client, kind)[0]
    assert listed(client, kind, province=provinces["old"].pk)[0] == {OLD_OTHER}


def test_where_nothing_was_merged_nobody_is_asked(client, provinces, kind):
    client.force_login(UserFactory(province=provinces["other"]))

    found, page = listed(client, kind)

    assert found == {"Nơi khác"}
    assert not page.select("[name=boundaries], [name=province]")
    assert "địa giới" not in said(page)


@pytest.mark.parametrize(("address", "boundaries"), [("facility", "as_was"), ("cluster", "today")])
def test_an_export_says_by_which_boundaries(client, provinces, address, boundaries):
    client.force_login(UserFactory(province=provinces["new"]))

    answer = client.get(reverse(f"reports:{address}-export"), {"boundaries": boundaries})

    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    words = {"as_was": "địa giới tại thời điểm", "today": "theo địa giới hiện nay"}[boundaries]
    assert any(words in str(cell.value) for row in sheet.iter_rows(max_row=8) for cell in row)


@pytest.mark.parametrize("typed", ["9" * 5000, "²", "abc", "-1"])
def test_nonsense_for_a_province_is_told_and_breaks_nothing(client, provinces, typed):
    client.force_login(UserFactory(province=None, role="leader"))

    page = client.get(reverse("facilities:facility-list"), {"province": typed, "cluster": typed})

    assert page.status_code == 200
