"""The law of selection holds at every door: levels, ladder, points, conclusion, certificates (TT 26/2014)."""

import datetime
from decimal import Decimal

import pytest

from fairs.enums import EntryStatus, RoundStatus
from fairs.models import Certificate, Entry
from fairs.selection import services
from tests.facilities.builders import district_of
from tests.factories import FacilityFactory, ProvinceFactory
from tests.fairs.factories import (
    CertificateFactory,
    ComplaintFactory,
    CycleFactory,
    EntryFactory,
    HolderReportFactory,
    MemberFactory,
    PaperFactory,
    ProductFactory,
    RoundFactory,
    SheetFactory,
    complete,
    conclude,
    level,
    region,
    reviewer_of,
    score,
)
from tests.programmes.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("issued_on", "valid_to"),
    [
        ("2018-08-15", "2020-12-31"),
        ("2018-08-16", "2021-12-31"),
        ("2018-12-31", "2021-12-31"),
        ("2021-01-01", "2024-12-31"),
    ],
)
def test_a_certificate_lasts_to_the_end_of_the_year_that_the_rule_of_its_day_says(issued_on, valid_to):
    day = datetime.date.fromisoformat(issued_on)
    opens = day - datetime.timedelta(days=60)
    entry = EntryFactory(round=RoundFactory(cycle__year=day.year, opens_on=opens))
    conclude(entry.round, entry, decided_on=day)
    entry.refresh_from_db()

    assert CertificateFactory(entry=entry, issued_on=day).valid_to == datetime.date.fromisoformat(valid_to)


def test_an_office_may_write_another_last_day():
    assert CertificateFactory(valid_to=datetime.date(2022, 12, 31)).valid_to == datetime.date(2022, 12, 31)


def test_a_product_that_did_not_pass_gets_no_certificate():
    passed, failed = entries = [EntryFactory(round=r) for r in [RoundFactory()] for _ in range(2)]
    conclude(entries[0].round, passed)
    failed.refresh_from_db()

    assert failed.status == EntryStatus.FAILED
    sentence = refused(
        lambda: Certificate.objects.create(
            entry=failed, number="1", issued_on=datetime.date(2020, 10, 1), issued_by=reviewer_of(failed.round)
        ),
        "certificate_of_passed",
    )
    assert "được công nhận" in sentence


def test_fewer_points_than_the_mark_do_not_pass():
    entry = EntryFactory(average_score=Decimal("69.99"))
    complete(entry)
    score(entry.round)

    sentence = refused(lambda: conclude(entry.round, entry), "entry_passes_by_points")
    assert "69,99" in sentence
    assert "70" in sentence


def test_the_average_is_of_the_sheets_and_nobody_types_it():
    round = RoundFactory(scoring="sheets")
    jury = [MemberFactory(round=round) for _ in range(3)]
    for number in range(7):
        MemberFactory(round=round, body="council", name=f"Hội đồng {number}")
    entry = EntryFactory(round=round, average_score=Decimal(99))
    complete(entry)
    score(round)
    for juror, market in zip(jury, (20, 25, 30), strict=True):
        SheetFactory(entry=entry, juror=juror, market=Decimal(market))
    entry.refresh_from_db()
    assert entry.average_score == Decimal(75)

    Entry.objects.filter(pk=entry.pk).update(average_score=Decimal(100))
    entry.refresh_from_db()
    assert entry.average_score == Decimal(75)


@pytest.mark.parametrize("criterion", ["market", "economic", "cultural", "other"])
def test_points_above_the_scale_are_refused(criterion):
    entry = scored()

    refused(lambda: SheetFactory(entry=entry, **{criterion: Decimal(36)}), f"score_sheet_{criterion}_within")


def test_a_juror_scores_once_and_only_in_the_own_round():
    entry = scored()
    juror = entry.round.members.filter(body="jury").first()
    SheetFactory(entry=entry, juror=juror)

    refused(lambda: SheetFactory(entry=entry, juror=MemberFactory()), "score_sheet_of_juror")
    refused(lambda: SheetFactory(entry=entry, juror=juror), "score_sheet_once")


def test_a_round_is_concluded_only_when_every_juror_scored_every_dossier():
    entry = scored()
    jurors = list(entry.round.members.filter(body="jury"))
    for juror in jurors[:-1]:
        SheetFactory(entry=entry, juror=juror)

    refused(lambda: conclude(entry.round, entry), "selection_round_every_sheet")


def scored():
    """A complete dossier in a round that is being scored by three jurors."""
    round = RoundFactory(scoring="sheets")
    for _ in range(3):
        MemberFactory(round=round)
    for number in range(7):
        MemberFactory(round=round, body="council", name=f"Hội đồng {number}")
    entry = EntryFactory(round=round)
    complete(entry)
    score(round)
    return entry


@pytest.mark.parametrize(("council", "jury", "code"), [(6, 3, "council_size"), (7, 4, "jury_odd"), (7, 0, "jury_odd")])
def test_a_council_of_another_size_or_an_even_jury_does_not_score(council, jury, code):
    round = RoundFactory(scoring="sheets")
    for number in range(council):
        MemberFactory(round=round, body="council", name=f"Hội đồng {number}")
    for _ in range(jury):
        MemberFactory(round=round)

    refused(lambda: score(round), f"selection_round_{code}")


def test_a_dossier_that_lacks_papers_is_not_complete():
    entry = EntryFactory(round__scoring="sheets")
    PaperFactory(entry=entry)

    entry.status = EntryStatus.COMPLETE
    assert "Thuyết minh sản phẩm" in refused(entry.save, "entry_papers_complete")


def rung(code, certificate=None, **options):
    """A dossier at a level of the cycle of `certificate`, in the autumn after it."""
    cycle = certificate.round.cycle if certificate else CycleFactory()
    place = {"region": region(cycle.province)} if code == "region" else {}
    round = RoundFactory(cycle=cycle, level=level(code), opens_on=datetime.date(2021, 3, 1), **place)
    product = (
        certificate.entry.product if certificate else ProductFactory(facility=FacilityFactory(province=cycle.province))
    )
    return EntryFactory(round=round, product=product, lower_certificate=certificate, **options)


def test_a_region_needs_a_certificate_of_the_province():
    refused(lambda: rung("region", skip_ground="không tổ chức"), "entry_has_lower_certificate")


def test_a_nation_needs_one_of_the_region_not_of_the_province():
    certificate = CertificateFactory()

    refused(lambda: rung("nation", certificate), "entry_certificate_is_lower")


def test_from_the_province_to_the_region_to_the_nation():
    first = CertificateFactory()
    second = CertificateFactory(entry=rung("region", first))
    third = CertificateFactory(
        entry=EntryFactory(
            round=RoundFactory(cycle=first.round.cycle, level=level("nation"), opens_on=datetime.date(2022, 3, 1)),
            product=first.entry.product,
            lower_certificate=second,
        )
    )

    assert [first.promotions.count(), second.promotions.count(), third.promotions.count()] == [1, 1, 0]


def test_a_certificate_of_another_product_is_no_rung():
    other = CertificateFactory()
    product = ProductFactory(facility=other.entry.product.facility)
    round = RoundFactory(
        cycle=other.round.cycle,
        level=level("region"),
        region=region(other.round.cycle.province),
        opens_on=datetime.date(2021, 3, 1),
    )

    refused(lambda: EntryFactory(round=round, product=product, lower_certificate=other), "entry_certificate_of_product")


def test_a_revoked_or_expired_certificate_is_no_rung():
    expired = CertificateFactory(valid_to=datetime.date(2020, 12, 31))
    refused(lambda: rung("region", expired), "entry_certificate_is_valid")


def test_a_revoked_certificate_is_no_rung():
    revoked = CertificateFactory()
    services.revoke(
        revoked, by=revoked.issued_by, number="9/QĐ", revoked_on=datetime.date(2021, 1, 10), reason="Vi phạm nhãn hiệu"
    )
    refused(lambda: rung("region", revoked), "entry_certificate_is_valid")


def test_a_province_may_be_reached_without_a_district_only_for_a_reason_and_where_none_was_held():
    refused(lambda: EntryFactory(skip_ground=""), "entry_skip_has_ground")


def test_a_district_that_held_a_round_is_not_skipped():
    province = ProvinceFactory()
    district = district_of(province, "Huyện Mẫu")
    cycle = CycleFactory(province=province)
    RoundFactory(cycle=cycle, level=level("district"), unit=district)
    product = ProductFactory(facility=FacilityFactory(province=province, former_district=district))

    sentence = refused(
        lambda: EntryFactory(round=RoundFactory(cycle=cycle), product=product), "entry_skip_where_none_held"
    )
    assert district.name in sentence


def test_after_the_districts_ended_the_province_is_the_first_level():
    round = RoundFactory(cycle__year=2026, opens_on=datetime.date(2026, 3, 2))

    assert EntryFactory(round=round, skip_ground="").status == EntryStatus.REGISTERED
    province = round.cycle.province
    district = district_of(province, "Huyện Mẫu")
    refused(
        lambda: RoundFactory(
            cycle=round.cycle, level=level("district"), unit=district, opens_on=datetime.date(2026, 3, 2)
        ),
        "selection_round_level_open",
    )


def test_a_region_where_the_province_does_not_lie_is_refused():
    cycle = CycleFactory()
    region(cycle.province, "bac")
    south = region(ProvinceFactory(code="60", name="Bình Thuận"), "nam")

    refused(
        lambda: RoundFactory(cycle=cycle, level=level("region"), region=south), "selection_round_region_of_province"
    )


def test_who_made_the_round_and_staff_do_not_conclude_it():
    entry = EntryFactory()
    round = conclude(entry.round, entry)

    round.concluded_by = round.created_by
    refused(round.save, "selection_round_four_eyes")


def test_a_concluded_round_stays_and_is_opened_again_only_without_certificates():
    entry = EntryFactory()
    round = conclude(entry.round, entry)
    again = services.reopen(round, by=round.concluded_by, reason="Ghi nhầm kết quả")
    assert again.status == RoundStatus.SCORING

    conclude(again, entry)
    entry.refresh_from_db()
    CertificateFactory(entry=entry)
    refused(
        lambda: services.reopen(round, by=reviewer_of(round), reason="Ghi nhầm"), "selection_round_has_certificates"
    )


def test_a_concluded_round_takes_no_dossier_no_member_and_no_other_decision():
    entry = EntryFactory()
    round = conclude(entry.round, entry)
    round.decision_number = "khác"
    refused(round.save, "selection_round_is_final")


@pytest.mark.parametrize("make", [EntryFactory, MemberFactory])
def test_nothing_is_added_to_a_concluded_round(make):
    entry = EntryFactory()
    round = conclude(entry.round, entry)

    refused(lambda: make(round=round), "entry_round_open" if make is EntryFactory else "selection_round_is_final")


def test_complaints_are_taken_for_fifteen_working_days_and_answered_in_ten():
    complaint = ComplaintFactory()
    complaint.refresh_from_db()
    complaint.round.refresh_from_db()

    assert complaint.round.complaints_until == datetime.date(2020, 10, 7)
    assert (complaint.due_on, complaint.is_late) == (datetime.date(2020, 10, 2), False)
    late = ComplaintFactory(round=complaint.round, received_on=datetime.date(2020, 10, 8))
    late.refresh_from_db()
    assert late.is_late


def test_only_a_holder_reports_and_only_in_the_years_of_the_certificate():
    report = HolderReportFactory()
    refused(lambda: HolderReportFactory(facility=report.facility, year=2019), "holder_report_of_holder")


def test_a_certificate_is_never_deleted():
    refused(CertificateFactory().delete, "certificate_kept")


def test_a_recognised_product_keeps_its_name_group_and_parts():
    product = CertificateFactory().entry.product
    product.name = "Tên khác"
    refused(product.save, "product_as_recognised")

    product.refresh_from_db()
    product.description = "Mô tả mới"
    product.save()


def test_a_certificate_lasts_no_longer_than_the_law_allows():
    certificate = CertificateFactory()
    certificate.valid_to = datetime.date(2099, 12, 31)

    assert "31/12/2023" in refused(certificate.save, "certificate_valid_within_rule")


def test_another_day_of_issue_brings_its_own_last_day():
    certificate = CertificateFactory()
    certificate.issued_on = datetime.date(2021, 1, 4)
    certificate.save()
    certificate.refresh_from_db()

    assert certificate.valid_to == datetime.date(2024, 12, 31)


def test_a_result_is_not_announced_in_the_future():
    entry = EntryFactory()
    round = conclude(entry.round, entry)
    round.announced_on = datetime.date(2099, 1, 1)

    refused(round.save, "selection_round_announced_not_in_future")


def test_a_reopened_round_has_no_decision_and_counts_for_the_year_it_opened():
    entry = EntryFactory(round__opens_on=datetime.date(2020, 12, 1))
    round = conclude(entry.round, entry, decided_on=datetime.date(2021, 2, 1))
    assert round.year == 2021

    again = services.reopen(round, by=round.concluded_by, reason="Ghi nhầm")
    assert (again.year, again.decision_number, again.announced_on) == (2020, "", None)


def test_a_cycle_with_a_concluded_round_keeps_its_year():
    entry = EntryFactory()
    cycle = conclude(entry.round, entry).cycle
    cycle.year = 2021

    refused(cycle.save, "selection_cycle_year_stays")
