"""Complaints about a round's result."""

import datetime

import pytest
from django.urls import reverse

from fairs.models import Complaint
from tests.factories import ProvinceFactory
from tests.fairs.factories import ComplaintFactory, EntryFactory, RoundFactory, conclude
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
FORM = "main form[data-kc-unsaved]"


@pytest.fixture
def announced(staff):
    """A round of the staff's province, announced on 16/9/2020: complaints until 7/10/2020."""
    entry = EntryFactory(round__cycle__province=staff.province)
    round = conclude(entry.round, entry)
    round.announced_on = datetime.date(2020, 9, 16)
    round.save()
    return round


def written(client, round, **typed):
    url = reverse("fairs:complaint-create", args=[round.pk])
    data = form_data(soup(client.get(url)), FORM)
    return client.post(url, data | {"complainant": "Một cơ sở", "content": "Xem lại điểm"} | typed)


@pytest.mark.parametrize(("day", "is_late"), [("07/10/2020", False), ("08/10/2020", True)])
def test_a_late_complaint_is_kept_and_says_so(client, staff, announced, day, is_late):
    client.force_login(staff)

    written(client, announced, received_on=day)

    complaint = Complaint.objects.get()
    assert (complaint.is_late, complaint.recorded_by) == (is_late, staff)
    shown = rows(soup(client.get(announced.get_absolute_url())), "#complaint-table tbody tr")[0]
    assert ("quá thời hạn" in shown[1]) == is_late
    assert shown[2] == f"{complaint.due_on:%d/%m/%Y} trễ trả lời"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"received_on": "15/09/2020"}, "received_on", "Ngày nhận phải từ ngày công bố (16/09/2020)"),
        ({"received_on": "18/09/2020", "complainant": " "}, "complainant", "Nhập người khiếu nại."),
        ({"received_on": "18/09/2020", "answered_on": "20/09/2020"}, "outcome", "Trả lời phải có ngày, kết quả"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, staff, announced, typed, field, said):
    client.force_login(staff)

    page = soup(written(client, announced, **typed))

    assert said in page.select_one(f"#id_{field}_error").get_text()
    assert not Complaint.objects.exists()


def test_an_answer_is_written_down(client, staff, announced):
    complaint = ComplaintFactory(round=announced, entry=announced.entries.get())
    client.force_login(staff)
    url = reverse("fairs:complaint-edit", args=[complaint.pk])
    data = form_data(soup(client.get(url)), FORM)

    client.post(url, data | {"answered_on": "25/09/2020", "outcome": "rejected", "answer": "Điểm đúng biên bản."})

    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.answered_on) == ("rejected", datetime.date(2020, 9, 25))
    shown = rows(soup(client.get(announced.get_absolute_url())), "#complaint-table tbody tr")[0]
    assert shown[3] == "Không chấp nhận trả lời 25/09/2020"
    assert (
        "khiếu nại"
        in soup(client.get(complaint.entry.get_absolute_url())).select_one(".note[data-tone=wait]").get_text()
    )


def test_nothing_is_complained_of_before_the_announcement(client, staff):
    round = RoundFactory(cycle__province=staff.province)
    client.force_login(staff)

    page = soup(client.get(reverse("fairs:complaint-create", args=[round.pk]), follow=True))

    assert sentences(page) == ["Kỳ bình chọn chưa công bố kết quả: ghi ngày công bố trước."]


def test_another_provinces_complaint_does_not_exist(client, staff):
    entry = EntryFactory(round__cycle__province=ProvinceFactory(code="42"))
    round = conclude(entry.round, entry)
    type(round).objects.filter(pk=round.pk).update(announced_on=round.decided_on)
    complaint = ComplaintFactory(round=round, recorded_by=round.created_by)
    client.force_login(staff)

    assert client.get(reverse("fairs:complaint-edit", args=[complaint.pk])).status_code == 404
    assert client.get(reverse("fairs:complaint-create", args=[complaint.round_id])).status_code == 404


def test_a_complaint_sent_twice_is_refused_and_another_one_is_not(client, staff, announced):
    client.force_login(staff)
    written(client, announced, received_on="18/09/2020")

    page = soup(written(client, announced, received_on="18/09/2020", complainant=" Một cơ sở "))

    assert "Khiếu nại này đã có trong danh sách" in page.select_one("#id_content_error").get_text()
    assert Complaint.objects.count() == 1
    written(client, announced, received_on="18/09/2020", content="Xem lại cả hồ sơ")
    assert Complaint.objects.count() == 2
