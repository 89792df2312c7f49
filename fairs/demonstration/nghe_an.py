"""Nghệ An in 2016 - 2020, as its closing conference told: three cycles, 25 fairs, 4 conferences, what came of them.

113 products were certified by districts, of them 51 by the province, 16 by the north, 8 by the nation; the shares of the
cycles are those that the schemes of KC04.01 report.
"""

import datetime
import random

from facilities.models import Facility
from fairs.demonstration import deals, selection
from fairs.demonstration.commendations import commend
from fairs.demonstration.events import confirm, write_events
from fairs.demonstration.taking_part import take_part
from fairs.enums import EventKind
from khuyencong.models import Province

SEED, YEARS = 16, (2016, 2018, 2020)
DISTRICT, ABOVE = (38, 38, 37), ((17, 6, 3), (17, 5, 3), (17, 5, 2))
A_FAIR, A_CONFERENCE, MEMORANDA, CONTRACTS = 20, 25, 50, 25
TOLD = "Theo tin của Báo Công Thương 11/2020; tin không nêu tên."


def write(*, staff, reviewer):
    rng = random.Random(SEED)
    facilities = facilities_of_code("40")
    events = write_events("40", staff=staff)
    fairs = [one for one in events if one.kind == EventKind.FAIR]
    conferences = [one for one in events if one.kind == EventKind.CONFERENCE]
    take_part(rng, fairs, facilities, A_FAIR)
    take_part(rng, conferences, facilities, A_CONFERENCE, booths=0)
    deals.sign(rng, conferences, MEMORANDA, CONTRACTS, staff=staff)
    confirm(events, reviewer)
    province = Province.objects.filter(code="40").on(datetime.date(2020, 12, 31)).get()
    for number, year in enumerate(YEARS):
        selection.write_cycle(
            rng,
            selection.Numbers(year, 48, DISTRICT[number], *ABOVE[number]),
            selection.turn_of(facilities, number),
            province=province,
            staff=staff,
            reviewer=reviewer,
        )
    commend(province, 2020, collectives=7, individuals=8, told=TOLD, staff=staff)


def facilities_of_code(code):
    """The illustrative facilities of the place that bears this code now, no villages, with their trades and districts."""
    found = Facility.objects.standing().filter(is_illustrative=True, province__code=code, province__valid_to=None)
    found = found.filter(name__startswith="Cơ sở minh họa").select_related("trade", "former_district")
    return list(found.order_by("pk"))
