"""Memoranda and contracts: written down, followed, decided; their list and totals."""

import datetime

import pytest
from django.urls import reverse

from fairs.events import deals
from fairs.events.services import confirm_event
from fairs.models import Deal, FollowUp
from khuyencong.enums import Role
from tests.facilities.builders import merged
from tests.factories import FacilityFactory, ProvinceFactory, UserFactory
from tests.fairs.factories import DealFactory, EventFactory, FollowUpFactory, ParticipationFactory
from tests.pages import form_data, sentences, soup

pytestmark = pytest.mark.django_db
LIST = "fairs:deal-list"
FORM = "main form[data-kc-unsaved]"
LATE = datetime.date(2020, 6, 1)


def opened(client, url):
    return form_data(soup(client.get(url)), FORM)


def url(name, row):
    return reverse(f"fairs:deal-{name}", args=[row.pk])


def partners(page):
    return [a.get_text() for a in page.select("#deal-rows a.title")]


def figure(page, label):
    found = {dt.get_text(): dt.find_next("dd").get_text() for dt in page.select(".totals dt")}
    return next(value for name, value in found.items() if name.startswith(label))


def test_a_memorandum_is_written_down_with_the_day_to_ask_again(client, staff):
    part = ParticipationFactory(event=EventFactory(province=staff.province))
    client.force_login(staff)
    typed = {"partner": "Siêu thị mẫu", "facility": str(part.facility.pk), "signed_on": "06/05/2020"}
    typed |= {"value": "1,5 tỷ", "follow_up_on": "06/08/2020", "contract_number": "bỏ"}

    client.post(url("create", part.event), opened(client, url("create", part.event)) | typed)

    deal = Deal.objects.get()
    assert (deal.event, deal.facility, deal.value, deal.created_by) == (part.event, part.facility, 1_500_000_000, staff)
    assert (deal.follow_up_on, deal.contract_number) == (datetime.date(2020, 8, 6), "")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"partner": ""}, "partner", "Nhập đối tác."),
        ({"signed_on": ""}, "signed_on", "Nhập ngày ký biên bản ghi nhớ"),
        ({"signed_on": "04/05/2020"}, "signed_on", "không được trước ngày bắt đầu"),
        ({"signed_on": "04/05/2099"}, "signed_on", "ở tương lai"),
        ({"outcome": "contract"}, "contract_on", "nhập ngày ký hợp đồng"),
        ({"outcome": "contract", "contract_on": "05/05/2020"}, "contract_on", "không được trước ngày ký biên bản"),
        ({"outcome": "dropped"}, "outcome_note", "Ghi lý do không thành."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, staff, typed, field, sentence):
    event = EventFactory(province=staff.province)
    client.force_login(staff)
    data = opened(client, url("create", event)) | {"partner": "Siêu thị", "signed_on": "06/05/2020"} | typed

    page = soup(client.post(url("create", event), data))

    assert any(sentence in p.get_text() for p in page.select(f"#id_{field}_error p")), sentences(page)
    assert page.select_one("h1").get_text() == "Thêm biên bản, hợp đồng"
    assert not Deal.objects.exists()


def test_only_facilities_that_took_part_are_offered_and_merged_ones_by_their_kept_name(client, staff):
    event = EventFactory(province=staff.province)
    kept, gone, _stranger = FacilityFactory.create_batch(3, province=staff.province)
    ParticipationFactory(event=event, facility=gone)
    merged(gone, kept, by=staff)
    client.force_login(staff)

    options = soup(client.get(url("create", event))).select("select[name=facility] option")

    assert [one["value"] for one in options] == ["", str(kept.pk)]


def test_an_event_to_come_takes_no_memorandum(client, staff):
    day = datetime.date(2099, 1, 1)
    event = EventFactory(province=staff.province, status="planned", starts_on=day, ends_on=day)
    client.force_login(staff)

    assert client.get(url("create", event)).url == event.get_absolute_url()


def test_what_was_heard_is_added_and_moves_the_day_to_ask(client, staff):
    deal = DealFactory(event__province=staff.province, follow_up_on=LATE)
    client.force_login(staff)
    assert "Quá hạn hỏi lại" in soup(client.get(deal.get_absolute_url())).select_one("p.note").get_text()

    typed = {"follow-answer": "Đang chốt giá.", "follow-asked_on": "02/06/2020", "follow-next_on": "01/01/2099"}
    client.post(url("follow-up", deal), typed)

    deal.refresh_from_db()
    assert deal.follow_up_on == datetime.date(2099, 1, 1)
    assert list(FollowUp.objects.values_list("answer", "by")) == [("Đang chốt giá.", staff.pk)]
    page = soup(client.get(deal.get_absolute_url()))
    assert "Đang chốt giá." in page.select_one("#heard").get_text()
    assert not page.select("p.note[data-tone=bad]")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"answer": " "}, "Nhập nội dung."),
        ({"asked_on": "01/01/2099"}, "Ngày hỏi không được ở tương lai."),
        ({"next_on": "02/06/2020"}, "Ngày hẹn hỏi lại phải sau ngày hỏi."),
    ],
)
def test_a_follow_up_that_cannot_be_is_refused_and_stays_typed(client, staff, typed, sentence):
    deal = DealFactory(event__province=staff.province)
    client.force_login(staff)
    data = {"answer": "Đã gọi điện", "asked_on": "02/06/2020"} | typed

    page = soup(client.post(url("follow-up", deal), {f"follow-{name}": value for name, value in data.items()}))

    assert any(sentence in one for one in sentences(page))
    assert page.select_one("[name=follow-asked_on]")["value"] == data["asked_on"]
    assert not FollowUp.objects.exists()


def test_a_memorandum_becomes_a_contract_and_is_followed_no_longer(client, staff):
    deal = DealFactory(event__province=staff.province, follow_up_on=LATE)
    client.force_login(staff)
    typed = {
        "contract-contract_on": "10/06/2020",
        "contract-contract_number": "01/HĐ",
        "contract-contract_value": "2 tỷ",
    }

    client.post(url("contract", deal), typed)

    deal.refresh_from_db()
    assert (deal.outcome, deal.contract_number, deal.contract_value) == ("contract", "01/HĐ", 2_000_000_000)
    assert deal.follow_up_on is None
    assert not soup(client.get(deal.get_absolute_url())).select("#contract form")


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("contract", {"contract-contract_on": ""}, "Nhập ngày ký hợp đồng."),
        ("contract", {"contract-contract_on": "01/05/2020"}, "không được trước ngày"),
        ("contract", {"contract-contract_on": "01/05/2099"}, "ở tương lai"),
        ("drop", {"drop-outcome_note": ""}, "Nhập lý do không thành."),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_its_form(client, staff, name, typed, sentence):
    deal = DealFactory(event__province=staff.province)
    client.force_login(staff)

    page = soup(client.post(url(name, deal), typed))

    assert sentence in page.select_one(f"#{name}").get_text()
    deal.refresh_from_db()
    assert deal.outcome == "open"


def test_nothing_came_of_it_for_a_reason(client, staff):
    deal = DealFactory(event__province=staff.province, follow_up_on=LATE)
    client.force_login(staff)

    client.post(url("drop", deal), {"drop-outcome_note": "Không thống nhất giá"})

    deal.refresh_from_db()
    assert (deal.outcome, deal.outcome_note, deal.follow_up_on) == ("dropped", "Không thống nhất giá", None)


def test_what_somebody_else_decided_meanwhile_stays(client, staff):
    deal = DealFactory(event__province=staff.province)
    client.force_login(staff)
    client.post(url("drop", deal), {"drop-outcome_note": "Không thống nhất giá"})

    page = soup(client.post(url("contract", deal), {"contract-contract_on": "10/06/2020"}))

    assert "đã có kết quả" in page.get_text()
    deal.refresh_from_db()
    assert deal.outcome == "dropped"


def test_the_second_of_two_people_is_told_what_the_first_saved(client, staff):
    deal = DealFactory(event__province=staff.province)
    client.force_login(staff)
    mine = opened(client, url("edit", deal)) | {"subject": "Chè"}
    client.post(url("edit", deal), opened(client, url("edit", deal)) | {"value": "5"})

    page = soup(client.post(url("edit", deal), mine))

    assert any("Người khác vừa lưu hồ sơ này" in one for one in sentences(page))
    deal.refresh_from_db()
    assert (deal.value, deal.subject) == (5, "")


def test_a_deal_that_was_followed_is_not_deleted(client, staff):
    followed = FollowUpFactory(deal__event__province=staff.province).deal
    mistaken = DealFactory(event__province=staff.province)
    client.force_login(staff)

    for deal in (followed, mistaken):
        client.post(url("delete", deal))

    assert list(Deal.objects.all()) == [followed]


def test_the_list_filters_by_words_year_outcome_and_what_is_due(client, staff):
    event = EventFactory(province=staff.province, name="Hội nghị kết nối")
    common = {"event": event, "facility": None}
    DealFactory(partner="Đặc sản Mẫu", follow_up_on=LATE, **common)
    DealFactory(partner="Hàng xóm", follow_up_on=datetime.date(2099, 1, 1), **common)
    DealFactory(partner="Ký ngay", signed_on=None, outcome="contract", contract_on=datetime.date(2021, 2, 1), **common)
    DealFactory(event=EventFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh")), partner="Đặc sản khác")
    client.force_login(staff)

    def found(**asked):
        return partners(soup(client.get(reverse(LIST), asked)))

    assert found(q="dac san") == ["Đặc sản Mẫu"]
    assert len(found(q="hoi nghi")) == 3
    assert found(year="2021") == found(outcome="contract") == ["Ký ngay"]
    assert found(follow="due") == found(follow="late") == ["Đặc sản Mẫu"]


def test_the_share_of_memoranda_that_became_contracts_leaves_out_those_signed_at_once(client, staff):
    event = EventFactory(province=staff.province)
    common = {"event": event, "facility": None}
    grown = {"outcome": "contract", "contract_on": datetime.date(2020, 9, 1), "contract_value": 30}
    DealFactory(value=40, **grown, **common)
    DealFactory(value=10, follow_up_on=LATE, **common)
    DealFactory(signed_on=None, **grown, **common)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    labels = (
        "Biên bản ghi nhớ",
        "Giá trị ghi nhớ",
        "Hợp đồng",
        "Giá trị hợp đồng",
        "Biên bản thành hợp đồng",
        "Quá hạn",
    )
    assert [figure(page, label) for label in labels] == ["2", "50", "2", "60", "50,0", "1"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        DealFactory(event__province=staff.province)
    client.force_login(staff)

    with django_assert_num_queries(9):
        client.get(reverse(LIST))


def test_a_leader_reads_but_does_not_write(client):
    deal = DealFactory()
    client.force_login(UserFactory(role=Role.LEADER, province=deal.event.province))

    page = soup(client.get(deal.get_absolute_url()))

    assert not page.select("main form")
    assert client.get(url("edit", deal)).status_code == 403
    assert client.post(url("contract", deal)).status_code == 403


def sent(client, event, **typed):
    data = opened(client, url("create", event)) | {
        "partner": "Siêu thị mẫu",
        "signed_on": "06/05/2020",
        "value": "5 tỷ",
    }
    return client.post(url("create", event), data | typed)


def test_a_memorandum_sent_twice_is_written_once(client, staff):
    event = EventFactory(province=staff.province)
    client.force_login(staff)
    sent(client, event)
    deal = Deal.objects.get()

    again = sent(client, event, partner=" Siêu  thị mẫu ", note="gửi lại")

    assert again.url == deal.get_absolute_url()
    assert Deal.objects.get() == deal
    assert "đã được lưu từ lần gửi trước" in soup(client.get(again.url)).get_text()


@pytest.mark.parametrize("typed", [{"value": "6 tỷ"}, {"signed_on": "07/05/2020"}, {"subject": "Miến dong"}])
def test_a_memorandum_that_differs_is_another_one(client, staff, typed):
    event = EventFactory(province=staff.province)
    client.force_login(staff)
    sent(client, event)

    sent(client, event, **typed)

    assert Deal.objects.count() == 2


def test_the_same_memorandum_of_another_person_or_hour_is_another_one(client, staff, monkeypatch):
    event = EventFactory(province=staff.province)
    client.force_login(staff)
    sent(client, event)
    client.force_login(UserFactory(role=Role.STAFF, province=staff.province))
    sent(client, event)
    assert Deal.objects.count() == 2

    monkeypatch.setattr(deals, "AGAIN", datetime.timedelta(0))
    sent(client, event)
    assert Deal.objects.count() == 3


def test_a_memorandum_that_was_deleted_can_be_written_again(client, staff):
    event = EventFactory(province=staff.province)
    client.force_login(staff)
    sent(client, event)
    Deal.objects.get().delete()

    sent(client, event)

    assert Deal.objects.count() == 1


def test_what_was_heard_is_written_once_however_often_it_is_sent(client, staff):
    deal = DealFactory(event__province=staff.province)
    client.force_login(staff)
    typed = {"follow-answer": "Đang chốt giá.", "follow-asked_on": "02/06/2020", "follow-next_on": "01/01/2099"}
    client.post(url("follow-up", deal), typed)

    again = client.post(url("follow-up", deal), typed | {"follow-answer": "Đang chốt giá. "})

    assert again.url == deal.get_absolute_url()
    assert FollowUp.objects.count() == 1
    client.post(url("follow-up", deal), typed | {"follow-asked_on": "03/06/2020"})
    assert FollowUp.objects.count() == 2


def test_a_contract_signed_at_once_keeps_no_value_of_a_memorandum(client, staff):
    event = EventFactory(province=staff.province)
    client.force_login(staff)

    sent(client, event, signed_on="", outcome="contract", contract_on="06/05/2020", contract_value="3 tỷ")

    deal = Deal.objects.get()
    assert (deal.value, deal.contract_value) == (None, 3_000_000_000)


def test_a_value_waits_for_a_day_that_cannot_be_read(client, staff):
    event = EventFactory(province=staff.province)
    client.force_login(staff)

    page = soup(sent(client, event, signed_on="31/02/2020", value="rất nhiều"))

    assert page.select("#id_signed_on_error")
    assert page.select("#id_value_error")


def test_a_memorandum_of_a_confirmed_event_is_not_deleted_and_the_page_says_why(client, staff):
    deal = DealFactory(event__province=staff.province)
    confirm_event(deal.event, by=UserFactory(role=Role.REVIEWER, province=staff.province))
    client.force_login(staff)

    page = soup(client.post(url("delete", deal), follow=True))

    assert Deal.objects.get() == deal
    assert "của sự kiện này đã được xác nhận" in page.select_one("main").get_text()
