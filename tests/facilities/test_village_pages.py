"""Craft villages: list, page, form."""

import datetime

import pytest
from django.urls import reverse

from facilities.models import CraftVillage
from tests.facilities.builders import merged
from tests.facilities.factories import VillageFactory
from tests.factories import (
    BeneficiaryFactory,
    FacilityFactory,
    ProvinceFactory,
    SchemeFactory,
    TradeFactory,
    UserFactory,
)
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
LIST, NEW = "facilities:village-list", "facilities:village-create"
FORM = "main form[data-kc-unsaved]"


def titles(page):
    return [a.get_text() for a in page.select("#villages a.title")]


def opened(client, url):
    """What a browser would send of the form; of a list of choices with none chosen it sends nothing."""
    data = form_data(soup(client.get(url)), FORM)
    return {name: value for name, value in data.items() if (name, value) != ("trades", "")}


@pytest.mark.parametrize("typed", ["may tre", "MÂY TRE", "gio hoa"])
def test_search_needs_no_diacritics_and_stays_in_the_province(client, staff, typed):
    VillageFactory(name="Làng nghề mây tre Xuân Sơn", products="Giỏ hoa", province=staff.province)
    VillageFactory(name="Làng nghề rèn", province=staff.province)
    VillageFactory(name="Làng nghề mây tre giỏ hoa", province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(staff)

    assert titles(soup(client.get(reverse(LIST), {"q": typed}))) == ["Làng nghề mây tre Xuân Sơn"]


def test_filters_find_kind_and_trade(client, staff):
    weaving = TradeFactory(code="dd", name="Hàng thủ công mỹ nghệ")
    VillageFactory(name="Làng A", kind="traditional", province=staff.province)
    VillageFactory(name="Làng B", province=staff.province).trades.set([weaving])
    client.force_login(staff)

    assert titles(soup(client.get(reverse(LIST), {"kind": "traditional"}))) == ["Làng A"]
    assert titles(soup(client.get(reverse(LIST), {"trades": weaving.pk}))) == ["Làng B"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    for village in VillageFactory.create_batch(count, province=staff.province):
        village.trades.set([TradeFactory()])
    client.force_login(staff)

    with django_assert_num_queries(9):
        client.get(reverse(LIST))


def test_a_village_is_added_with_its_recognition_and_trades(client, staff):
    trade, row = TradeFactory(), FacilityFactory(legal_form="village", province=staff.province)
    client.force_login(staff)
    typed = {
        "name": "Làng nghề tương Nam Đàn",
        "trades": [trade.pk],
        "recognition_number": "12/QĐ-UBND",
        "recognized_on": "02/09/2015",
        "households": "85",
        "facility": row.pk,
    }

    client.post(reverse(NEW), opened(client, reverse(NEW)) | typed)

    village = CraftVillage.objects.get()
    assert (village.province, village.households, village.facility) == (staff.province, 85, row)
    assert (village.recognized_on, list(village.trades.all())) == (datetime.date(2015, 9, 2), [trade])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Làng đã có"}, "Làng nghề này đã có."),
        (
            {"recognized_on": "02/09/2015", "revoked_on": "01/09/2015"},
            "Ngày thu hồi không được trước ngày công nhận.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(client, staff, typed, sentence):
    VillageFactory(name="Làng đã có", province=staff.province)
    client.force_login(staff)

    page = soup(client.post(reverse(NEW), opened(client, reverse(NEW)) | {"name": "Làng mới"} | typed))

    assert any(sentence in one for one in sentences(page))
    assert CraftVillage.objects.count() == 1


def test_only_villages_of_the_register_stand_for_a_village(client, staff):
    company = FacilityFactory(legal_form="company", province=staff.province)
    client.force_login(staff)

    client.post(reverse(NEW), opened(client, reverse(NEW)) | {"name": "Làng", "facility": company.pk})

    assert not CraftVillage.objects.exists()


def test_the_page_adds_up_what_the_village_received_through_the_register(client, staff):
    row = FacilityFactory(legal_form="village", province=staff.province)
    village = VillageFactory(province=staff.province, facility=row)
    for amount in (70_000_000, 30_000_000):
        scheme = SchemeFactory(province=staff.province, money={"province": 100_000_000})
        BeneficiaryFactory(scheme=scheme, facility=row, proposed_amount=amount)
    FacilityFactory(name="Hộ ông Mẫu", province=staff.province, craft_village=village, workers=7)
    client.force_login(staff)

    page = soup(client.get(village.get_absolute_url()))

    assert rows(page, "#benefits tfoot tr") == [["Tổng", "", "", "100.000.000", ""]]
    assert rows(page, "#members tbody tr") == [["Hộ ông Mẫu Doanh nghiệp", "", "7"]]


def test_the_second_of_two_people_is_told_what_the_first_saved(client, staff):
    village = VillageFactory(province=staff.province, workers=10)
    client.force_login(staff)
    url = reverse("facilities:village-edit", args=[village.pk])
    mine = opened(client, url) | {"households": "5"}
    client.post(url, opened(client, url) | {"workers": "12"})

    page = soup(client.post(url, mine))

    assert any("Người khác vừa lưu hồ sơ này" in one for one in sentences(page))
    village.refresh_from_db()
    assert (village.workers, village.households) == (12, None)


def test_the_history_tells_who_changed_what(client, staff):
    village = VillageFactory(province=staff.province, workers=10)
    client.force_login(staff)
    url = reverse("facilities:village-edit", args=[village.pk])
    client.post(url, opened(client, url) | {"workers": "12"})

    page = soup(client.get(reverse("facilities:village-history", args=[village.pk])))

    assert rows(page.select_one("article"), "tbody tr") == [["số lao động", "10", "12"]]


def test_a_leader_reads_but_does_not_write(client):
    leader = UserFactory(role="leader")
    village = VillageFactory(province=leader.province)
    client.force_login(leader)

    assert client.get(village.get_absolute_url()).status_code == 200
    assert client.get(reverse("facilities:village-edit", args=[village.pk])).status_code == 403


def test_what_a_merged_duplicate_received_counts_for_the_village(client, staff):
    kept, gone = FacilityFactory.create_batch(2, legal_form="village", province=staff.province)
    village = VillageFactory(province=staff.province, facility=gone)
    for facility, amount in ((kept, 70_000_000), (gone, 30_000_000)):
        scheme = SchemeFactory(province=staff.province, money={"province": amount})
        BeneficiaryFactory(scheme=scheme, facility=facility, proposed_amount=amount)
    merged(gone, kept, by=staff)
    other = VillageFactory(province=staff.province, facility=kept)
    client.force_login(staff)

    for one in (village, other):
        page = soup(client.get(one.get_absolute_url()))
        assert rows(page, "#benefits tfoot tr") == [["Tổng", "", "", "100.000.000", ""]]


def test_the_history_tells_what_was_done_to_the_trades(client, staff):
    weaving, forging = TradeFactory(code="dd", name="Mây tre đan"), TradeFactory(code="ee", name="Rèn")
    village = VillageFactory(province=staff.province)
    client.force_login(staff)
    url = reverse("facilities:village-edit", args=[village.pk])
    client.post(url, opened(client, url) | {"trades": [weaving.pk]})
    client.post(url, opened(client, url) | {"trades": [weaving.pk, forging.pk]})
    client.post(url, opened(client, url) | {"trades": [forging.pk]})

    page = soup(client.get(reverse("facilities:village-history", args=[village.pk])))

    found = [cells for article in page.select("article") for cells in rows(article, "tbody tr")]
    assert [cells for cells in found if cells[0] == "ngành nghề"] == [
        ["ngành nghề", "Mây tre đan; Rèn", "Rèn"],
        ["ngành nghề", "Mây tre đan", "Mây tre đan; Rèn"],
        ["ngành nghề", "Mây tre đan"],
    ]
    assert str(staff) in page.select_one("article h2").get_text()


def test_trades_that_somebody_else_chose_meanwhile_are_not_lost(client, staff):
    weaving, forging = TradeFactory(code="dd", name="Mây tre đan"), TradeFactory(code="ee", name="Rèn")
    village = VillageFactory(province=staff.province)
    client.force_login(staff)
    url = reverse("facilities:village-edit", args=[village.pk])
    mine = opened(client, url) | {"trades": [forging.pk]}
    client.post(url, opened(client, url) | {"trades": [weaving.pk]})

    page = soup(client.post(url, mine))

    assert any("Người khác vừa lưu hồ sơ này" in one for one in sentences(page))
    assert rows(page.select_one("[data-kc-answer]"), "tbody tr")[0][-2:] == ["(trống)", "Mây tre đan"]
    assert list(village.trades.all()) == [weaving]


def test_the_row_in_the_register_is_drawn_only_when_chosen_once_they_are_many(client, staff, monkeypatch):
    monkeypatch.setattr("facilities.selects.FEW", 2)
    rows_of_villages = FacilityFactory.create_batch(3, legal_form="village", province=staff.province)
    village = VillageFactory(province=staff.province, facility=rows_of_villages[1])
    client.force_login(staff)

    box = soup(client.get(reverse("facilities:village-edit", args=[village.pk]))).select_one("[name=facility]")

    assert [one["value"] for one in box.select("option")] == ["", str(rows_of_villages[1].pk)]
    found = client.get(box["data-kc-select-url"]).json()["results"]
    assert {one["value"] for one in found} == {one.pk for one in rows_of_villages}


def test_few_rows_of_the_register_are_all_drawn(client, staff):
    row = FacilityFactory(legal_form="village", province=staff.province)
    client.force_login(staff)

    box = soup(client.get(reverse(NEW))).select_one("[name=facility]")

    assert [one["value"] for one in box.select("option")] == ["", str(row.pk)]


def test_options_of_a_form_are_only_of_that_form(client, staff):
    row = FacilityFactory(name="Làng tương", legal_form="village", province=staff.province)
    gone = FacilityFactory(name="Làng tương cũ", legal_form="company", province=staff.province)
    merged(gone, row, by=staff)
    FacilityFactory(name="Công ty tương", legal_form="company", province=staff.province)
    client.force_login(staff)

    found = client.get(reverse("facilities:facility-options"), {"q": "tuong", "legal_form": "village"}).json()

    assert [one["value"] for one in found["results"]] == [row.pk]
