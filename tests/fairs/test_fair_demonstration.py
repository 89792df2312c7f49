"""The demonstration of fairs and selection: every figure of the articles comes out of the rows, exactly."""

import datetime
from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import Count, Q, Sum
from django.utils import timezone

from facilities.models import Facility
from fairs.demonstration import is_loaded
from fairs.enums import DealOutcome, EntryStatus, EventKind, EventStatus, Recipient, RoundStatus
from fairs.models import (
    Certificate,
    Commendation,
    Complaint,
    Deal,
    Entry,
    FollowUp,
    HolderReport,
    MarketEvent,
    Participation,
    Product,
    RoundMember,
    ScoreSheet,
    SelectionCycle,
    SelectionRound,
)
from khuyencong.models import User
from programmes.models import SchemeResult
from tests.demonstration import loaded

pytestmark = pytest.mark.django_db
FIVE_YEARS = range(2016, 2021)


@pytest.fixture(scope="module", autouse=True)
def demonstration(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for this module."""
    with django_db_blocker.unblock(), loaded():
        yield


def events(code, years, **which):
    return MarketEvent.objects.held().filter(province__code=code, starts_on__year__in=years, **which)


def certificates(code, years):
    return Certificate.objects.filter(round__cycle__province__code=code, issued_on__year__in=years)


def by_level(code, years):
    return dict(certificates(code, years).values_list("round__level__code").annotate(Count("pk")).order_by())


def commended(code):
    rows = Commendation.objects.filter(province__code=code, year=2020)
    return dict(rows.values_list("recipient_kind").annotate(Sum("count")).order_by())


def test_quang_ninh_held_an_ocop_fair_of_nearly_300_booths_in_november_2021():
    fair = events("22", [2021], kind=EventKind.FAIR).get()
    assert (fair.name, fair.booths, fair.get_booths_qualifier_display()) == ("Hội chợ OCOP Quảng Ninh 2021", 300, "gần")
    assert fair.starts_on.month == 11


def test_two_connection_weeks_had_35_booths_each_in_the_districts_of_the_time():
    weeks = events("22", [2021], kind=EventKind.CONNECTION)
    assert set(weeks.values_list("former_district__name", "booths")) == {("Móng Cái", 35), ("Hải Hà", 35)}


def test_two_rural_markets_say_that_their_booths_are_in_doubt():
    markets = events("22", [2021], kind=EventKind.MARKET)
    assert set(markets.values_list("former_district__name", "booths")) == {("Ba Chẽ", 35), ("Đầm Hà", 35)}
    for market in markets:
        assert "Người Việt Nam ưu tiên dùng hàng Việt Nam" in market.campaign
        assert "không nói rõ mỗi phiên hay cả hai phiên" in market.note


def test_nghe_an_held_what_its_conference_told_of_the_market():
    kinds = Counter(events("40", FIVE_YEARS).values_list("kind", flat=True))
    assert kinds == {"fair": 25, "market": 18, "conference": 4, "sales_point": 4, "model": 2, "showroom": 1}


def test_500_occurrences_at_25_fairs_are_of_fewer_distinct_facilities():
    parts = Participation.objects.filter(event__in=events("40", FIVE_YEARS, kind=EventKind.FAIR))
    assert parts.count() == 500
    assert 0 < parts.values("facility").distinct().count() < 500
    assert not events("40", FIVE_YEARS, kind=EventKind.FAIR, other_participants__gt=0).exists()


def test_each_fair_is_paid_through_a_scheme_of_its_year():
    fairs = events("40", FIVE_YEARS, kind=EventKind.FAIR).select_related("scheme")
    assert len({fair.scheme_id for fair in fairs}) == 25
    assert all(fair.scheme.year == fair.starts_on.year and fair.funding.get().amount for fair in fairs)


def test_200_memoranda_became_100_contracts_some_after_having_been_asked_about():
    deals = Deal.objects.filter(event__in=events("40", FIVE_YEARS, kind=EventKind.CONFERENCE))
    assert (deals.memoranda().count(), deals.contracts().count()) == (200, 100)
    assert FollowUp.objects.filter(deal__in=deals.contracts()).exists()


def test_four_sales_points_stand_in_three_places_and_the_note_says_so():
    points = events("40", FIVE_YEARS, kind=EventKind.SALES_POINT)
    assert Counter(points.values_list("former_district__name", flat=True)) == {
        "Vinh": 2,
        "Con Cuông": 1,
        "Quế Phong": 1,
    }
    assert all("chỉ kể 3 nơi" in point.note for point in points)


def test_three_cycles_of_nghe_an_certified_113_51_16_and_8_products():
    cycles = SelectionCycle.objects.filter(province__code="40", year__in=FIVE_YEARS)
    assert cycles.count() == 3
    assert by_level("40", FIVE_YEARS) == {"district": 113, "province": 51, "region": 16, "nation": 8}


def test_the_schemes_of_selection_report_the_same_as_the_certificates_of_their_cycle():
    levels = {"district": "huyen", "province": "tinh", "region": "khu-vuc", "nation": "quoc-gia"}
    for cycle in SelectionCycle.objects.filter(province__code="40", year__in=FIVE_YEARS):
        results = SchemeResult.objects.filter(scheme__year=cycle.year, scheme__content__code="KC04.01")
        told = {name: results.get(indicator__code=f"san-pham-{code}").actual for name, code in levels.items()}
        assert told == by_level("40", [cycle.year])


def test_the_51_climbed_the_ladder_and_who_skipped_the_district_said_why():
    provincial = Entry.objects.filter(
        round__cycle__province__code="40", round__cycle__year__in=FIVE_YEARS, round__level__code="province"
    )
    assert provincial.passed().filter(lower_certificate__isnull=False).count() == 51
    assert provincial.filter(~Q(skip_ground="")).count() == 6


def test_certificates_are_valid_three_years_before_16_8_2018_and_four_since():
    for certificate in certificates("40", FIVE_YEARS):
        years = 3 if certificate.issued_on < datetime.date(2018, 8, 16) else 4
        assert certificate.valid_to == datetime.date(certificate.issued_on.year + years - 1, 12, 31)


def test_quang_tri_had_60_dossiers_of_50_facilities_and_43_products_of_43():
    dossiers = Entry.objects.filter(round__cycle__province__code="45", round__level__code="province")
    assert (dossiers.count(), dossiers.values("product__facility").distinct().count()) == (60, 50)
    assert (dossiers.passed().count(), dossiers.passed().values("product__facility").distinct().count()) == (43, 43)
    assert by_level("45", [2020]) == {"province": 43, "region": 6}


def test_its_round_was_scored_by_five_jurors_and_no_poor_product_was_recognised():
    round = SelectionRound.objects.get(cycle__province__code="45", level__code="province")
    assert Counter(round.members.values_list("body", flat=True)) == {"council": 9, "jury": 5}
    assert ScoreSheet.objects.filter(entry__round=round).count() == 300
    failed = round.entries.filter(status=EntryStatus.FAILED)
    assert round.entries.passed().filter(average_score__lt=70).count() == 0
    assert (failed.filter(average_score__lt=70).count(), failed.filter(average_score__gte=70).count()) == (13, 4)
    assert round.concluded_by != round.created_by


def test_commendations_are_counted_and_name_nobody():
    assert commended("40") == {Recipient.COLLECTIVE: 7, Recipient.INDIVIDUAL: 8}
    assert commended("45") == {Recipient.COLLECTIVE: 5, Recipient.INDIVIDUAL: 12}


def test_something_is_alive_today():
    today = timezone.localdate()
    scoring = SelectionRound.objects.get(status=RoundStatus.SCORING)
    states = Counter(scoring.entries.values_list("status", flat=True))
    assert states == {EntryStatus.COMPLETE: 7, EntryStatus.REGISTERED: 2, EntryStatus.WITHDRAWN: 1}
    assert Complaint.objects.filter(answered_on=None, due_on__gte=today, is_late=False).exists()
    assert Certificate.objects.expiring(today, datetime.date(today.year, 12, 31)).count() == 11
    assert Certificate.objects.filter(revoked_on__isnull=False).count() == 1
    assert MarketEvent.objects.filter(status=EventStatus.PLANNED, starts_on__gt=today).exists()
    assert Deal.objects.to_follow(today).count() == 3
    assert Deal.objects.filter(outcome=DealOutcome.OPEN).count() == 6
    assert HolderReport.objects.filter(year=today.year - 1).count() == 7
    assert Product.objects.filter(photos__isnull=False).distinct().count() == 2


def test_who_sees_what_follows_the_province_of_today():
    seen = {
        name: set(SelectionCycle.objects.visible_to(User.objects.get(username=name)).values_list("province__code"))
        for name in ("canbo", "quangninh", "quangtri")
    }
    assert seen == {"canbo": {("40",)}, "quangninh": set(), "quangtri": {("45",)}}


def test_every_row_is_marked_and_no_person_is_named():
    for model in (MarketEvent, SelectionCycle, Product, Deal, Commendation):
        assert model.objects.exists()
        assert not model.objects.filter(is_illustrative=False).exists()
    named = MarketEvent.objects.exclude(name__contains="minh họa")
    assert not named.exclude(note__contains="Theo tin của Làng nghề Việt").exists()
    assert not Product.objects.exclude(name__contains="minh họa").exists()
    assert not RoundMember.objects.exclude(name__contains="minh họa").exists()
    assert not Certificate.objects.exclude(number__contains="minh họa").exists()
    assert not Facility.objects.filter(products_made__isnull=False).exclude(name__contains="minh họa").exists()


def test_a_second_load_changes_nothing():
    before = (MarketEvent.objects.count(), Entry.objects.count(), Deal.objects.count())
    call_command("load_demo", verbosity=0)
    assert is_loaded()
    assert (MarketEvent.objects.count(), Entry.objects.count(), Deal.objects.count()) == before
