"""A conference of this year with memoranda that are still followed, and a fair of next month."""

import datetime

from fairs.demonstration.deals import follow_up
from fairs.demonstration.events import MILLION, NOTE
from fairs.demonstration.taking_part import take_part
from fairs.enums import DealOutcome, EventKind, EventRole, EventStatus
from fairs.models import Deal, FollowUp, MarketEvent, Participation
from khuyencong.models import Province
from programmes.models import ActivityContent

OPEN, CONTRACTS = 6, 4
ASK_IN = (-12, -5, 0, 3, 10, 25)  # days from today


def write(rng, facilities, today, *, staff):
    """Nothing of it is confirmed yet."""
    conference = _event(
        EventKind.CONFERENCE, "Hội nghị kết nối cung – cầu", "X01", today - datetime.timedelta(days=90), today, staff
    )
    fair = _event(EventKind.FAIR, "Hội chợ hàng công nghiệp nông thôn", "KC04.03", _next_month(today), today, staff)
    take_part(rng, [conference], facilities, OPEN + CONTRACTS, booths=0)
    Participation.objects.bulk_create(Participation(event=fair, facility=one, booths=1) for one in facilities[:8])
    _memoranda(rng, conference, today, staff)


def _next_month(today):
    return (today.replace(day=1) + datetime.timedelta(days=32)).replace(day=10)


def _event(kind, name, content, day, today, staff):
    is_held = day <= today
    return MarketEvent.objects.create(
        kind=kind,
        role=EventRole.ORGANISED,
        name=f"{name} minh họa năm {day.year}",
        province=Province.objects.on(day).get(code="40"),
        starts_on=day,
        ends_on=day + datetime.timedelta(days=4 if kind == EventKind.FAIR else 0),
        status=EventStatus.HELD if is_held else EventStatus.PLANNED,
        content=ActivityContent.objects.get(code=content),
        planned_booths=None if is_held else 150,
        other_participants=12 if is_held else 0,
        note=NOTE,
        created_by=staff,
        is_illustrative=True,
    )


def _memoranda(rng, event, today, staff):
    """Four became contracts; of six open ones some were due to be asked about, some will be."""
    there = list(Participation.objects.filter(event=event).select_related("facility").order_by("pk"))
    made = Deal.objects.bulk_create(
        _memorandum(rng, event, part.facility, number, today, staff) for number, part in enumerate(there)
    )
    FollowUp.objects.bulk_create(follow_up(one, staff, number % 2) for number, one in enumerate(made[:OPEN]))


def _memorandum(rng, event, facility, number, today, staff):
    value = rng.randint(10, 60) * 10 * MILLION
    is_open = number < OPEN
    return Deal(
        event=event,
        facility=facility,
        partner=f"Đối tác minh họa {number + 1:02d}",
        subject=facility.products,
        signed_on=event.starts_on,
        value=value,
        outcome=DealOutcome.OPEN if is_open else DealOutcome.CONTRACT,
        follow_up_on=today + datetime.timedelta(days=ASK_IN[number]) if is_open else None,
        contract_on=None if is_open else event.starts_on + datetime.timedelta(days=30),
        contract_number="" if is_open else f"{number:02d}/HĐ-minh họa",
        contract_value=None if is_open else value,
        created_by=staff,
        is_illustrative=True,
    )
