"""How many supported fairs abroad a facility has left in a year (TT 46/2012 Đ4.1.b); tours are another content."""

from dataclasses import dataclass

from django.db.models import Q

from facilities import merged
from fairs.enums import EventKind, EventRole, EventStatus, Venue
from fairs.models import ForeignFairRule

COUNTED = Q(event__venue=Venue.ABROAD, event__role=EventRole.ATTENDED) & ~Q(event__kind=EventKind.TOUR)
SUPPORTED = Q(support_amount__gt=0) | Q(supported_booths__gt=0)


@dataclass(frozen=True, slots=True)
class Left:
    """`used` of `rule.most` in `year`."""

    rule: ForeignFairRule
    year: int
    used: int

    @property
    def left(self):
        return max(self.rule.most - self.used, 0)


def left(facility, day) -> Left | None:
    """Of a facility and those merged into it, under the rule of `day`; None when no rule is in force."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    rule = ForeignFairRule.objects.filter(in_force, valid_from__lte=day).order_by("-valid_from").first()
    if rule is None:
        return None
    rows = merged.counted_for("participations", facility).filter(COUNTED & SUPPORTED, event__starts_on__year=day.year)
    return Left(rule, day.year, rows.exclude(event__status=EventStatus.CANCELLED).count())
