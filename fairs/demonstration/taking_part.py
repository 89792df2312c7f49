"""Facilities at events: chosen by chance, each once at an event, nobody a second time before everybody once."""

from itertools import cycle

from fairs.demonstration.events import MILLION
from fairs.models import EventFunding, Participation

RATE = 80  # per cent of the rent, the share of domestic fairs


def take_part(rng, events, facilities, count, *, booths=1):
    """`count` facilities at each of `events`, given equal parts of 80 % of its money where it has some."""
    queue = cycle(rng.sample(facilities, len(facilities)))
    money = dict(EventFunding.objects.filter(event__in=events).values_list("event", "amount"))
    Participation.objects.bulk_create(
        _part(rng, event, next(queue), int(money.get(event.pk, 0)) * RATE // 100 // count, booths)
        for event in events
        for _ in range(count)
    )


def _part(rng, event, facility, support, booths):
    return Participation(
        event=event,
        facility=facility,
        booths=booths,
        supported_booths=booths if support else 0,
        support_rate=RATE if support else None,
        support_amount=support // 1000 * 1000,
        products=facility.products,
        turnover=rng.randint(8, 60) * MILLION if booths else None,
    )
