"""Confirming the figures of an event in the admin, and opening them again."""

import pytest
from django.urls import reverse

from khuyencong.enums import Role
from tests.factories import UserFactory
from tests.fairs.factories import EventFactory, EventFundingFactory, ParticipationFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db


def page_of(event):
    return reverse("admin:fairs_marketevent_change", args=[event.pk])


@pytest.fixture
def event(db):
    return ParticipationFactory(event=EventFactory(booths=300, booths_qualifier="nearly", other_participants=2)).event


@pytest.fixture
def reviewer(event):
    return UserFactory(role=Role.REVIEWER, province=event.province)


def seen(client, event):
    return soup(client.get(page_of(event))).select_one("[name=seen]")["value"]


def test_a_reviewer_sees_the_figures_and_confirms_them(client, event, reviewer):
    EventFundingFactory(event=event, amount=5_000)
    client.force_login(reviewer)
    text = " ".join(soup(client.get(page_of(event))).select_one("#content").get_text(" ").split())
    assert "gần 300" in text
    assert "3 lượt, trong đó 1 lượt của 1 cơ sở" in text
    assert "5.000" in text

    client.post(page_of(event), {"step": "confirm", "seen": seen(client, event)})

    event.refresh_from_db()
    assert event.confirmed_by == reviewer


@pytest.mark.parametrize("change", [ParticipationFactory, EventFundingFactory])
def test_figures_that_changed_since_they_were_read_are_not_confirmed(client, event, reviewer, change):
    client.force_login(reviewer)
    before = seen(client, event)
    change(event=event)

    response = client.post(page_of(event), {"step": "confirm", "seen": before})

    event.refresh_from_db()
    assert event.confirmed_at is None
    assert "Người khác vừa lưu" in response.content.decode()


def test_figures_are_opened_again_with_a_reason_only(client, event, reviewer):
    client.force_login(reviewer)
    client.post(page_of(event), {"step": "confirm", "seen": seen(client, event)})

    assert "Nhập lý do mở lại số liệu." in client.post(page_of(event), {"step": "reopen"}).content.decode()
    event.refresh_from_db()
    assert event.is_confirmed

    client.post(page_of(event), {"step": "reopen", "reason": "Thiếu một cơ sở"})
    event.refresh_from_db()
    assert not event.is_confirmed
    history = client.get(reverse("fairs:event-history", args=[event.pk])).content.decode()
    assert "Lý do: Thiếu một cơ sở" in history


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_look_and_do_not_confirm(client, event, role):
    client.force_login(UserFactory(role=role, province=event.province))

    assert not soup(client.get(page_of(event))).select("[name=step]")
    assert client.post(page_of(event), {"step": "confirm"}).status_code == 403


def test_what_waits_is_told_on_the_first_page(client, event, reviewer):
    client.force_login(reviewer)

    assert "Số liệu sự kiện chờ xác nhận" in client.get(reverse("admin:index")).content.decode()
    found = soup(client.get(reverse("admin:fairs_marketevent_changelist"), {"confirmed": "no"}))
    assert event.name in found.get_text()
