"""The block "Sự kiện của đề án" on the page of a scheme: its events, and their money against the scheme's by source."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from fairs.enums import EventStatus
from fairs.events import figures
from fairs.models import EventFunding, MarketEvent
from programmes.models import FundingLine
from programmes.scheme_sections import Section


@dataclass(frozen=True, slots=True)
class Line:
    """One source: what the scheme has of it today, and what its events use; in đồng."""

    name: str
    has: Decimal
    used: Decimal

    @property
    def left(self):
        return self.has - self.used


def section(scheme, user):
    """None for a scheme without events."""
    events = MarketEvent.objects.filter(scheme=scheme).visible_to(user)
    if not user.has_perm("fairs.view_marketevent") or not events.exists():
        return None
    rows = figures.with_figures(events.for_list()).order_by("-starts_on", "-pk")
    return Section("fairs/events/_on_scheme.html", {"events": rows, "lines": lines(scheme)})


def lines(scheme) -> list[Line]:
    """Sources that the scheme or its events have; cancelled events use nothing."""
    money = EventFunding.objects.filter(event__scheme=scheme).exclude(event__status=EventStatus.CANCELLED)
    used = {row["source"]: row for row in money.order_by().values("source", "source__name").annotate(sum=Sum("amount"))}
    found = []
    for line in FundingLine.objects.filter(scheme=scheme).select_related("source"):
        row = used.pop(line.source_id, {"sum": Decimal(0)})
        found.append(Line(line.source.name, line.amount, row["sum"]))
    return found + [Line(row["source__name"], Decimal(0), row["sum"]) for row in used.values()]
