"""Craft villages: list, page, form."""

import datetime

import pytest
from django.urls import reverse

from facilities.models import CraftVillage
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

    with django_assert_num_queries(8):
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
