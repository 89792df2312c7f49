"""The only reader of events and deals for reports: a fixed number of queries, plain rows as of the question's day."""

from collections import defaultdict

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce

from fairs.enums import DealOutcome, EventKind, EventRole, EventStatus, Qualifier
from fairs.models import Deal, EventFunding, MarketEvent, Participation
from khuyencong.refusals import RefusedError
from programmes.models import FundingSource
from reports.figures.fair_rows import DealRow, EventRow, FairRows
from reports.figures.rows import Source

MOST_EVENTS = 20_000
TOO_MANY = "Báo cáo này có hơn 20.000 sự kiện, quá lớn cho một tệp. Hãy lập cho từng tỉnh, thành phố."


def read(question):
    """Events whose first day lies in the period and has come by the question's day. RefusedError above 20.000."""
    period, ids = question.period, question.coverage.ids
    events = MarketEvent.objects.filter(starts_on__range=(period.start, period.end))
    if ids is not None:
        events = events.filter(province__in=ids)
    held = events.held().filter(starts_on__lte=question.cut_off)
    if held[MOST_EVENTS : MOST_EVENTS + 1].exists():
        raise RefusedError(TOO_MANY, "report_too_large")
    sources = FundingSource.objects.values_list("code", "name", "short_name", "is_support", "position")
    return FairRows(
        kinds=dict(EventKind.choices),
        roles=dict(EventRole.choices),
        sources=tuple(Source(*values) for values in sources),
        events=_events(held, question.coverage),
        deals=_deals(held, question.cut_off),
        **_not_held(events),
    )


def newest_year(user, before):
    """The latest year before `before` in which an event began that `user` may see; None without any."""
    events = MarketEvent.objects.visible_to(user).held().filter(starts_on__year__lt=before)
    newest = events.aggregate(day=Max("starts_on"))["day"]
    return newest and newest.year


def _not_held(events):
    return events.order_by().aggregate(
        planned=Count("pk", filter=Q(status=EventStatus.PLANNED)),
        cancelled=Count("pk", filter=Q(status=EventStatus.CANCELLED)),
    )


def _events(held, coverage):
    facilities, turnover, money = _parts(held)
    found = held.for_list().order_by("starts_on", "pk")
    return tuple(
        EventRow(
            id=one.pk,
            kind=one.kind,
            role=one.role,
            name=one.name,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            place=one.place,
            province=one.province.name,
            campaign=one.campaign,
            booths=one.booths,
            qualifier="" if one.booths_qualifier == Qualifier.EXACT else one.get_booths_qualifier_display(),
            facilities=tuple(facilities[one.pk]),
            others=one.other_participants,
            turnover=turnover.get(one.pk),
            money=money[one.pk],
            scheme_code=one.scheme.code if one.scheme else "",
            note=one.note,
            territory=coverage.place_of(one.province_id),
            is_confirmed=one.is_confirmed,
            is_illustrative=one.is_illustrative,
        )
        for one in found
    )


def _parts(held):
    """By event id: kept facilities, one an occurrence; what was sold, where it is known; money by source."""
    facilities, turnover, money = defaultdict(list), {}, defaultdict(dict)
    kept = Coalesce("facility__merged_into", "facility")
    parts = Participation.objects.filter(event__in=held).annotate(kept=kept).order_by("pk")
    for event, facility, sold in parts.values_list("event", "kept", "turnover"):
        facilities[event].append(facility)
        if sold is not None:
            turnover[event] = turnover.get(event, 0) + int(sold)
    for event, source, amount in EventFunding.objects.filter(event__in=held).values_list("event", "source", "amount"):
        money[event][source] = int(amount)
    return facilities, turnover, money


def _deals(held, day):
    """What was signed by `day`; a contract of later is still open."""
    signed = Deal.objects.filter(event__in=held).filter(Q(signed_on__lte=day) | Q(contract_on__lte=day))
    return tuple(_deal(one, day) for one in signed.order_by("pk"))


def _deal(deal, day):
    is_contract = deal.outcome == DealOutcome.CONTRACT and deal.contract_on <= day
    return DealRow(
        event_id=deal.event_id,
        is_memorandum=deal.signed_on is not None,
        is_contract=is_contract,
        is_open=not is_contract and deal.outcome != DealOutcome.DROPPED,
        value=None if deal.value is None else int(deal.value),
        contract_value=int(deal.contract_value) if is_contract and deal.contract_value is not None else None,
    )
