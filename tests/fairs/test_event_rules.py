"""The law of market events holds at every door: booths, support, money, fairs abroad, what came of them."""

import datetime
from decimal import Decimal

import pytest

from fairs.events import services
from fairs.models import Deal, MarketEvent
from khuyencong.enums import Role
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory, SourceFactory, UserFactory
from tests.fairs.factories import (
    DealFactory,
    EventFactory,
    EventFundingFactory,
    FollowUpFactory,
    ParticipationFactory,
)
from tests.programmes.refusing import refused

pytestmark = pytest.mark.django_db


def test_facilities_use_no_more_booths_than_the_fair_has():
    fair = EventFactory(booths=3)
    ParticipationFactory(event=fair, booths=2)

    sentence = refused(lambda: ParticipationFactory(event=fair, booths=2), "event_booths_within")
    assert "4 gian hàng" in sentence


def test_a_fair_is_not_made_smaller_than_its_facilities_use():
    fair = EventFactory(booths=3)
    ParticipationFactory(event=fair, booths=3)

    fair.booths = 2
    refused(fair.save, "event_booths_within")


def test_no_more_booths_are_supported_than_the_fair_supports():
    fair = EventFactory(supported_booths=1)

    refused(lambda: ParticipationFactory(event=fair, booths=2, supported_booths=2), "event_supported_booths_within")


def test_support_stays_within_the_money_of_the_event():
    fair = EventFundingFactory(amount=Decimal(10_000_000)).event

    refused(lambda: ParticipationFactory(event=fair, support_amount=Decimal(10_000_001)), "event_support_within_money")


def test_money_by_source_stays_within_the_cost():
    fair = EventFactory(total_cost=Decimal(50))

    refused(lambda: EventFundingFactory(event=fair, amount=Decimal(51)), "event_money_within_cost")


def test_money_of_a_scheme_is_not_spent_twice():
    scheme = SchemeFactory(money={"province": 100})
    EventFundingFactory(event=EventFactory(scheme=scheme, province=scheme.province), amount=Decimal(60))

    second = EventFactory(scheme=scheme, province=scheme.province)
    assert scheme.code in refused(
        lambda: EventFundingFactory(event=second, amount=Decimal(41)), "event_money_within_scheme"
    )
    EventFundingFactory(event=second, amount=Decimal(40))


def test_a_source_that_closed_pays_no_later_event():
    fair = EventFactory(starts_on=datetime.date(2025, 7, 1), ends_on=datetime.date(2025, 7, 2))

    refused(lambda: EventFundingFactory(event=fair, source=SourceFactory(code="district")), "event_source_open")


def abroad(facility, month, **options):
    event = EventFactory(
        province=facility.province,
        role="attended",
        venue="abroad",
        country="Lào",
        starts_on=datetime.date(2020, month, 1),
        ends_on=datetime.date(2020, month, 3),
    )
    return ParticipationFactory(event=event, facility=facility, **({"supported_booths": 1} | options))


def test_a_facility_is_supported_to_two_fairs_abroad_a_year_and_no_more():
    facility = FacilityFactory()
    abroad(facility, 1)
    abroad(facility, 3)

    sentence = refused(lambda: abroad(facility, 5), "participation_abroad_within_rule")
    assert "TT 46/2012" in sentence
    abroad(facility, 7, supported_booths=0)
    abroad(FacilityFactory(province=facility.province), 9)


def test_an_event_that_moves_abroad_counts_too():
    facility = FacilityFactory()
    abroad(facility, 1)
    abroad(facility, 3)
    third = abroad(facility, 5, supported_booths=0).event
    within = ParticipationFactory(
        event=EventFactory(province=facility.province, role="attended"), facility=facility, supported_booths=1
    ).event
    assert third.venue == "abroad"

    within.venue, within.country = "abroad", "Lào"
    refused(within.save, "participation_abroad_within_rule")


def test_places_fit_the_venue():
    refused(lambda: EventFactory(venue="abroad"), "event_place_of_venue")
    refused(lambda: EventFactory(venue="elsewhere"), "event_place_of_venue")
    refused(lambda: EventFactory(country="Lào"), "event_place_of_venue")


def test_a_facility_of_another_province_does_not_take_part():
    other = FacilityFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    refused(lambda: ParticipationFactory(facility=other), "participation_of_province")


def test_an_event_to_come_is_not_held_and_has_no_turnover():
    tomorrow = datetime.date(2099, 1, 1)
    refused(lambda: EventFactory(starts_on=tomorrow, ends_on=tomorrow), "event_held_not_in_future")
    planned = EventFactory(starts_on=tomorrow, ends_on=tomorrow, status="planned")
    refused(lambda: ParticipationFactory(event=planned, turnover=Decimal(5)), "participation_turnover_of_held")


def test_confirmed_figures_stay_until_a_reviewer_opens_them():
    fair = ParticipationFactory().event
    reviewer = UserFactory(role=Role.REVIEWER, province=fair.province)
    services.confirm_event(fair, by=reviewer)
    fair.refresh_from_db()

    fair.booths = 99
    refused(fair.save, "event_confirmed_stays")
    refused(lambda: ParticipationFactory(event=fair), "event_confirmed_stays")
    refused(fair.participations.get().delete, "event_confirmed_stays")
    refused(lambda: MarketEvent.objects.filter(pk=fair.pk).update(status="cancelled"), "event_confirmed_stays")
    DealFactory(event=fair, facility=fair.participations.get().facility)

    services.reopen_event(fair, by=reviewer, reason="Thiếu một cơ sở")
    assert ParticipationFactory(event=fair).pk


def test_staff_do_not_confirm_and_nobody_confirms_their_own():
    fair = EventFactory()
    refused(lambda: services.confirm_event(fair, by=fair.created_by), "event_role")


def test_a_deal_is_of_a_facility_that_took_part():
    refused(lambda: DealFactory(facility=FacilityFactory()), "deal_of_participant")


def test_a_memorandum_becomes_a_contract_with_its_day():
    deal = DealFactory(follow_up_on=datetime.date(2021, 1, 5))
    FollowUpFactory(deal=deal)
    deal.outcome = "contract"
    refused(deal.save, "deal_contract_whole")

    deal.contract_on, deal.follow_up_on = datetime.date(2021, 2, 1), None
    deal.save()
    assert [Deal.objects.memoranda().count(), Deal.objects.contracts().count()] == [1, 1]


def test_what_was_asked_stays():
    asked = FollowUpFactory()
    asked.answer = "khác"

    refused(asked.save, "follow_up_stays")
    refused(asked.delete, "follow_up_stays")


def test_a_memorandum_of_a_confirmed_event_stays_and_still_becomes_a_contract():
    deal = DealFactory(value=Decimal(5))
    services.confirm_event(deal.event, by=UserFactory(role=Role.REVIEWER, province=deal.event.province))

    refused(deal.delete, "deal_of_confirmed")
    deal.value = Decimal(6)
    refused(deal.save, "deal_of_confirmed")
    deal.refresh_from_db()
    deal.outcome, deal.contract_on = "contract", datetime.date(2020, 6, 1)
    deal.save()


def test_only_a_memorandum_has_a_value_of_its_own():
    refused(
        lambda: DealFactory(
            signed_on=None, outcome="contract", contract_on=datetime.date(2020, 6, 1), value=Decimal(5)
        ),
        "deal_value_of_memorandum",
    )
