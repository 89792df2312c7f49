"""Faults of market events, of those who take part and of what came of them."""

import datetime

from django.utils import timezone

from tests.factories import FacilityFactory, SchemeFactory, SourceFactory, UserFactory
from tests.fairs.factories import DealFactory, EventFactory, EventFundingFactory, FollowUpFactory, ParticipationFactory
from tests.faults.places import ended_province, other_province
from tests.faults.planting import change, fault
from tests.faults.register import merged

EVENT, FUNDING, PART, DEAL = (f"fairs_{name}" for name in ("marketevent", "eventfunding", "participation", "deal"))
EARLY, LATE = datetime.date(2020, 5, 1), datetime.date(2099, 1, 1)


@fault("event-booths-within")
def _():
    ParticipationFactory(event=EventFactory(booths=1), booths=2)


@fault("event-booths-within")
def _():
    ParticipationFactory(event=EventFactory(booths=None, planned_booths=1, status="planned"), booths=2)


@fault("event-supported-booths-within")
def _():
    ParticipationFactory(event=EventFactory(supported_booths=0), supported_booths=1)


@fault("event-booths-of-a-kind", f"{EVENT}.event_rented_booths_within_booths")
def _():
    EventFactory(rented_booths=31)


@fault("event-support-within-money")
def _():
    ParticipationFactory(event=EventFundingFactory(amount=5).event, support_amount=6)


@fault("event-money-within-cost")
def _():
    EventFundingFactory(event__total_cost=5, amount=6)


@fault("event-money-given", f"{FUNDING}.event_funding_amount_given")
def _():
    EventFundingFactory(amount=0)


@fault("event-money-given", f"{FUNDING}.event_funding_once")
def _():
    first = EventFundingFactory()
    EventFundingFactory(event=first.event, source=first.source)


@fault("event-money-given", f"{EVENT}.event_total_cost_not_negative")
def _():
    EventFactory(total_cost=-1)


@fault("event-source-open")
def _():
    day = datetime.date(2025, 7, 1)
    EventFundingFactory(event__starts_on=day, event__ends_on=day, source=SourceFactory(code="district"))


@fault("event-money-within-scheme")
def _():
    scheme = SchemeFactory(money={"province": 5})
    for _ in range(2):
        event = EventFactory(scheme=scheme, province=scheme.province)
        EventFundingFactory(event=event, source=SourceFactory(code="province"), amount=3)


@fault("event-money-within-scheme")
def _():
    scheme = SchemeFactory(money={"province": 5})
    EventFundingFactory(
        event__scheme=scheme, event__province=scheme.province, source=SourceFactory(code="national"), amount=3
    )


@fault("event-scheme-of-province")
def _():
    EventFactory(scheme=SchemeFactory(), province=other_province())


@fault("event-place-of-venue", f"{EVENT}.event_place_of_venue")
def _():
    EventFactory(venue="abroad")


@fault("event-days", f"{EVENT}.event_starts_on_before_ends_on")
def _():
    EventFactory(ends_on=EARLY)


@fault("event-days", f"{EVENT}.event_has_last_day")
def _():
    EventFactory(ends_on=None)


@fault("event-province-of-the-day")
def _():
    EventFactory(province=ended_province(), starts_on="2026-05-05", ends_on="2026-05-06", created_by=UserFactory())


@fault("event-held-in-future")
def _():
    EventFactory(starts_on=LATE, ends_on=LATE)


@fault("event-confirmed-by-another", f"{EVENT}.event_four_eyes")
def _():
    event = EventFactory()
    change(event, confirmed_by=event.created_by, confirmed_at=timezone.now())


@fault("event-confirmed-by-another", f"{EVENT}.event_confirmed_by_with_confirmed_at")
def _():
    change(EventFactory(), confirmed_at=timezone.now())


@fault("event-twice", f"{EVENT}.event_once")
def _():
    EventFactory(name="Hội chợ"), EventFactory(name="Hội chợ")


@fault("participant-of-province")
def _():
    ParticipationFactory(facility=FacilityFactory(province=other_province()))


@fault("participant-once", f"{PART}.participation_once")
def _():
    first = ParticipationFactory()
    ParticipationFactory(event=first.event, facility=first.facility)


@fault("participant-once-after-merge")
def _():
    first = ParticipationFactory()
    merged(first.facility, ParticipationFactory(event=first.event).facility)


@fault("participant-figures", f"{PART}.participation_supported_within")
def _():
    ParticipationFactory(supported_booths=2)


@fault("participant-figures", f"{PART}.participation_rate_in_range")
def _():
    ParticipationFactory(support_rate=101)


@fault("participant-figures", f"{PART}.participation_turnover_not_negative")
def _():
    ParticipationFactory(turnover=-1)


@fault("participant-turnover-of-held")
def _():
    ParticipationFactory(event__status="cancelled", turnover=5)


def _abroad(facility, month):
    event = EventFactory(
        province=facility.province,
        role="attended",
        venue="abroad",
        country="Lào",
        starts_on=datetime.date(2020, month, 1),
        ends_on=datetime.date(2020, month, 2),
    )
    return ParticipationFactory(event=event, facility=facility, supported_booths=1)


@fault("abroad-too-often")
def _():
    facility = FacilityFactory()
    for month in (3, 5, 7):
        _abroad(facility, month)


@fault("abroad-too-often")
def _():
    facilities = FacilityFactory(), FacilityFactory()
    merged(*facilities)
    for month in (3, 5, 7):
        _abroad(facilities[month == 5], month)


@fault("deal-of-participant")
def _():
    DealFactory(facility=FacilityFactory())


@fault("deal-of-held")
def _():
    change(DealFactory().event, status="cancelled")


@fault("deal-days")
def _():
    DealFactory(signed_on=EARLY)


@fault("deal-days")
def _():
    DealFactory(signed_on=LATE)


@fault("deal-days", f"{DEAL}.deal_begins")
def _():
    DealFactory(signed_on=None)


@fault("deal-outcome-whole", f"{DEAL}.deal_contract_whole")
def _():
    DealFactory(outcome="contract")


@fault("deal-outcome-whole", f"{DEAL}.deal_dropped_has_reason")
def _():
    DealFactory(outcome="dropped")


@fault("deal-outcome-whole", f"{DEAL}.deal_followed_while_open")
def _():
    DealFactory(outcome="dropped", outcome_note="Không thống nhất giá", follow_up_on=LATE)


@fault("follow-up-kept")
def _():
    change(FollowUpFactory(), answer="Đã ký")


@fault("follow-up-day")
def _():
    FollowUpFactory(asked_on=EARLY)
