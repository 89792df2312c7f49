"""The same form sent twice at the same moment, in real transactions."""

import datetime
import time
from copy import copy

import pytest
from django.db import transaction

from fairs.events import deals
from fairs.models import Complaint, Deal, FollowUp
from fairs.selection import complaints
from tests.fairs.factories import ComplaintFactory, DealFactory, EventFactory
from tests.programmes.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
REST = 0.15


def sending(look, row):
    """Looks whether `row` stands already, rests, and writes it when it does not."""

    def act():
        with transaction.atomic():
            stands = look(row)
            time.sleep(REST)
            if not stands:
                row.save()

    return act


def test_a_memorandum_sent_twice_at_once_is_written_once():
    event = EventFactory()
    deal = DealFactory.build(event=event, facility=None, created_by=event.created_by)

    ends = together(*(sending(deals.sent_before, copy(deal)) for _ in range(2)))

    assert ends == [None, None]
    assert Deal.objects.count() == 1


def test_a_complaint_sent_twice_at_once_is_written_once():
    complaint = ComplaintFactory()
    complaint.pk, complaint.content, complaint._state.adding = None, "Xem lại cả hồ sơ", True

    ends = together(*(sending(complaints.refuse_second, copy(complaint)) for _ in range(2)))

    assert ends.count(None) == 1
    assert Complaint.objects.filter(content="Xem lại cả hồ sơ").count() == 1


def test_what_was_heard_sent_twice_at_once_is_written_once():
    deal = DealFactory()
    heard = {"asked_on": datetime.date(2020, 6, 2), "answer": "Đang chốt giá.", "next_on": None}

    ends = together(*[lambda: deals.follow_up(deal, by=deal.created_by, **heard)] * 2)

    assert ends == [None, None]
    assert FollowUp.objects.count() == 1
