"""Market events: list with totals, page, confirmation, facility and scheme sections, search."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from fairs.events import services
from fairs.models import MarketEvent
from khuyencong.enums import Role
from tests.facilities.builders import merged
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory, SourceFactory, UserFactory
from tests.fairs.factories import DealFactory, EventFactory, EventFundingFactory, ParticipationFactory
from tests.pages import rows, soup

pytestmark = pytest.mark.django_db
LIST = "fairs:event-list"


def titles(page):
    return [a.get_text() for a in page.select("#events a.title")]


def figure(page, label):
    """The figure of the strip whose label begins with `label`."""
    found = {dt.get_text(): dt.find_next("dd").get_text() for dt in page.select(".totals dt")}
    return next(value for name, value in found.items() if name.startswith(label))


def confirmed(event):
    reviewer = UserFactory(role=Role.REVIEWER, province=event.province, full_name="Người thẩm định mẫu")
    services.confirm_event(event, by=reviewer)
    event.refresh_from_db()
    return event


@pytest.mark.parametrize("typed", ["tuan ket noi", "HÀNG VIỆT", "lao"])
def test_search_needs_no_diacritics_and_stays_in_the_province(client, staff, typed):
    common = {"name": "Tuần kết nối", "campaign": "Hàng Việt về nông thôn", "venue": "abroad", "country": "Lào"}
    EventFactory(province=staff.province, **common)
    EventFactory(province=staff.province, name="Hội chợ khác")
    EventFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"), **common)
    client.force_login(staff)

    assert titles(soup(client.get(reverse(LIST), {"q": typed}))) == ["Tuần kết nối"]


@pytest.mark.parametrize(
    "asked",
    [
        {"year": "2019"},
        {"kind": "market"},
        {"role": "attended"},
        {"venue": "abroad"},
        {"status": "cancelled"},
        {"confirmed": "no"},
    ],
)
def test_each_filter_finds_what_it_names(client, staff, asked):
    day = datetime.date(2019, 3, 1)
    facts = {"kind": "market", "role": "attended", "venue": "abroad", "country": "Lào", "status": "cancelled"}
    EventFactory(province=staff.province, name="Sự kiện tìm", starts_on=day, ends_on=day, **facts)
    confirmed(EventFactory(province=staff.province))
    client.force_login(staff)

    assert titles(soup(client.get(reverse(LIST), asked))) == ["Sự kiện tìm"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    scheme = SchemeFactory(province=staff.province, money={"province": 100})
    for _ in range(count):
        event = EventFactory(province=staff.province, scheme=scheme)
        EventFundingFactory(event=event, amount=Decimal(5), source=SourceFactory(code="province"))
        DealFactory(event=event)
    client.force_login(staff)

    with django_assert_num_queries(12):
        client.get(reverse(LIST))


def test_totals_tell_occurrences_from_distinct_facilities(client, staff):
    once, again = FacilityFactory.create_batch(2, province=staff.province)
    first, second = EventFactory.create_batch(2, province=staff.province, other_participants=3)
    for event, facility, turnover in ((first, once, 10), (second, once, None), (second, again, 5)):
        ParticipationFactory(event=event, facility=facility, turnover=turnover)
    merged(again, once, by=staff)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert [figure(page, label) for label in ("Lượt doanh nghiệp", "Cơ sở khác nhau")] == ["9", "1"]
    assert [figure(page, label) for label in ("Gian hàng", "Doanh thu")] == ["60", "15"]


def test_totals_are_of_events_that_were_held(client, staff):
    EventFactory(province=staff.province, booths=300, booths_qualifier="nearly", other_participants=7)
    EventFactory(province=staff.province, booths=50, other_participants=9, status="cancelled")
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert [figure(page, label) for label in ("Sự kiện", "Lượt", "Gian hàng")] == ["2", "7", "khoảng 300"]
    assert "gần 300" in page.select_one("#events").get_text()


def test_money_through_a_scheme_is_shown_apart_and_counted_once(client, staff):
    province = SourceFactory(code="province", name="Ngân sách tỉnh")
    scheme = SchemeFactory(province=staff.province, money={"province": 100})
    EventFundingFactory(event=EventFactory(province=staff.province, scheme=scheme), source=province, amount=60)
    EventFundingFactory(event=EventFactory(province=staff.province), source=province, amount=40)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert rows(page, "#sources tbody tr") == [["Ngân sách tỉnh", "100", "60"]]
    assert figure(page, "Kinh phí") == "100"


def test_an_empty_list_says_what_to_do(client, staff):
    client.force_login(staff)

    assert "Chưa có sự kiện nào" in soup(client.get(reverse(LIST))).select_one(".empty").get_text()
    assert "Không có sự kiện nào khớp" in soup(client.get(reverse(LIST), {"q": "abc"})).select_one(".empty").get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_participant_and_three(client, staff, count, django_assert_num_queries):
    event = EventFactory(province=staff.province)
    for _ in range(count):
        DealFactory(event=event)
    client.force_login(staff)

    with django_assert_num_queries(11):
        client.get(event.get_absolute_url())


def test_the_page_adds_up_participants_money_and_deals(client, staff):
    event = EventFactory(province=staff.province, other_participants=4, supported_booths=10)
    EventFundingFactory(event=event, amount=Decimal(50_000_000))
    for turnover in (None, 7_000_000):
        ParticipationFactory(event=event, supported_booths=1, support_amount=2_000_000, turnover=turnover)
    DealFactory(
        event=event, facility=None, value=900, outcome="contract", contract_on=event.ends_on, contract_value=800
    )
    DealFactory(event=event, facility=None, follow_up_on=datetime.date(2020, 6, 1))
    client.force_login(staff)

    page = soup(client.get(event.get_absolute_url()))

    assert rows(page, "#participants tfoot tr") == [["Tổng", "2", "2", "4.000.000", "7.000.000"]]
    assert "6 lượt" in page.select_one("#participants p").get_text()
    said = page.select_one("#deals p").get_text()
    assert "2 biên bản (900 đồng)" in said
    assert "1 hợp đồng (800 đồng) · 50% biên bản" in said
    assert "1 quá hạn hỏi lại" in said


def test_staff_and_reviewer_are_told_what_to_do_next(client, staff):
    event = EventFactory(province=staff.province)
    client.force_login(staff)
    assert "Nhập cơ sở" in soup(client.get(event.get_absolute_url())).select_one("p.note").get_text()

    client.force_login(UserFactory(role=Role.REVIEWER, province=staff.province))
    link = soup(client.get(event.get_absolute_url())).select_one("p.note a")
    assert link["href"] == reverse("admin:fairs_marketevent_change", args=[event.pk])


def test_a_confirmed_event_says_so_and_is_not_edited(client, staff):
    event = confirmed(EventFactory(province=staff.province))
    client.force_login(staff)

    page = soup(client.get(event.get_absolute_url()))

    assert "Số liệu đã xác nhận bởi Người thẩm định mẫu" in page.select_one("p.note").get_text()
    for name in ("fairs:event-edit", "fairs:event-participants"):
        assert client.get(reverse(name, args=[event.pk])).url == event.get_absolute_url()


def test_the_history_names_the_facility_and_the_source(client, staff):
    event = EventFactory(province=staff.province)
    part = ParticipationFactory(event=event)
    EventFundingFactory(event=event)
    client.force_login(staff)

    text = soup(client.get(reverse("fairs:event-history", args=[event.pk]))).get_text()

    assert f"cơ sở tham gia: {part.facility}" in text
    assert "kinh phí của sự kiện: " in text


def test_an_event_written_by_mistake_is_deleted_and_no_other(client, staff):
    empty, used = EventFactory.create_batch(2, province=staff.province)
    ParticipationFactory(event=used)
    settled = confirmed(EventFactory(province=staff.province))
    client.force_login(staff)

    for event in (empty, used, settled):
        client.post(reverse("fairs:event-delete", args=[event.pk]))

    assert set(MarketEvent.objects.all()) == {used, settled}


def test_a_facilitys_page_tells_of_its_events_and_of_those_merged_into_it(client, staff):
    kept, gone = FacilityFactory.create_batch(2, province=staff.province)
    year = datetime.date.today().year  # noqa: DTZ011  the page's own year
    common = {"province": staff.province, "venue": "abroad", "country": "Lào", "role": "attended", "status": "planned"}
    for month, facility in ((1, kept), (2, gone)):
        day = datetime.date(year, month, 1)
        event = EventFactory(starts_on=day, ends_on=day, name=f"Hội chợ {month}", **common)
        ParticipationFactory(event=event, facility=facility, supported_booths=1, support_amount=1_000)
    merged(gone, kept, by=staff)
    client.force_login(staff)

    block = soup(client.get(kept.get_absolute_url())).select_one("section#events")

    assert [a.get_text() for a in block.select("td a")] == ["Hội chợ 2", "Hội chợ 1"]
    assert "2.000" in block.select_one("tfoot").get_text()
    assert "đã 2 lần, còn 0 lần" in " ".join(block.get_text().split())


def test_a_schemes_page_sets_the_money_of_its_events_against_its_own(client, staff):
    scheme = SchemeFactory(province=staff.province, money={"province": 100})
    event = EventFactory(province=staff.province, scheme=scheme)
    EventFundingFactory(event=event, source=SourceFactory(code="province", name="Ngân sách tỉnh"), amount=60)
    client.force_login(staff)

    block = soup(client.get(scheme.get_absolute_url())).select_one("section#events")

    assert rows(block, "table.dense tbody tr")[0][1:] == ["100", "60", "40"]


def test_the_search_box_finds_events_and_deals(client, staff):
    DealFactory(
        event=EventFactory(province=staff.province, name="Hội chợ Cửa Lò"),
        facility=None,
        partner="Siêu thị Hồng Lam",
    )
    client.force_login(staff)

    def found(typed):
        return soup(client.get(reverse("search"), {"q": typed})).select_one("main").get_text()

    assert "Hội chợ Cửa Lò" in found("cua lo")
    assert "Siêu thị Hồng Lam" in found("hong lam")
    client.force_login(UserFactory(role=Role.STAFF, province=ProvinceFactory(code="42", name="Hà Tĩnh")))
    assert "Siêu thị Hồng Lam" not in found("hong lam")
