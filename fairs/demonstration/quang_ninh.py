"""Quảng Ninh in 2021, as Làng nghề Việt told: the OCOP fair, two connection weeks, two rural markets."""

import random

from fairs.demonstration.events import confirm, write_events
from fairs.demonstration.nghe_an import facilities_of_code
from fairs.demonstration.taking_part import take_part

SEED, EACH = 22, 4


def write(*, staff, reviewer):
    """The events with the article's booths; which facilities were there is invented."""
    events = write_events("22", staff=staff)
    take_part(random.Random(SEED), events, facilities_of_code("22"), EACH)
    confirm(events, reviewer)
