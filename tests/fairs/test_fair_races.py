"""Two people write of one fair or one round at the same moment, in real transactions; each guard with a control."""

import re
import time
from contextlib import contextmanager
from copy import copy
from decimal import Decimal

import pytest
from django.db import transaction

from fairs.events import services as events
from fairs.models import Deal, Entry, EventFunding, MarketEvent, Participation, ScoreSheet
from khuyencong.enums import Role
from tests.factories import FacilityFactory, SchemeFactory, SourceFactory, UserFactory
from tests.fairs.factories import (
    DealFactory,
    EntryFactory,
    EventFactory,
    MemberFactory,
    ParticipationFactory,
    RoundFactory,
    SheetFactory,
    complete,
    conclude,
    score,
)
from tests.programmes.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
LOCKS = r"\bFOR (NO KEY UPDATE|SHARE)( OF \w+)?"
JOINING = ("participation_of_open_event", "participation_fits", "participation_within")


@contextmanager
def dawdling(model, *names, lock=None, rest=0.15):
    """Inside, these triggers of `model` wait `rest` seconds before they end, so that all look before one commits.

    `lock`: what stands in place of their row locks; '' for none.
    """
    triggers = [one for one in model._meta.triggers if one.name in names]
    assert len(triggers) == len(names)
    for trigger in triggers:
        slow = copy(trigger)
        slow.func = re.sub(r"(\nRETURN \w+;)$", rf"\nPERFORM pg_sleep({rest});\1", trigger.func)
        if lock is not None:
            slow.func, count = re.subn(LOCKS, lock, slow.func)
            assert count
        slow.install(model)
    try:
        yield
    finally:
        for trigger in triggers:
            trigger.install(model)


def joining(event, number):
    """Acts that each write one facility into the list of an event."""
    facilities = [FacilityFactory(province=event.province) for _ in range(number)]
    return [
        lambda facility=facility: Participation.objects.create(event=event, facility=facility, booths=1)
        for facility in facilities
    ]


def test_of_two_facilities_one_takes_the_last_booth():
    fair = EventFactory(booths=1)

    with dawdling(Participation, *JOINING):
        ends = together(*joining(fair, 2))

    assert ends.count(None) == 1
    assert fair.participations.count() == 1


def test_control_without_the_lock_both_take_the_last_booth():
    fair = EventFactory(booths=1)

    with dawdling(Participation, *JOINING, lock=""):
        ends = together(*joining(fair, 2))

    assert ends == [None, None]
    assert fair.participations.count() == 2


def test_facilities_that_join_at_once_queue_and_none_is_turned_away():
    fair = EventFactory(booths=30)

    with dawdling(Participation, "participation_of_open_event"):
        ends = together(*joining(fair, 3))

    assert ends == [None] * 3


def test_control_writers_that_share_the_event_until_their_commit_wait_for_each_other():
    fair = EventFactory(booths=30)

    with dawdling(Participation, *JOINING[:2], lock="FOR SHARE"):
        ends = together(*joining(fair, 2))

    assert "deadlock" in str(next(end for end in ends if end))


def going_abroad(facility):
    """What writes support of one more fair abroad for the facility when it is called."""
    event = EventFactory(province=facility.province, role="attended", venue="abroad", country="Lào")
    return lambda: Participation.objects.create(event=event, facility=facility, booths=1, supported_booths=1)


def _two_more_abroad():
    facility = FacilityFactory()
    going_abroad(facility)()
    return together(going_abroad(facility), going_abroad(facility))


def test_of_two_fairs_abroad_written_at_once_one_is_the_last_that_is_left():
    with dawdling(Participation, "participation_abroad"):
        ends = _two_more_abroad()

    assert ends.count(None) == 1
    assert Participation.objects.count() == 2


def test_control_without_the_lock_a_facility_is_supported_abroad_three_times():
    with dawdling(Participation, "participation_abroad", lock=""):
        assert _two_more_abroad() == [None, None]

    assert Participation.objects.count() == 3


def scored():
    """A complete dossier that is being scored by three jurors: (dossier, jurors)."""
    round = RoundFactory(scoring="sheets")
    jury = [MemberFactory(round=round) for _ in range(3)]
    for number in range(7):
        MemberFactory(round=round, body="council", name=f"Hội đồng {number}")
    entry = EntryFactory(round=round)
    complete(entry)
    score(round)
    return entry, jury


def _three_sheets():
    entry, jury = scored()
    acts = [
        lambda j=j, m=m: SheetFactory(entry=entry, juror=j, market=Decimal(m))
        for j, m in zip(jury, (20, 21, 34), strict=True)
    ]
    ends = together(*acts)
    entry.refresh_from_db()
    return ends, entry.average_score


@pytest.mark.parametrize("_", range(3))
def test_sheets_saved_at_once_all_count_in_the_average(_):
    assert _three_sheets() == ([None] * 3, Decimal(75))


def test_control_an_average_of_what_was_seen_before_the_lock_misses_a_sheet():
    [keeps] = [one for one in Entry._meta.triggers if one.name == "entry_fits"]
    [follows] = [one for one in ScoreSheet._meta.triggers if one.name == "sheet_averages"]
    typed, early = copy(keeps), copy(follows)
    typed.func, count = re.subn(r"NEW.average_score := \(SELECT .*?\);", "NULL;", keeps.func)
    early.declare = [("seen", "NUMERIC")]
    early.func = """SELECT avg(total) INTO seen FROM fairs_scoresheet WHERE entry_id = NEW.entry_id;
        PERFORM pg_sleep(0.15);
        UPDATE fairs_entry SET average_score = seen WHERE id = NEW.entry_id; RETURN NULL;"""
    typed.install(Entry), early.install(ScoreSheet)
    try:
        ends, average = _three_sheets()
    finally:
        keeps.install(Entry), follows.install(ScoreSheet)

    assert (count, ends) == (1, [None] * 3)
    assert average != Decimal(75)


def _corrected_while_concluding():
    """One juror's sheet falls to nothing while a reviewer recognises the product: (ends, average kept, average of sheets)."""
    entry, jury = scored()
    sheets = [SheetFactory(entry=entry, juror=juror) for juror in jury]
    correct = ScoreSheet.objects.filter(pk=sheets[0].pk)
    ends = together(
        lambda: correct.update(market=0, economic=0, cultural=0, other=0),
        lambda: conclude(entry.round, entry),
    )
    entry.refresh_from_db()
    totals = entry.sheets.values_list("total", flat=True)
    return ends, entry.average_score, round(sum(totals) / 3, 2)


@pytest.mark.parametrize("_", range(3))
def test_a_sheet_and_a_conclusion_do_not_both_pass(_):
    with dawdling(ScoreSheet, "sheet_fits"):
        ends, kept, given = _corrected_while_concluding()

    assert ends.count(None) == 1
    assert kept == given


def test_control_without_the_lock_a_sheet_changes_after_the_conclusion():
    with dawdling(ScoreSheet, "sheet_fits", lock=""):
        ends, kept, given = _corrected_while_concluding()

    assert ends == [None, None]
    assert kept > given


def _joined_while_confirming():
    """(ends, participants when the figures were confirmed, participants afterwards)."""
    event = EventFactory()
    reviewer, seen = UserFactory(role=Role.REVIEWER, province=event.province), []

    def confirm():
        time.sleep(0.1)
        with transaction.atomic():
            events.confirm_event(event, by=reviewer)
            seen.append(Participation.objects.filter(event=event).count())

    ends = together(*joining(event, 1), confirm)
    return ends, seen, Participation.objects.filter(event=event).count()


@pytest.mark.parametrize("_", range(3))
def test_nothing_joins_figures_that_were_confirmed_a_moment_ago(_):
    with dawdling(Participation, "participation_of_open_event"):
        ends, [seen], afterwards = _joined_while_confirming()

    assert ends[1] is None
    assert afterwards == seen


def test_control_without_the_lock_a_facility_joins_after_the_confirmation():
    quick = dawdling(Participation, "participation_fits", lock="", rest=0)
    with quick, dawdling(Participation, "participation_of_open_event", lock="", rest=0.4):
        ends, seen, afterwards = _joined_while_confirming()

    assert (ends, seen, afterwards) == ([None, None], [0], 1)


def _paid_twice():
    scheme, source = SchemeFactory(money={"province": 100}), SourceFactory(code="province")
    fairs = [EventFactory(scheme=scheme, province=scheme.province) for _ in range(2)]
    ends = together(*(lambda f=f: EventFunding.objects.create(event=f, source=source, amount=60) for f in fairs))
    return ends, sum(EventFunding.objects.values_list("amount", flat=True))


def test_money_of_one_scheme_is_not_given_to_two_events_at_once():
    with dawdling(EventFunding, "event_funding_within"):
        ends, spent = _paid_twice()

    assert ends.count(None) == 1
    assert spent == 60


def test_control_without_the_lock_the_scheme_pays_twice():
    with dawdling(EventFunding, "event_funding_within", lock=""):
        assert _paid_twice() == ([None, None], 120)


def _signed_while_called_off():
    event = EventFactory()
    facility = ParticipationFactory(event=event).facility
    ends = together(
        lambda: DealFactory(event=event, facility=facility),
        lambda: MarketEvent.objects.filter(pk=event.pk).update(status="cancelled"),
    )
    event.refresh_from_db()
    return ends, event.status, event.deals.count()


def test_a_deal_and_a_cancellation_do_not_both_pass():
    with dawdling(Deal, "deal_fits"):
        ends, status, deals = _signed_while_called_off()

    assert ends.count(None) == 1
    assert (status, deals) in [("held", 1), ("cancelled", 0)]


def test_control_without_the_lock_a_cancelled_event_has_a_deal():
    with dawdling(Deal, "deal_fits", lock=""):
        assert _signed_while_called_off() == ([None, None], "cancelled", 1)
