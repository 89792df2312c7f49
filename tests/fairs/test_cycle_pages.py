"""Cycles of product selection: list, page, form."""

import datetime

import pytest
from django.urls import reverse

from fairs.models import SelectionCycle
from tests.factories import ProvinceFactory
from tests.fairs.factories import CertificateFactory, CycleFactory, EntryFactory, RoundFactory, conclude, level, region
from tests.pages import cells, form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
LIST, NEW = "fairs:cycle-list", "fairs:cycle-create"
FORM = "main form[data-kc-unsaved]"


def titles(page):
    return [a.get_text() for a in page.select("#cycles a.title")]


def test_a_cycle_shows_how_many_came_and_were_certified_at_each_level(client, staff):
    cycle = CycleFactory(province=staff.province, name="Đợt năm 2020")
    round = RoundFactory(cycle=cycle)
    first, second, _ = EntryFactory.create_batch(3, round=round)
    conclude(round, first, second)
    certificate = CertificateFactory(entry=first)
    above = RoundFactory(
        cycle=cycle, level=level("region"), region=region(staff.province), opens_on=datetime.date(2020, 10, 1)
    )
    EntryFactory(round=above, product=first.product, lower_certificate=certificate)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert rows(page, "#cycles tbody tr") == [
        ["Đợt năm 2020 Nghệ An", "2020", "—", "3 → 1 Đã công nhận", "1 → 0 Nhận hồ sơ", "—"]
    ]
    assert cells(soup(client.get(cycle.get_absolute_url())).select("#rounds tbody tr")[0])[3:] == [
        "3", "3", "2", "1", "1", "Cấp 1 giấy chứng nhận",
    ]  # fmt: skip


def test_a_withdrawn_dossier_does_not_count(client, staff):
    round = RoundFactory(cycle__province=staff.province)
    entry = EntryFactory(round=round)
    entry.status = "withdrawn"
    entry.save()
    client.force_login(staff)

    assert "0 → 0" in " ".join(rows(soup(client.get(reverse(LIST))), "#cycles tbody tr")[0])


@pytest.mark.parametrize("typed", ["tieu bieu", "TIÊU BIỂU", "45 kh"])
def test_words_find_a_cycle_without_diacritics(client, staff, typed):
    CycleFactory(province=staff.province, name="Bình chọn sản phẩm tiêu biểu", plan_number="45/KH-UBND")
    CycleFactory(province=staff.province, name="Đợt khác")
    CycleFactory(province=ProvinceFactory(code="42"), name="Bình chọn sản phẩm tiêu biểu", plan_number="45/KH-UBND")
    client.force_login(staff)

    assert titles(soup(client.get(reverse(LIST), {"q": typed}))) == ["Bình chọn sản phẩm tiêu biểu"]


def test_the_year_is_a_filter(client, staff):
    CycleFactory(province=staff.province, name="Đợt 2018", year=2018)
    CycleFactory(province=staff.province, name="Đợt 2020", year=2020)
    client.force_login(staff)

    assert titles(soup(client.get(reverse(LIST)))) == ["Đợt 2020", "Đợt 2018"]
    assert titles(soup(client.get(reverse(LIST), {"year": 2018}))) == ["Đợt 2018"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_cycle_and_three(client, staff, count, django_assert_num_queries):
    for cycle in CycleFactory.create_batch(count, province=staff.province):
        EntryFactory(round=RoundFactory(cycle=cycle))
    client.force_login(staff)

    with django_assert_num_queries(12):
        assert len(titles(soup(client.get(reverse(LIST))))) == count


def test_an_empty_list_says_what_to_do(client, staff, leader):
    client.force_login(staff)
    assert soup(client.get(reverse(LIST))).select_one(".empty a")["href"] == reverse(NEW)

    client.force_login(leader)
    assert soup(client.get(reverse(LIST))).select_one(".empty a") is None


def test_staff_write_a_cycle_down(client, staff):
    client.force_login(staff)
    data = form_data(soup(client.get(reverse(NEW))), FORM) | {"name": "Đợt 2021", "year": "2021"}

    answer = client.post(reverse(NEW), data)

    cycle = SelectionCycle.objects.get()
    assert (cycle.name, cycle.year, cycle.province) == ("Đợt 2021", 2021, staff.province)
    assert answer.url == cycle.get_absolute_url()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Nhập tên đợt bình chọn."),
        ({"year": "20x"}, "Năm gồm bốn chữ số, ví dụ 2025."),
        ({"year": "1990"}, "Năm phải từ 2005 đến 2100."),
        ({"name": "Đợt đã có"}, "Đợt bình chọn này đã có."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, staff, typed, said):
    CycleFactory(province=staff.province, name="Đợt đã có", year=2021)
    client.force_login(staff)
    data = form_data(soup(client.get(reverse(NEW))), FORM) | {"name": "Đợt mới", "year": "2021"} | typed

    page = soup(client.post(reverse(NEW), data))

    name = next(iter(typed))
    assert page.select_one(f"#id_{name}_error").get_text(strip=True) == said
    assert SelectionCycle.objects.count() == 1


def test_who_did_not_see_the_newest_is_told(client, staff):
    cycle = CycleFactory(province=staff.province)
    client.force_login(staff)
    url = reverse("fairs:cycle-edit", args=[cycle.pk])
    data = form_data(soup(client.get(url)), FORM)
    cycle.note = "Người khác ghi"
    cycle.save()

    page = soup(client.post(url, data | {"note": "Tôi ghi"}))

    assert any("Người khác vừa lưu" in one for one in sentences(page))
    cycle.refresh_from_db()
    assert cycle.note == "Người khác ghi"


def test_another_provinces_cycle_does_not_exist(client, staff):
    cycle = CycleFactory(province=ProvinceFactory(code="42"))
    client.force_login(staff)

    for name in ("detail", "edit", "history"):
        assert client.get(reverse(f"fairs:cycle-{name}", args=[cycle.pk])).status_code == 404
    assert client.get(reverse("fairs:round-create", args=[cycle.pk])).status_code == 404
