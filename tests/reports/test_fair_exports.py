"""Exports of events, deals, certificates and commendations: what the list shows, typed cells, own province only."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reports import fair_exports
from tests.factories import ProvinceFactory, UserFactory
from tests.fairs.factories import (
    CertificateFactory,
    CommendationFactory,
    CycleFactory,
    DealFactory,
    EntryFactory,
    EventFactory,
    EventFundingFactory,
    ParticipationFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db
ELSEWHERE = {"code": "42", "name": "Hà Tĩnh"}


@pytest.fixture
def staff(client):
    person = UserFactory(role="staff")
    client.force_login(person)
    return person


def book(client, name, query=""):
    return load_workbook(BytesIO(b"".join(client.get(reverse(f"reports:{name}") + query).streaming_content)))


def lines(sheet, first):
    """Rows of values under the heading that begins with `first`."""
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(found) if row[0] == first)
    return [dict(zip(found[head], row, strict=True)) for row in found[head + 1 :] if row[0]]


def test_events_stand_with_their_money_and_who_took_part(client, staff):
    event = EventFactory(province=staff.province, name="=Hội chợ", booths=30)
    EventFundingFactory(event=event)
    part = ParticipationFactory(event=event, turnover=5_000_000)
    EventFactory(province=ProvinceFactory(**ELSEWHERE))
    found = book(client, "event-export")
    first, total = lines(found["Sự kiện"], "Sự kiện")
    assert (first["Sự kiện"], first["Gian hàng"], first["Kinh phí"]) == ("=Hội chợ", 30, 100_000_000)
    assert (total["Sự kiện"], total["Kinh phí"]) == ("Tổng các sự kiện đã tổ chức", 100_000_000)
    assert lines(found["Cơ sở tham gia"], "Sự kiện")[0]["Cơ sở"] == part.facility.name
    assert {cell.data_type for row in found["Sự kiện"].iter_rows() for cell in row if cell.value == "=Hội chợ"} == {"s"}


def test_the_filters_of_the_list_are_those_of_the_export(client, staff):
    EventFactory(province=staff.province, kind="fair")
    EventFactory(province=staff.province, kind="market", name="Phiên chợ mẫu")
    found = lines(book(client, "event-export", "?kind=market")["Sự kiện"], "Sự kiện")
    assert [line["Sự kiện"] for line in found] == ["Phiên chợ mẫu", "Tổng các sự kiện đã tổ chức"]


def test_deals_stand_with_their_facility_and_outcome(client, staff):
    deal = DealFactory(event=EventFactory(province=staff.province), value=90_000_000)
    DealFactory(event=EventFactory(province=ProvinceFactory(**ELSEWHERE)))
    first, total = lines(book(client, "deal-export").active, "Đối tác")
    assert (first["Cơ sở"], first["Kết quả"], first["Giá trị ghi nhớ"]) == (
        deal.facility.name,
        "Đang theo dõi",
        90_000_000,
    )
    assert total["Giá trị ghi nhớ"] == 90_000_000


def test_certificates_stand_with_their_validity(client, staff):
    round = RoundFactory(cycle=CycleFactory(province=staff.province))
    certificate = CertificateFactory(entry=EntryFactory(round=round))
    CertificateFactory(
        entry=EntryFactory(round=RoundFactory(cycle=CycleFactory(province=ProvinceFactory(**ELSEWHERE))))
    )
    first = lines(book(client, "certificate-export").active, "Số giấy chứng nhận")[0]
    assert (first["Số giấy chứng nhận"], first["Có giá trị đến"]) == (certificate.number, "31/12/2023")
    assert (first["Tình trạng"], first["Cấp"]) == ("Hết giá trị", "Cấp tỉnh")


def test_commendations_add_up_by_count(client, staff):
    CommendationFactory(province=staff.province, count=7, created_by=staff)
    CommendationFactory(province=ProvinceFactory(**ELSEWHERE))
    found = [[cell.value for cell in row] for row in book(client, "commendation-export").active.iter_rows()]
    assert [row[6] for row in found if row[0] == 2020 or row[1] == "Tổng cộng"] == [7, 7]


@pytest.mark.parametrize("name", ["event", "deal", "certificate", "commendation"])
def test_an_empty_list_is_an_empty_workbook(client, staff, name):
    assert book(client, f"{name}-export").worksheets


def test_too_many_rows_lead_back_to_the_list(client, staff, monkeypatch):
    monkeypatch.setattr(fair_exports, "MOST_ROWS", 1)
    for _ in range(2):
        EventFactory(province=staff.province)
    response = client.get(reverse("reports:event-export") + "?kind=fair")
    assert (response.status_code, response.url) == (302, f"{reverse('fairs:event-list')}?kind=fair")


def test_the_totals_are_of_events_that_were_held(client, staff):
    EventFactory(province=staff.province, booths=30)
    later, cancelled = (
        EventFactory(province=staff.province, booths=7, status=status, starts_on=day, ends_on=day)
        for status, day in (("planned", date(2099, 1, 1)), ("cancelled", date(2020, 5, 5)))
    )
    EventFundingFactory(event=later)
    for event in (later, cancelled):
        ParticipationFactory(event=event, booths=2)
    found = book(client, "event-export")
    *rows, total = lines(found["Sự kiện"], "Sự kiện")
    assert sorted(row["Trạng thái"] for row in rows) == ["Dự kiến", "Hủy", "Đã tổ chức"]
    assert (total["Sự kiện"], total["Gian hàng"], total["Kinh phí"]) == ("Tổng các sự kiện đã tổ chức", 30, 0)
    *parts, total = lines(found["Cơ sở tham gia"], "Sự kiện")
    assert sorted(part["Trạng thái"] for part in parts) == ["Dự kiến", "Hủy"]
    assert total["Gian hàng"] == 0


def test_too_many_who_took_part_lead_back_to_the_list(client, staff, monkeypatch):
    monkeypatch.setattr(fair_exports, "MOST_ROWS", 1)
    event = EventFactory(province=staff.province)
    ParticipationFactory.create_batch(2, event=event)
    response = client.get(reverse("reports:event-export") + "?kind=fair", follow=True)
    assert response.redirect_chain == [(f"{reverse('fairs:event-list')}?kind=fair", 302)]
    assert "lượt cơ sở tham gia" in response.content.decode()
