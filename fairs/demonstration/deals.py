"""Memoranda of conferences: half of them became contracts, a few are still followed."""

import datetime

from fairs.demonstration.events import MILLION
from fairs.enums import DealOutcome
from fairs.models import Deal, FollowUp, Participation

DAYS_TO_CONTRACT = 40
DROPPED = "Hai bên không thống nhất được giá (minh họa)"
ANSWERS = ("Hai bên đang thống nhất giá và quy cách (minh họa).", "Đã gửi mẫu hàng, chờ trả lời (minh họa).")


def sign(rng, events, count, contracts, *, staff):
    """`count` memoranda at each of `events`, of those who took part, in turn; `contracts` of them became contracts.

    The others were dropped; one contract in three was asked about before it was one. Returns all memoranda.
    """
    made = []
    for event in events:
        there = list(Participation.objects.filter(event=event).select_related("facility").order_by("pk"))
        numbers = rng.sample(range(count), contracts)
        made += [_deal(rng, event, there[i % len(there)].facility, i, i in numbers, staff) for i in range(count)]
    Deal.objects.bulk_create(made)
    asked = [one for one in made if one.outcome == DealOutcome.CONTRACT][::3]
    FollowUp.objects.bulk_create(follow_up(one, staff) for one in asked)
    return made


def follow_up(deal, staff, answer=0):
    """What was heard a month after the signing."""
    day = deal.signed_on + datetime.timedelta(days=30)
    return FollowUp(deal=deal, asked_on=day, answer=ANSWERS[answer], by=staff)


def _deal(rng, event, facility, number, became_contract, staff):
    value = rng.randint(10, 90) * 10 * MILLION
    day = event.starts_on + datetime.timedelta(days=DAYS_TO_CONTRACT)
    contract = {
        "outcome": DealOutcome.CONTRACT,
        "contract_on": day,
        "contract_number": f"{number + 1:02d}/HĐ-minh họa",
        "contract_value": value * rng.randint(6, 11) // 10,
    }
    dropped = {"outcome": DealOutcome.DROPPED, "outcome_note": DROPPED}
    return Deal(
        event=event,
        facility=facility,
        partner=f"Đối tác minh họa {number + 1:02d}",
        subject=facility.products,
        signed_on=event.starts_on,
        value=value,
        created_by=staff,
        is_illustrative=True,
        **(contract if became_contract else dropped),
    )
