"""The page of the funnel and its workbook: scope, filters, the same numbers in table, picture and sheet."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import ProvinceFactory, UserFactory
from tests.fairs.factories import CertificateFactory, CycleFactory, EntryFactory, RoundFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db
QUERIES = 10
HEADS = ["Đăng ký", "Được công nhận", "Tỷ lệ công nhận", "Được cấp giấy", "Lên cấp trên", "Tỷ lệ lên cấp trên"]


@pytest.fixture
def staff(client):
    person = UserFactory(role="staff")
    client.force_login(person)
    return person


def held(province, registered=3, year=2020):
    """A provincial round of `registered` dossiers, the first of which is certified."""
    round = RoundFactory(cycle=CycleFactory(province=province, year=year))
    first, *_ = [EntryFactory(round=round) for _ in range(registered)]
    CertificateFactory(entry=first)
    return round


def funnel(client, query=""):
    return soup(client.get(reverse("fairs:funnel") + query))


def cells(page, table="steps"):
    return [[cell.text for cell in row.select("td")] for row in page.select(f"#{table} tbody tr")]


def test_the_table_and_the_picture_say_the_same(client, staff):
    held(staff.province)
    page = funnel(client)
    assert [head.text for head in page.select("#steps thead th")][1:] == HEADS
    assert cells(page) == [["3", "1", "33,33%", "1", "0", ""]]
    series = json.loads(page.select_one("script#funnel").string)["series"]
    assert [one["values"] for one in series] == [["3"], ["1"], ["1"], ["0"]]
    assert "đăng ký 3, được công nhận 1" in page.select_one("canvas")["aria-label"]


def test_another_province_is_not_counted(client, staff):
    held(ProvinceFactory(code="42", name="Hà Tĩnh"))
    page = funnel(client)
    assert not page.select("#steps")
    assert "Chưa có hồ sơ bình chọn nào" in page.text


def test_years_and_a_cycle_narrow_it(client, staff):
    round = held(staff.province, registered=2)
    assert cells(funnel(client, "?first=2020&last=2020"))[0][0] == "2"
    assert cells(funnel(client, f"?cycle={round.cycle_id}"))[0][0] == "2"
    other = CycleFactory(province=staff.province, year=2020)
    assert "Không có hồ sơ bình chọn nào khớp" in funnel(client, f"?cycle={other.pk}").text


def test_the_years_offered_are_those_of_rounds(client, staff):
    held(staff.province)
    options = funnel(client).select("select[name=first] option")
    assert [option["value"] for option in options] == ["", "2020"]


def test_the_workbook_has_the_same_numbers(client, staff):
    held(staff.province)
    sheet = load_workbook(BytesIO(b"".join(client.get(reverse("reports:funnel-export")).streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[:5] for row in rows].count(["Cấp tỉnh", 3, 1, 1, 0]) == 2  # all, and the one cycle


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three_cycles(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        held(staff.province, registered=2)
    client.get(reverse("fairs:funnel"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("fairs:funnel"))


def test_a_reopened_round_counts_for_the_year_it_opened(client, staff):
    """It still carries the day of the decision that no longer holds."""
    round = RoundFactory(cycle__province=staff.province, opens_on=date(2020, 12, 1), decided_on=date(2021, 2, 1))
    EntryFactory(round=round)
    options = funnel(client).select("select[name=first] option")
    assert [option["value"] for option in options] == ["", str(round.year)] == ["", "2020"]
    assert cells(funnel(client, "?first=2020&last=2020"))[0][0] == "1"
