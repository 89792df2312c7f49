"""What the reports on fairs and selection read: the territory's rows of the period, as of the day, in few queries."""

import datetime

import pytest

from facilities.services import merging
from khuyencong.periods import FiveYears, Year
from reports import fair_sources, selection_sources
from reports.coverage import Coverage
from reports.kinds.contract import Question
from tests.factories import FacilityFactory, ProvinceFactory, UserFactory
from tests.fairs.factories import (
    CertificateFactory,
    CommendationFactory,
    CycleFactory,
    DealFactory,
    EntryFactory,
    EventFactory,
    EventFundingFactory,
    ParticipationFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)


def question(province, period=None, cut_off=TODAY):
    return Question(Coverage(province), period or Year(2020), cut_off)


def test_an_event_counts_by_its_first_day_and_only_when_it_was_held():
    province = ProvinceFactory()
    event = EventFactory(province=province)
    EventFactory(province=province, starts_on=datetime.date(2019, 12, 31), ends_on=datetime.date(2020, 1, 3))
    EventFactory(province=province, status="planned")
    EventFactory(province=province, status="cancelled")
    EventFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    rows = fair_sources.read(question(province))
    assert [row.id for row in rows.events] == [event.pk]
    assert (rows.planned, rows.cancelled) == (1, 1)


def test_merged_facilities_are_one_and_what_is_sold_stays_unknown_without_figures():
    province = ProvinceFactory()
    kept, other = (FacilityFactory(province=province) for _ in range(2))
    for facility in (kept, other):
        ParticipationFactory(event=EventFactory(province=province), facility=facility)
    merging.merge(kept, other, by=UserFactory(province=province, role="staff"), reason="Trùng")
    rows = fair_sources.read(question(province)).events
    assert [(row.facilities, row.turnover) for row in rows] == [((kept.pk,), None)] * 2


def test_a_contract_of_after_the_day_is_still_open():
    deal = DealFactory(outcome="contract", contract_on=datetime.date(2020, 9, 1))
    before, after = (
        fair_sources.read(question(deal.event.province, cut_off=datetime.date(2020, month, 1))).deals[0]
        for month in (8, 10)
    )
    assert (before.is_contract, before.is_open, after.is_contract, after.is_open) == (False, True, True, False)


def test_a_round_counts_for_the_year_of_its_decision():
    round = RoundFactory(opens_on=datetime.date(2019, 12, 2))
    CertificateFactory(entry=EntryFactory(round=round))
    province = round.cycle.province
    assert len(selection_sources.read(question(province, Year(2020))).rounds) == 1
    assert selection_sources.read(question(province, Year(2019))).rounds == ()
    early = selection_sources.read(question(province, Year(2019), datetime.date(2019, 12, 31)))
    assert (early.rounds[0].decided_on, early.entries[0].is_recognised, early.entries[0].certificate) == (
        None,
        False,
        None,
    )


def test_withdrawn_dossiers_are_left_out():
    round = RoundFactory()
    kept, gone = EntryFactory(round=round), EntryFactory(round=round)
    gone.status = "withdrawn"
    gone.save()
    assert [row.id for row in selection_sources.read(question(round.cycle.province)).entries] == [kept.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_for_one_and_three(count, django_assert_num_queries):
    province = ProvinceFactory()
    for _ in range(count):
        event = EventFactory(province=province)
        EventFundingFactory(event=event)
        DealFactory(event=event)
        CertificateFactory(entry=EntryFactory(round=RoundFactory(cycle=CycleFactory(province=province))))
        CommendationFactory(province=province)
    asked = question(province, FiveYears(2016))
    assert asked.coverage.ids
    with django_assert_num_queries(7):
        fair_sources.read(asked)
    with django_assert_num_queries(7):
        selection_sources.read(asked)


def test_the_newest_year_of_a_reopened_round_is_that_of_its_opening():
    """It still carries the day of the decision that no longer holds."""
    staff = UserFactory(role="staff")
    RoundFactory(
        cycle__province=staff.province, opens_on=datetime.date(2020, 12, 1), decided_on=datetime.date(2021, 2, 1)
    )
    assert selection_sources.newest_year(staff, 2025) == 2020
