"""How events and what was signed at them are written on pages."""

from django import template

from fairs.enums import DealOutcome, EventStatus
from fairs.events.figures import booths_text
from khuyencong.money import format_amount

register = template.Library()
EVENT_TONES = {EventStatus.PLANNED: "wait", EventStatus.HELD: "good", EventStatus.CANCELLED: "bad"}
DEAL_TONES = {DealOutcome.OPEN: "wait", DealOutcome.CONTRACT: "good", DealOutcome.DROPPED: "bad"}


@register.filter
def booths(event):
    """'gần 300'; '' when not known."""
    return booths_text(format_amount(event.booths), event.booths_qualifier)


@register.filter
def event_tone(event):
    """The tone of `_components/tag.html` for the status of an event."""
    return EVENT_TONES[event.status]


@register.filter
def deal_tone(deal):
    """The tone of `_components/tag.html` for what became of a memorandum."""
    return DEAL_TONES[deal.outcome]


@register.filter
def late(deal, day):
    """It was to be asked about before `day`."""
    return deal.is_late(day)
