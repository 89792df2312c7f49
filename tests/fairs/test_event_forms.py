"""Writing down an event and its participants: what is kept, what is refused and where."""

import datetime

import pytest
from django.urls import reverse

from fairs.models import MarketEvent, Participation
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory, SourceFactory
from tests.fairs.factories import DealFactory, EventFactory, EventFundingFactory, ParticipationFactory
from tests.pages import form_data, sentences, soup

pytestmark = pytest.mark.django_db
NEW = "fairs:event-create"
FORM = "main form[data-kc-unsaved]"
TYPED = {"name": "Hội chợ OCOP", "starts_on": "05/05/2021", "ends_on": "09/05/2021", "status": "held"}


def opened(client, url):
    return form_data(soup(client.get(url)), FORM)


def beside(page, name):
    """The sentences beside a control."""
    return [p.get_text() for p in page.select(f"#id_{name}_error p")]


@pytest.fixture
def source(db):
    return SourceFactory(code="province", name="Ngân sách tỉnh")


def test_an_event_is_added_with_its_booths_and_money(client, staff, source):
    client.force_login(staff)
    typed = TYPED | {"booths": "1.250", "booths_qualifier": "nearly", "money-province-amount": "300 triệu"}

    response = client.post(reverse(NEW), opened(client, reverse(NEW)) | typed)

    event = MarketEvent.objects.get()
    assert response.url == event.get_absolute_url()
    assert (event.province, event.created_by, event.booths, event.booths_qualifier) == (
        staff.province,
        staff,
        1250,
        "nearly",
    )
    assert list(event.funding.values_list("source", "amount")) == [("province", 300_000_000)]


def test_only_the_place_that_fits_the_venue_is_kept(client, staff):
    client.force_login(staff)
    typed = TYPED | {"venue": "abroad", "country": "Lào", "host_province": str(ProvinceFactory(code="01").pk)}

    client.post(reverse(NEW), opened(client, reverse(NEW)) | typed)

    event = MarketEvent.objects.get()
    assert (event.country, event.host_province) == ("Lào", None)


def test_any_province_is_offered_as_one_types_and_schemes_of_the_own_only(client, staff):
    ProvinceFactory(code="42", name="Hà Tĩnh")
    own = SchemeFactory(province=staff.province, name="Tổ chức hội chợ")
    SchemeFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"), name="Tổ chức hội chợ")
    client.force_login(staff)

    def offered(name, typed):
        found = client.get(reverse(f"fairs:{name}-options"), {"q": typed}).json()["results"]
        return [one["text"] for one in found]

    assert offered("province", "ha tinh") == ["Hà Tĩnh"]
    assert offered("province", "") == []
    assert offered("scheme", "hoi cho") == [f"{own.code} – Tổ chức hội chợ"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"name": ""}, "name", "Nhập tên sự kiện."),
        ({"ends_on": "04/05/2021"}, "ends_on", "Ngày kết thúc không được trước ngày bắt đầu."),
        ({"ends_on": ""}, "ends_on", "Nhập ngày kết thúc."),
        ({"starts_on": "01/01/2099", "ends_on": "02/01/2099"}, "status", "chưa diễn ra"),
        ({"booths": "10", "rented_booths": "11"}, "rented_booths", "không được nhiều hơn số gian hàng"),
        ({"booths": "mười"}, "booths", "Nhập số nguyên"),
        ({"total_cost": "5", "money-province-amount": "6"}, "total_cost", "nhiều hơn tổng chi phí"),
        ({"money-province-amount": "-6"}, "money-province-amount", "số âm"),
        ({"venue": "abroad", "country": ""}, "country", "nước ngoài thì nhập tên nước"),
        ({"venue": "elsewhere"}, "host_province", "tỉnh khác thì chọn tỉnh"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, staff, source, typed, field, sentence):
    client.force_login(staff)

    page = soup(client.post(reverse(NEW), opened(client, reverse(NEW)) | TYPED | typed))

    assert any(sentence in one for one in beside(page, field)), sentences(page)
    assert page.select_one("h1").get_text() == "Thêm sự kiện"
    assert not MarketEvent.objects.exists()


def test_money_beyond_the_scheme_is_refused_beside_the_scheme_and_nothing_is_saved(client, staff, source):
    scheme = SchemeFactory(province=staff.province, money={"province": 100})
    client.force_login(staff)
    typed = TYPED | {"scheme": str(scheme.pk), "money-province-amount": "101"}

    page = soup(client.post(reverse(NEW), opened(client, reverse(NEW)) | typed))

    assert any("nhiều hơn số của đề án" in one for one in beside(page, "scheme"))
    assert not MarketEvent.objects.exists()


def test_a_closed_source_is_refused_beside_its_amount(client, staff):
    SourceFactory(code="district", name="Ngân sách huyện", valid_to=datetime.date(2020, 12, 31))
    client.force_login(staff)

    page = soup(client.post(reverse(NEW), opened(client, reverse(NEW)) | TYPED | {"money-district-amount": "5"}))

    assert any("Ngân sách huyện" in one for one in beside(page, "money-district-amount"))


def test_the_same_event_twice_is_refused(client, staff):
    client.force_login(staff)
    data = opened(client, reverse(NEW)) | TYPED
    client.post(reverse(NEW), data)

    page = soup(client.post(reverse(NEW), data))

    assert any("Sự kiện này đã có" in one for one in beside(page, "name"))


def test_an_amount_that_is_emptied_takes_the_source_away(client, staff, source):
    event = EventFactory(province=staff.province)
    EventFundingFactory(event=event, source=source)
    client.force_login(staff)
    url = reverse("fairs:event-edit", args=[event.pk])

    client.post(url, opened(client, url) | {"money-province-amount": ""})

    assert not event.funding.exists()


@pytest.mark.parametrize("first", [{"organiser": "Sở khác"}, {"money-province-amount": "5"}])
def test_the_second_of_two_people_is_told_what_the_first_saved(client, staff, source, first):
    event = EventFactory(province=staff.province, organiser="Sở")
    client.force_login(staff)
    url = reverse("fairs:event-edit", args=[event.pk])
    mine = opened(client, url) | {"visitors": "9"}
    client.post(url, opened(client, url) | first)

    page = soup(client.post(url, mine))

    assert any("Người khác vừa lưu hồ sơ này" in one for one in sentences(page))
    assert "Người khác đã sửa trong lúc bạn gõ" in page.get_text()
    assert form_data(page, FORM)["visitors"] == "9"
    event.refresh_from_db()
    assert event.visitors is None


def test_participants_saved_meanwhile_do_not_stop_whoever_edits_the_event(client, staff):
    event = EventFactory(province=staff.province)
    client.force_login(staff)
    url = reverse("fairs:event-edit", args=[event.pk])
    mine = opened(client, url) | {"visitors": "9"}
    ParticipationFactory(event=event)

    client.post(url, mine)

    event.refresh_from_db()
    assert event.visitors == 9


def row(number, facility, **cells):
    cells = {"facility": facility.pk, "booths": "1"} | cells
    return {f"rows-{number}-{name}": str(value) for name, value in cells.items()}


def participants(event):
    return reverse("fairs:event-participants", args=[event.pk])


def test_many_facilities_are_added_at_once(client, staff):
    event = EventFactory(province=staff.province)
    one, other = FacilityFactory.create_batch(2, province=staff.province)
    client.force_login(staff)
    data = opened(client, participants(event))
    data |= row(0, one, supported_booths=1, support_rate="80", support_amount="1,5 triệu", turnover="")
    data |= row(2, other, booths="", products="Chè", turnover="20 triệu")

    client.post(participants(event), data)

    found = Participation.objects.order_by("pk").values_list("facility", "booths", "support_amount", "turnover")
    assert list(found) == [(one.pk, 1, 1_500_000, None), (other.pk, 0, 0, 20_000_000)]


def test_rows_are_changed_and_removed(client, staff):
    event = EventFactory(province=staff.province)
    for name in ("Cơ sở A", "Cơ sở B"):
        ParticipationFactory(event=event, facility=FacilityFactory(name=name, province=staff.province))
    client.force_login(staff)

    client.post(
        participants(event), opened(client, participants(event)) | {"rows-0-DELETE": "on", "rows-1-booths": "3"}
    )

    assert list(event.participations.values_list("facility__name", "booths")) == [("Cơ sở B", 3)]


def test_a_facility_that_was_removed_is_added_again_in_one_save(client, staff):
    event = EventFactory(province=staff.province)
    facility = ParticipationFactory(event=event).facility
    client.force_login(staff)

    data = opened(client, participants(event)) | {"rows-0-DELETE": "on"} | row(1, facility, booths="2")
    client.post(participants(event), data)

    assert list(event.participations.values_list("booths", flat=True)) == [2]


def refused_row(client, event, data):
    """(page, number of the first row with a sentence, its sentences) after an attempt that saved nothing."""
    before = list(event.participations.values_list("pk", "booths"))
    page = soup(client.post(participants(event), data))
    assert list(event.participations.values_list("pk", "booths")) == before
    for number, line in enumerate(page.select("tbody[data-kc-rows] tr")):
        if found := [p.get_text() for p in line.select(".errors p")]:
            return page, number, found
    return page, None, sentences(page)


def test_a_refusal_stands_in_the_row_that_caused_it_and_nothing_typed_is_lost(client, staff):
    event = EventFactory(province=staff.province)
    good, bad = FacilityFactory.create_batch(2, province=staff.province)
    client.force_login(staff)
    data = (
        opened(client, participants(event)) | row(0, good) | row(1, bad, booths="1", supported_booths="2", products="X")
    )

    page, number, found = refused_row(client, event, data)

    assert (number, "nhiều hơn số gian hàng của cơ sở" in found[0]) == (1, True)
    typed = form_data(page, FORM)
    assert (typed["rows-0-facility"], typed["rows-1-products"]) == (str(good.pk), "X")


def test_one_facility_twice_is_refused(client, staff):
    event = EventFactory(province=staff.province)
    facility = FacilityFactory(province=staff.province)
    client.force_login(staff)

    data = opened(client, participants(event)) | row(0, facility) | row(1, facility)
    assert refused_row(client, event, data)[1:] == (1, ["Cơ sở này ghi hai dòng. Gộp lại thành một dòng."])


def test_a_third_supported_fair_abroad_is_refused_in_its_row(client, staff):
    facility, other = FacilityFactory.create_batch(2, province=staff.province)
    events = []
    for month in (1, 2, 3):
        day = datetime.date(2020, month, 1)
        common = {"venue": "abroad", "country": "Lào", "role": "attended", "starts_on": day, "ends_on": day}
        events.append(EventFactory(province=staff.province, **common))
    for event in events[:2]:
        ParticipationFactory(event=event, facility=facility, supported_booths=1)
    client.force_login(staff)

    data = opened(client, participants(events[2])) | row(0, other) | row(1, facility, supported_booths=1)
    _, number, found = refused_row(client, events[2], data)

    assert number == 1
    assert "đã được hỗ trợ dự hội chợ nước ngoài 3 lần trong năm 2020" in found[0]


def test_booths_beyond_the_fair_are_refused_above_the_rows(client, staff):
    event = EventFactory(province=staff.province, booths=2)
    client.force_login(staff)
    facility = FacilityFactory(province=staff.province)

    page, number, found = refused_row(client, event, opened(client, participants(event)) | row(0, facility, booths="3"))

    assert number is None
    assert any("cả sự kiện có 2" in one for one in found)
    assert form_data(page, FORM)["rows-0-facility"] == str(facility.pk)


def test_a_participant_with_a_deal_stays(client, staff):
    event = DealFactory(event__province=staff.province).event
    client.force_login(staff)

    _, number, found = refused_row(client, event, opened(client, participants(event)) | {"rows-0-DELETE": "on"})

    assert (number, "đã có biên bản" in found[0]) == (0, True)


def test_another_provinces_facility_cannot_be_chosen(client, staff):
    event = EventFactory(province=staff.province)
    stranger = FacilityFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(staff)

    assert refused_row(client, event, opened(client, participants(event)) | row(0, stranger))[1] == 0


def test_rows_that_somebody_else_saved_meanwhile_are_told(client, staff):
    event = EventFactory(province=staff.province)
    part = ParticipationFactory(event=event)
    client.force_login(staff)
    mine = opened(client, participants(event)) | {"rows-0-booths": "5"}
    Participation.objects.filter(pk=part.pk).update(booths=3)

    page = soup(client.post(participants(event), mine))

    assert any("Người khác vừa lưu hồ sơ này" in one for one in sentences(page))
    assert form_data(page, FORM)["rows-0-booths"] == "5"


def test_an_event_to_come_asks_for_no_turnover(client, staff):
    day = datetime.date(2099, 1, 1)
    event = EventFactory(province=staff.province, status="planned", starts_on=day, ends_on=day)
    client.force_login(staff)

    assert not soup(client.get(participants(event))).select("[name$=turnover]")


@pytest.mark.parametrize("count", [1, 3])
def test_the_rows_cost_the_same_for_one_and_three(client, staff, count, django_assert_num_queries):
    event = EventFactory(province=staff.province)
    ParticipationFactory.create_batch(count, event=event)
    client.force_login(staff)

    with django_assert_num_queries(11):
        client.get(participants(event))
