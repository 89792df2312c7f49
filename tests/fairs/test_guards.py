"""Ways around the law of fairs and selection by raw SQL, each of them closed."""

import datetime
from decimal import Decimal

import pytest

from fairs.models import (
    Certificate,
    Entry,
    EntryPaper,
    EventFunding,
    MarketEvent,
    Participation,
    Product,
    RoundMember,
    ScoreScale,
    SelectionCycle,
    SelectionRound,
)
from tests.factories import FacilityFactory, ProvinceFactory, SourceFactory
from tests.fairs.factories import (
    CertificateFactory,
    ComplaintFactory,
    DealFactory,
    EntryFactory,
    EventFactory,
    EventFundingFactory,
    MemberFactory,
    PaperFactory,
    ParticipationFactory,
    ProductFactory,
    RoundFactory,
    SheetFactory,
    certified,
    complete,
    conclude,
    level,
    region,
    score,
)
from tests.faults.register import merged
from tests.programmes.refusing import refused

pytestmark = pytest.mark.django_db


def refused_update(row, name, **values):
    """An UPDATE of one row past all forms and services is refused by the rule `name`."""
    return refused(lambda: type(row).objects.filter(pk=row.pk).update(**values), name)


def elsewhere():
    return ProvinceFactory(code="42", name="Hà Tĩnh")


def test_money_that_carries_support_is_not_taken_away_or_moved():
    event = EventFundingFactory(amount=Decimal(50)).event
    more = EventFundingFactory(event=event, source=SourceFactory(code="national"), amount=Decimal(50))
    ParticipationFactory(event=event, support_amount=Decimal(100))

    refused(EventFunding.objects.filter(pk=more.pk).delete, "event_support_within_money")
    refused_update(more, "event_support_within_money", event=EventFactory(province=event.province))


def test_an_event_with_participants_does_not_move_to_another_province():
    event = ParticipationFactory().event

    refused_update(event, "event_province_of_participants", province=elsewhere())
    free = EventFactory()
    MarketEvent.objects.filter(pk=free.pk).update(province=elsewhere())


@pytest.mark.parametrize("values", [{"status": "cancelled"}, {"starts_on": "2020-05-07", "ends_on": "2020-05-09"}])
def test_an_event_with_deals_was_held_and_began_before_them(values):
    refused_update(DealFactory().event, "event_has_deals", **values)


def test_a_participant_with_deals_of_the_facility_it_was_merged_into_stays():
    gone = ParticipationFactory()
    kept = FacilityFactory(province=gone.facility.province)
    merged(gone.facility, kept)
    DealFactory(event=gone.event, facility=kept)

    refused(Participation.objects.filter(pk=gone.pk).delete, "participation_has_deals")


def abroad(facility, month):
    day = datetime.date(2020, month, 1)
    event = EventFactory(
        province=facility.province, role="attended", venue="abroad", country="Lào", starts_on=day, ends_on=day
    )
    return ParticipationFactory(event=event, facility=facility, supported_booths=1)


def test_a_merge_that_reveals_three_fairs_abroad_holds_up_only_that_year(at_once):
    one, other = FacilityFactory(), FacilityFactory()
    parts = [abroad(one, 3), abroad(one, 5), abroad(other, 7)]
    at_once()
    merged(other, one)

    refused_update(parts[0].event, "participation_abroad_within_rule", visitors=5)
    home = EventFactory(province=one.province, starts_on="2021-05-05", ends_on="2021-05-06")
    assert ParticipationFactory(event=home, facility=one).pk


def judged():
    """A complete dossier with one sheet of 80 points, in a round that is being scored."""
    round = RoundFactory(scoring="sheets")
    jury = [MemberFactory(round=round) for _ in range(3)]
    for number in range(7):
        MemberFactory(round=round, body="council", name=f"Hội đồng {number}")
    entry = EntryFactory(round=round)
    complete(entry)
    score(round)
    SheetFactory(entry=entry, juror=jury[0])
    entry.refresh_from_db()
    return entry


def test_points_are_not_lowered_after_a_product_was_recognised():
    entry = EntryFactory()
    complete(entry)
    score(entry.round)
    Entry.objects.filter(pk=entry.pk).update(status="passed")

    refused_update(entry, "entry_passes_by_points", average_score=50)
    refused_update(entry, "entry_passes_by_points", average_score=None)


def test_without_a_scale_of_the_time_nothing_is_recognised():
    entry = EntryFactory()
    complete(entry)
    score(entry.round)
    ScoreScale.objects.all().delete()

    assert "chưa có thang điểm" in refused_update(entry, "entry_passes_by_points", status="passed")


def test_a_round_that_has_points_keeps_how_they_are_given_and_its_first_day():
    round = judged().round

    refused_update(round, "selection_round_scoring_stays", scoring="minutes")
    refused_update(round, "selection_round_scoring_stays", opens_on="2020-02-01")
    typed = EntryFactory().round
    refused_update(typed, "selection_round_scoring_stays", scoring="sheets")


def test_the_days_of_a_round_hold_its_dossiers():
    round = EntryFactory().round

    refused_update(round, "selection_round_holds_entries", opens_on="2020-03-03")
    SelectionRound.objects.filter(pk=round.pk).update(closes_on="2020-03-02")


def test_a_juror_with_sheets_stays_on_the_jury_and_in_the_round():
    juror = judged().sheets.get().juror

    refused_update(juror, "round_member_has_sheets", body="council")
    refused_update(juror, "round_member_has_sheets", round=RoundFactory())
    refused(juror.delete, "")


def test_a_member_does_not_leave_a_concluded_round():
    entry = EntryFactory()
    member = MemberFactory(round=entry.round)
    conclude(entry.round, entry)

    refused_update(member, "selection_round_is_final", round=RoundFactory())


def test_a_council_that_changed_while_points_were_given_does_not_conclude():
    entry = judged()
    for juror in RoundMember.objects.filter(round=entry.round, body="jury", sheets=None):
        SheetFactory(entry=entry, juror=juror)
    RoundMember.objects.filter(round=entry.round, body="council").first().delete()

    refused(lambda: conclude(entry.round, entry), "selection_round_council_size")


def test_a_scored_dossier_does_not_become_that_of_another_product():
    entry = judged()

    refused_update(entry, "entry_product_stays", product=ProductFactory(facility=entry.product.facility))


def test_a_paper_does_not_leave_a_concluded_dossier():
    entry, other = EntryFactory(), EntryFactory()
    PaperFactory(entry=entry)
    conclude(entry.round, entry)

    refused_update(EntryPaper.objects.filter(entry=entry).first(), "selection_round_is_final", entry=other)


def test_a_cycle_with_rounds_stays_with_its_province():
    refused_update(RoundFactory().cycle, "selection_cycle_province_stays", province=elsewhere())
    free = RoundFactory()
    SelectionRound.objects.filter(pk=free.pk).delete()
    SelectionCycle.objects.filter(pk=free.cycle_id).update(province=elsewhere())


def test_a_product_that_was_registered_stays_with_its_facility():
    product = certified().entry.product

    refused_update(product, "product_facility_stays", facility=FacilityFactory())
    free = ProductFactory()
    Product.objects.filter(pk=free.pk).update(facility=FacilityFactory())


def test_the_days_of_a_certificate_hold_the_dossiers_that_rest_on_it():
    first = CertificateFactory()
    cycle = first.round.cycle
    round = RoundFactory(
        cycle=cycle, level=level("region"), region=region(cycle.province), opens_on=datetime.date(2021, 3, 1)
    )
    EntryFactory(round=round, product=first.entry.product, lower_certificate=first)

    refused_update(first, "certificate_holds_promotions", valid_to="2020-12-31")
    refused_update(first, "certificate_holds_promotions", issued_on="2021-03-02")
    Certificate.objects.filter(pk=first.pk).update(valid_to="2021-03-01")


def test_complaints_follow_a_corrected_day_of_announcement():
    complaint = ComplaintFactory()
    SelectionRound.objects.filter(pk=complaint.round_id).update(decided_on="2020-09-15", announced_on="2020-09-18")
    late = ComplaintFactory(round=complaint.round, received_on=datetime.date(2020, 10, 8))
    late.refresh_from_db()
    assert not late.is_late

    SelectionRound.objects.filter(pk=complaint.round_id).update(announced_on="2020-09-16")
    late.refresh_from_db()
    assert late.is_late
    refused_update(complaint.round, "complaint_received_in_time", announced_on="2020-09-21")
