"""A certified product gives its facility priority, and the facility's page tells of products and commendations."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from facilities import priority
from tests.facilities.builders import merged
from tests.factories import FacilityFactory
from tests.fairs.factories import CommendationFactory, ProductFactory, certified
from tests.pages import rows, soup

pytestmark = pytest.mark.django_db
LAST = datetime.date(2023, 12, 31)  # of a certificate of 2020


@pytest.fixture
def facility(staff):
    return FacilityFactory(name="Hợp tác xã Chè", province=staff.province)


def on(monkeypatch, day):
    monkeypatch.setattr(timezone, "localdate", lambda: day)


def mark(facility):
    return next(one for one in priority.marks(facility) if one.label == priority.CERTIFIED)


def listed(client):
    page = soup(client.get(reverse("facilities:facility-list"), {"mark": "certified"}))
    return [a.get_text() for a in page.select("#facilities a.title")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime.date(2020, 9, 14), False),
        (datetime.date(2020, 9, 15), True),
        (LAST, True),
        (LAST + datetime.timedelta(days=1), False),
    ],
)
def test_only_certificates_in_force_that_day_count(client, staff, facility, monkeypatch, day, expected):
    certificate = certified(facility)
    FacilityFactory(province=staff.province)
    on(monkeypatch, day)
    client.force_login(staff)

    assert mark(facility).state is priority.is_priority(facility) is expected
    assert (certificate.number in mark(facility).how) is expected
    assert listed(client) == [facility.name] * expected


def test_a_revoked_certificate_gives_no_priority(client, staff, facility, monkeypatch):
    taken = {"revocation_number": "9/QĐ", "revocation_reason": "Vi phạm", "revoked_by": staff}
    certified(facility, revoked_on=datetime.date(2021, 2, 3), **taken)
    client.force_login(staff)

    on(monkeypatch, datetime.date(2021, 2, 2))
    assert (mark(facility).state, listed(client)) == (True, [facility.name])
    on(monkeypatch, datetime.date(2021, 2, 3))
    assert (mark(facility).state, listed(client)) == (False, [])


def test_the_certificate_of_a_merged_facility_counts_for_the_kept_one_once(client, staff, facility, monkeypatch):
    old = FacilityFactory(name="Cơ sở cũ", province=staff.province)
    certified(old)
    certified(facility)
    merged(old, facility, by=staff)
    on(monkeypatch, LAST)
    client.force_login(staff)

    assert listed(client) == [facility.name]
    assert mark(facility).state is True
    old.refresh_from_db()
    assert mark(old).state is True


def test_the_page_of_a_facility_tells_its_products_certificates_and_commendations(client, staff, facility, monkeypatch):
    certificate = certified(facility, number="15/GCN")
    ProductFactory(name="Không giấy", facility=facility)
    CommendationFactory(province=staff.province, facility=facility, decision_number="7/QĐ-UBND")
    on(monkeypatch, datetime.date(2023, 12, 1))
    client.force_login(staff)

    page = soup(client.get(facility.get_absolute_url()))

    told = rows(page, "#products tbody tr")
    name = certificate.entry.product.name
    words = "Cấp tỉnh số 15/GCN , đến 31/12/2023, còn 30 ngày"
    assert sorted([row[0], row[2]] for row in told) == sorted([["Không giấy", "chưa có"], [name, words]])
    assert "7/QĐ-UBND" in page.select_one("#products").get_text()
    assert "15/GCN đến 31/12/2023" in page.select_one("#priority").get_text()


def test_a_leader_sees_no_empty_block(client, leader):
    facility = FacilityFactory(province=leader.province)
    client.force_login(leader)

    assert soup(client.get(facility.get_absolute_url())).select("#products") == []
