"""What an event comes to, in a row of the list and over a whole filter.

An occurrence (lượt) is one business at one event: the facilities of the register and `other_participants`. Distinct
facilities are those of the register only, and those that were merged count once.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from fairs.enums import EventStatus, Qualifier
from fairs.models import Deal, EventFunding, Participation

KEPT = Coalesce("facility__merged_into", "facility")
CONTRACT = Q(outcome="contract")


def _of_event(model, figure):
    """A subquery: `figure` over the rows of `model` of the event; NULL when there are none."""
    rows = model.objects.filter(event=OuterRef("pk")).order_by().values("event")
    return Subquery(rows.annotate(figure=figure).values("figure"))


def with_figures(events):
    """Annotates `occurrences`, `turnover`, `memoranda`, `contracts`, `money`; amounts are None when nothing is known."""
    return events.annotate(
        occurrences=Coalesce(_of_event(Participation, Count("pk")), 0) + F("other_participants"),
        turnover=_of_event(Participation, Sum("turnover")),
        memoranda=Coalesce(_of_event(Deal, Count("signed_on")), 0),
        contracts=Coalesce(_of_event(Deal, Count("pk", filter=CONTRACT)), 0),
        money=_of_event(EventFunding, Sum("amount")),
    )


def booths_text(booths, qualifier):
    """'gần 300', '35'; '' when not known. `booths` as it is written."""
    if not booths:
        return ""
    return booths if qualifier == Qualifier.EXACT else f"{Qualifier(qualifier).label} {booths}"


@dataclass(frozen=True, slots=True)
class Totals:
    """Over all events of a filter that were held; amounts in đồng.

    `is_rough`: some event's booths are not exact. `sources`: dicts of name, amount, through (of it through a scheme).
    """

    events: int
    held: int
    booths: int
    is_rough: bool
    others: int
    listed: int
    facilities: int
    turnover: Decimal | None
    memoranda: int
    contracts: int
    sources: list

    @property
    def occurrences(self):
        return self.listed + self.others

    @property
    def money(self):
        return sum(row["amount"] for row in self.sources)

    @property
    def through(self):
        """Of `money`, what is part of the money of schemes."""
        return sum(row["through"] for row in self.sources)


def totals(events) -> Totals:
    """Four queries, whatever the number of events."""
    held = events.held().order_by().values("pk")
    sources = _by_source(EventFunding.objects.filter(event__in=held))
    return Totals(
        **_of_events(events),
        **participants(Participation.objects.filter(event__in=held)),
        **_deals(Deal.objects.filter(event__in=held)),
        sources=sources,
    )


def _of_events(events):
    held = Q(status=EventStatus.HELD)
    rough = held & Q(booths__isnull=False) & ~Q(booths_qualifier=Qualifier.EXACT)
    found = events.order_by().aggregate(
        events=Count("pk"),
        held=Count("pk", filter=held),
        rough=Count("pk", filter=rough),  # before `booths`, which then means the sum
        booths=Sum("booths", filter=held, default=0),
        others=Sum("other_participants", filter=held, default=0),
    )
    return found | {"is_rough": found.pop("rough") > 0}


def participants(rows):
    """{listed, facilities, turnover} of participations: occurrences, distinct facilities, what was sold (None: unknown)."""
    return rows.order_by().aggregate(
        listed=Count("pk"), facilities=Count(KEPT, distinct=True), turnover=Sum("turnover")
    )


def _deals(deals):
    return deals.order_by().aggregate(memoranda=Count("signed_on"), contracts=Count("pk", filter=CONTRACT))


def _by_source(money):
    through = Sum("amount", filter=Q(event__scheme__isnull=False), default=0)
    rows = money.order_by("source__position", "source").values("source", name=F("source__name"))
    return list(rows.annotate(through=through, amount=Sum("amount")))
