"""Pages of places: found by old names too, lineage shown, another province not there."""

import datetime

import pytest
from django.urls import reverse

from khuyencong.models import ProvinceLineage, UnitLineage
from tests.factories import CommuneFactory, ProvinceFactory, UserFactory
from tests.pages import rows, soup

LAST, FIRST = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
pytestmark = pytest.mark.django_db
LIST, DETAIL, PROVINCES = "places:unit-list", "places:unit-detail", "places:province-list"


@pytest.fixture
def dien_chau(staff):
    """A district with two communes: one merged into a commune of today, the other divided between it and its neighbour."""
    district = CommuneFactory(
        code="425", level="district", kind="huyen", name="Diễn Châu", valid_to=LAST, decision="NQ 203/2025/QH15"
    )
    ky, loc = (
        CommuneFactory(code=code, name=name, parent=district, valid_to=LAST)
        for code, name in (("17434", "Diễn Kỷ"), ("17494", "Diễn Lộc"))
    )
    duc_chau, tan_chau = (
        CommuneFactory(code=code, name=name, valid_from=FIRST, decision="NQ 1678/NQ-UBTVQH15")
        for code, name in (("17416", "Đức Châu"), ("17488", "Tân Châu"))
    )
    UnitLineage.objects.create(predecessor=ky, successor=duc_chau, kind="merged")
    for part in (duc_chau, tan_chau):
        UnitLineage.objects.create(predecessor=loc, successor=part, kind="divided")
    return {"district": district, "ky": ky, "loc": loc, "duc_chau": duc_chau, "tan_chau": tan_chau}


def found(client, **query):
    """Names in the list, as the page shows them."""
    page = soup(client.get(reverse(LIST), query))
    return [link.get_text() for link in page.select("#units a.title")]


def test_the_list_shows_the_units_of_today(client, staff, dien_chau):
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert rows(page, "#units tbody tr") == [
        [
            "xã Đức Châu Nghệ An",
            "17416",
            "từ 01/07/2025 NQ 1678/NQ-UBTVQH15",
            "Từ xã Diễn Kỷ, xã Diễn Lộc (một phần)",
        ],
        ["xã Tân Châu Nghệ An", "17488", "từ 01/07/2025 NQ 1678/NQ-UBTVQH15", "Từ xã Diễn Lộc (một phần)"],
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "duc chau"}, ["xã Đức Châu"]),
        ({"q": "17488"}, ["xã Tân Châu"]),
        ({"q": "diễn kỷ"}, ["xã Đức Châu"]),
        ({"q": "17494"}, ["xã Đức Châu", "xã Tân Châu"]),
        ({"q": "huyen dien chau"}, []),
        ({"q": "dien chau", "time": "ended"}, ["huyện Diễn Châu", "xã Diễn Kỷ", "xã Diễn Lộc"]),
        ({"q": "dien ky", "time": "all"}, ["xã Diễn Kỷ", "xã Đức Châu"]),
        ({"level": "district", "time": "ended"}, ["huyện Diễn Châu"]),
        ({"level": "commune", "time": "ended"}, ["xã Diễn Kỷ", "xã Diễn Lộc"]),
    ],
)
def test_a_unit_is_found_by_its_own_and_by_former_names(client, staff, dien_chau, query, names):
    client.force_login(staff)

    assert found(client, **query) == names


@pytest.mark.parametrize("time", ["zzz", "\0", "ended\0"])
def test_an_unknown_time_means_today(client, staff, dien_chau, time):
    client.force_login(staff)

    assert found(client, time=time) == ["xã Đức Châu", "xã Tân Châu"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"level": "district"}, ["huyện Diễn Châu (đến 30/06/2025)"]),
        ({"q": "duc chau"}, ["xã Đức Châu"]),
        ({"q": "duc\0chau"}, ["xã Đức Châu"]),
        ({"level": "\0"}, []),
        ({"level": "zzz"}, []),
    ],
)
def test_a_form_is_offered_units_of_a_level_that_there_is(client, staff, dien_chau, query, names):
    client.force_login(staff)

    results = client.get(reverse("places:unit-options"), query).json()["results"]

    assert [one["text"] for one in results] == names


def test_a_search_for_districts_of_today_says_that_there_are_none(client, staff, dien_chau):
    client.force_login(staff)

    page = soup(client.get(reverse(LIST), {"level": "district"}))

    assert page.select_one(".empty h2").get_text() == "Nay không còn cấp huyện"
    assert page.select_one(".empty a")["href"] == "?level=district&time=ended"


def test_a_former_unit_tells_what_became_of_it(client, staff, dien_chau):
    client.force_login(staff)

    page = soup(client.get(reverse(DETAIL, args=[dien_chau["ky"].pk])))

    assert page.select_one("main .note").get_text(" ", strip=True).endswith("Nay là xã Đức Châu .")
    assert rows(page, "#successors tbody tr") == [
        ["xã Đức Châu Nghệ An · từ 01/07/2025", "17416", "hợp nhất"],
    ]


def test_a_divided_unit_is_marked(client, staff, dien_chau):
    client.force_login(staff)

    page = soup(client.get(reverse(DETAIL, args=[dien_chau["loc"].pk])))

    assert page.select_one("main .note")["data-tone"] == "wait"
    assert [row[2] for row in rows(page, "#successors tbody tr")] == ["chia tách", "chia tách"]
    assert len(page.select("#successors .tag[data-tone=wait]")) == 2


def test_a_unit_of_today_tells_what_it_came_from(client, staff, dien_chau):
    client.force_login(staff)

    page = soup(client.get(reverse(DETAIL, args=[dien_chau["duc_chau"].pk])))

    assert page.select("main .note") == []
    assert rows(page, "#predecessors tbody tr") == [
        ["xã Diễn Kỷ Diễn Châu, Nghệ An · đến 30/06/2025", "17434", "hợp nhất"],
        ["xã Diễn Lộc Diễn Châu, Nghệ An · đến 30/06/2025", "17494", "chia tách"],
    ]


def test_a_district_tells_where_its_communes_are_now(client, staff, dien_chau):
    client.force_login(staff)

    page = soup(client.get(reverse(DETAIL, args=[dien_chau["district"].pk])))

    assert "2 đơn vị cấp xã của huyện này nay thuộc 2 đơn vị." in page.select_one("main .note").get_text()
    assert rows(page, "#parts tbody tr") == [
        ["xã Diễn Kỷ", "17434", "hợp nhất", "xã Đức Châu"],
        ["xã Diễn Lộc", "17494", "chia tách", "xã Đức Châu , xã Tân Châu"],
    ]


def test_a_code_that_was_another_units_is_pointed_out(client, staff, dien_chau):
    CommuneFactory(code="17434", name="Diễn Kỷ mới", valid_from=FIRST)
    client.force_login(staff)

    page = soup(client.get(reverse(DETAIL, args=[dien_chau["ky"].pk])))

    facts = page.select_one("dl.facts dd").get_text(" ", strip=True)
    assert facts == "17434 cũng là mã của xã Diễn Kỷ mới , từ 01/07/2025"


@pytest.fixture
def phu_tho(db):
    """Phú Thọ of today with Hòa Bình, which was merged into it."""
    old = ProvinceFactory(code="17", name="Hòa Bình", valid_to=LAST)
    own = ProvinceFactory(code="25", name="Phú Thọ", valid_from=FIRST)
    ProvinceLineage.objects.create(predecessor=old, successor=own, kind="merged")
    return old, own


def test_people_see_the_units_of_their_province_and_of_those_merged_into_it(client, phu_tho):
    old, own = phu_tho
    mine = CommuneFactory(name="Việt Trì", province=own, valid_from=FIRST)
    former = CommuneFactory(name="Tu Lý", province=old, valid_to=LAST)
    other = CommuneFactory(name="Diễn Kỷ")
    client.force_login(UserFactory(province=own))

    assert found(client, time="all") == ["xã Tu Lý", "xã Việt Trì"]
    assert found(client, time="all", province=old.pk) == ["xã Tu Lý"]
    pages = [client.get(reverse(DETAIL, args=[unit.pk])).status_code for unit in (mine, former, other)]
    assert pages == [200, 200, 404]


def test_a_province_that_was_never_merged_has_no_filter_of_provinces(client, staff, dien_chau):
    client.force_login(staff)

    assert soup(client.get(reverse(LIST))).select("select[name=province]") == []


def test_provinces_of_today_stand_beside_those_they_came_from(client, phu_tho):
    old, own = phu_tho
    yen_bai = ProvinceFactory(code="15", name="Yên Bái", valid_to=LAST)
    lao_cai = ProvinceFactory(code="15", name="Lào Cai", valid_from=FIRST, decision="NQ 202/2025/QH15")
    ProvinceLineage.objects.create(predecessor=yen_bai, successor=lao_cai, kind="merged")
    CommuneFactory(province=own, valid_from=FIRST)
    CommuneFactory(province=old, valid_to=LAST)
    client.force_login(UserFactory(province=None))

    page = soup(client.get(reverse(PROVINCES)))

    table = [row for row in rows(page, "#provinces tbody tr") if "Nghệ An" not in row[1]]
    assert table == [
        ["Yên Bái 15 Mã 15 trước đó là của Yên Bái", "Lào Cai tỉnh · mã 15 · từ 01/07/2025 · NQ 202/2025/QH15", "0"],
        ["Hòa Bình 17", "Phú Thọ tỉnh · mã 25 · từ 01/07/2025", "1"],
    ]


@pytest.mark.parametrize("count", [0, 3])
def test_the_list_costs_the_same_for_two_rows_and_five(client, staff, dien_chau, count, django_assert_num_queries):
    for number in range(count):
        CommuneFactory(name=f"Diễn {number}", valid_from=FIRST)
    client.force_login(staff)

    with django_assert_num_queries(9):
        client.get(reverse(LIST))


@pytest.mark.parametrize("which", ["ky", "loc", "duc_chau", "district"])
def test_the_page_of_a_unit_costs_the_same_whatever_it_shows(
    client, staff, dien_chau, which, django_assert_max_num_queries
):
    client.force_login(staff)

    with django_assert_max_num_queries(14):
        client.get(reverse(DETAIL, args=[dien_chau[which].pk]))
