"""Tổng hợp theo địa bàn: every province a line, the same total by both boundaries."""

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from khuyencong.boundaries import Boundaries
from khuyencong.enums import Role
from khuyencong.models import ProvinceLineage
from reports import territory_sources
from tests.factories import DAY, LineageFactory, PlanFundingFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.factories import all_sources as sources_of_money
from tests.pages import cells, rows, soup
from tests.reports.worlds import FIRST_DAY, LAST_DAY, confirmed, decided, merged

URL, EXPORT = reverse("reports:territory-table"), reverse("reports:territory-export")


@pytest.fixture
def world(db):
    """Phú Thọ of now with schemes of two of its parts and its own of 2026; another province; and what does not count."""
    sources_of_money()
    now, former = merged()
    decided(former["17"], national=300, counterpart=9_999)
    decided(former["25"], province=200)
    confirmed(former["25"], 50)
    decided(now, province=7, year=2026)
    decided(ProvinceFactory(code="42", name="Hà Tĩnh"), province=1_000)
    SchemeFactory(province=former["17"], money={"province": 5}, state="submitted")
    PlanFundingFactory(province=former["17"], approved_amount=6, created_by=UserFactory(province=now))
    return now, former


@pytest.fixture
def nation(client, world):
    """A person of all provinces, logged in."""
    client.force_login(UserFactory(role=Role.LEADER, province=None))


def page(client, query=""):
    return soup(client.get(URL + query))


def table(found):
    return rows(found, "#territories tbody tr")


def total(found):
    return cells(found.select_one("#territories tfoot tr"))


def test_the_table_adds_up_to_todays_provinces(client, nation):
    found = page(client)

    assert found.select_one("main h1 + p").get_text() == "Theo địa giới hiện nay, từ năm 2020 đến năm 2026"
    assert table(found) == [
        ["Hà Tĩnh", "1", "0", "1.000", "0", "1.000", "64,23%"],
        ["Phú Thọ", "3", "300", "207", "50", "557", "35,77%"],
    ]
    assert total(found) == ["Tổng cộng", "4", "300", "1.207", "50", "1.557", "100,00%"]


def test_the_table_tells_provinces_apart_as_they_were_with_the_same_total(client, nation):
    found = page(client, "?boundaries=as_was")

    assert found.select_one("main h1 + p").get_text() == "Địa giới tại thời điểm, từ năm 2020 đến năm 2026"
    assert [line[0] for line in table(found)] == [
        "Hà Tĩnh",
        "Hòa Bình (đến 30/06/2025)",
        "Phú Thọ (đến 30/06/2025)",
        "Phú Thọ",
    ]
    assert "1 địa bàn không có số liệu" in found.get_text()
    assert "Vĩnh Phúc (đến 30/06/2025)." in found.select_one("details.more p").get_text()
    assert total(found) == total(page(client))


def test_years_are_chosen_and_the_wrong_way_round_is_said(client, nation):
    assert [line[:2] for line in table(page(client, "?first=2026"))] == [["Phú Thọ", "1"]]
    assert page(client, "?first=2020&last=2020").select_one("main h1 + p").get_text().endswith("năm 2020")

    refused = page(client, "?first=2026&last=2020")
    assert "Năm cuối không được trước năm đầu." in refused.get_text()
    assert refused.select("#territories") == []
    assert client.get(f"{EXPORT}?first=2026&last=2020").status_code == 400
    assert page(client, "?first=1066&boundaries=x").select("#territories") == []


def test_the_number_of_schemes_leads_to_them(client, nation):
    link = page(client, "?boundaries=as_was&first=2020&last=2020").select("#territories tbody a")[1]

    schemes = soup(client.get(link["href"])).select("#schemes tbody tr")

    assert (link.get_text(), len(schemes)) == ("1", 2)  # the list also has the one that waits for its decision


def test_people_of_a_merged_province_see_it_and_its_parts(client, world):
    client.force_login(UserFactory(province=world[0]))

    assert [line[:2] for line in table(page(client))] == [["Phú Thọ", "3"]]
    assert [line[:2] for line in table(page(client, "?boundaries=as_was"))] == [
        ["Hòa Bình (đến 30/06/2025)", "1"],
        ["Phú Thọ (đến 30/06/2025)", "1"],
        ["Phú Thọ", "1"],
    ]
    assert total(page(client)) == total(page(client, "?boundaries=as_was"))


def test_people_of_a_former_province_see_only_its_own(client, world):
    client.force_login(UserFactory(province=world[1]["17"]))

    assert [line[:2] for line in table(page(client, "?boundaries=as_was"))] == [["Hòa Bình (đến 30/06/2025)", "1"]]


def test_what_a_division_scattered_has_a_line_of_its_own(client, nation):
    old = ProvinceFactory(code="60", name="Tỉnh Rộng", valid_to=LAST_DAY)
    for code in ("61", "62"):
        part = ProvinceFactory(code=code, name=f"Tỉnh {code}", valid_from=FIRST_DAY)
        LineageFactory(predecessor=old, successor=part, kind=ProvinceLineage.Kind.DIVIDED)
    decided(old, province=11)

    last = table(page(client))[-1]

    assert last[:2] + last[-2:-1] == ["Chưa xác định theo địa giới hiện nay", "1", "11"]
    assert total(page(client)) == total(page(client, "?boundaries=as_was"))


def test_without_schemes_the_page_says_so(client, staff):
    client.force_login(staff)

    assert "Chưa có số liệu" in page(client).get_text()


def test_the_workbook_has_the_same_lines_as_numbers(client, nation):
    response = client.get(f"{EXPORT}?boundaries=as_was&first=2020&last=2020")

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    lines = [[cell for cell in row if cell is not None] for row in book.active.iter_rows(values_only=True)]
    assert lines[0] == ["TỔNG HỢP KHUYẾN CÔNG THEO ĐỊA BÀN NĂM 2020"]
    assert lines[1][0].startswith("Địa giới tại thời điểm. Số liệu lúc ")
    assert ["Hòa Bình (đến 30/06/2025)", 1, 300, 0, 0, 300, 19.35] in lines
    assert ["Vĩnh Phúc (đến 30/06/2025)", 0, 0, 0, 0, 0, 0] in lines
    assert ["Tổng cộng", 3, 300, 1200, 50, 1550, 100] in lines
    assert response.headers["Content-Disposition"].endswith('.xlsx"')


def test_a_decision_to_come_does_not_count_yet(world):
    user = UserFactory(role=Role.LEADER, province=None)

    def amount(today):
        return territory_sources.read(user, 2016, 2030, Boundaries.TODAY, today).table.total.total

    assert (amount(DAY), amount(timezone.localdate())) == (1_550, 1_557)  # 7 are of 2026
    assert amount(DAY.replace(year=2019)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(client, nation, count, django_assert_num_queries):
    for n in range(count):
        place = ProvinceFactory(code=f"7{n}", name=f"Tỉnh {n}")
        decided(place, province=5)
        confirmed(place, 6, year=2020 + n)
    client.get(URL)

    with django_assert_num_queries(11):
        client.get(URL)
