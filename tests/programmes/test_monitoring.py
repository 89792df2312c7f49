"""Figures before and after support: what the database lets in, how they are compared, who is due."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from khuyencong import refusals
from programmes.models import MonitoringRecord, SchemeBeneficiary
from programmes.monitoring import lists
from programmes.monitoring.due import due_for_monitoring, followed, with_answers
from programmes.monitoring.figures import change, compare, said
from tests.facilities.builders import merged
from tests.factories import FacilityFactory, SchemeFactory
from tests.programmes.monitoring_factories import MILLION, MonitoringFactory, supported

DAY = datetime.date(2022, 3, 1)


def refusal(**values):
    """The name of the rule that refuses these figures."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        MonitoringFactory(**values)
    return refusals.explain(caught.value)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["submitted", "approved", "in_progress"])
def test_figures_after_support_wait_for_acceptance(state):
    found = refusal(benefit=supported(state))

    assert found.code == "monitoring_after_acceptance"
    assert "chỉ ghi khi đề án đã nghiệm thu" in found.sentence


@pytest.mark.django_db
def test_figures_before_support_are_taken_once_it_is_approved():
    assert refusal(benefit=supported("submitted"), year=2019, is_before=True).code == "monitoring_before_once_approved"
    assert MonitoringFactory(benefit=supported("approved"), year=2020, is_before=True).pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"year": 2021, "is_before": True}, "monitoring_before_of_its_time"),
        ({"year": 2020}, "monitoring_after_of_its_time"),
        ({"year": 2098}, "monitoring_year_closed"),
        ({"revenue": None, "jobs": None}, "monitoring_says_something"),
        ({"revenue": -1}, "monitoring_revenue_not_negative"),
        ({"productivity": 5}, "monitoring_productivity_has_unit"),
        ({"material_saved": 101}, "monitoring_material_saved_range"),
        ({"revenue": 5, "export_value": 6}, "monitoring_export_within_revenue"),
        ({"is_exporter": False, "export_value": 6}, "monitoring_export_of_an_exporter"),
        ({"figures_source": ""}, "monitoring_figures_source_given"),
    ],
)
def test_the_database_refuses_figures_that_cannot_be(values, rule):
    assert refusal(**values).code == rule


@pytest.mark.django_db
def test_a_figure_that_is_0_is_a_figure():
    assert MonitoringFactory(revenue=0, jobs=None).pk


@pytest.mark.django_db
def test_one_row_a_year_and_one_from_before():
    before = MonitoringFactory(year=2019, is_before=True)

    assert refusal(benefit=before.benefit, year=2018, is_before=True).code == "monitoring_before_once"
    assert refusal(benefit=before.benefit, year=2019, is_before=True).code == "monitoring_year_once"


@pytest.mark.django_db
def test_figures_stay_with_their_benefit_and_count_versions():
    record = MonitoringFactory()
    record.jobs = 15
    record.save()
    record.refresh_from_db()
    assert record.version == 2

    record.benefit = supported()
    with pytest.raises(IntegrityError, match="không chuyển sang cơ sở hay đề án khác"), transaction.atomic():
        record.save()


@pytest.mark.django_db
def test_every_version_of_the_figures_is_kept():
    record = MonitoringFactory()
    record.delete()

    events = MonitoringRecord.pgh_event_model.objects.order_by("pgh_id")
    assert [(one.pgh_label, one.jobs) for one in events] == [("insert", 12), ("delete", 12)]


# Comparing


@given(st.none() | st.integers(0, 10**12), st.none() | st.integers(0, 10**12))
def test_a_per_cent_needs_both_figures_and_something_before(before, after):
    percent = change(before, after)

    assert (percent is None) == (before in (None, 0) or after is None)
    if percent is not None:
        assert (percent > 0) == (after > before)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (100, 125, "+25,0%"),
        (100, 97, "−3,0%"),
        (100, 100, "0,0%"),
        (10**9, 10**9 + 1, "0,0%"),
        (0, 5, ""),
        (3, None, ""),
    ],
)
def test_a_change_is_said_with_its_sign(before, after, words):
    assert said(change(before, after)) == words


def records(**after):
    """Two records of one benefit that no database has seen."""
    before = {"revenue": Decimal(100 * MILLION), "productivity": Decimal(10), "productivity_unit": "tấn/tháng"}
    return [MonitoringRecord(year=2019, is_before=True, **before), MonitoringRecord(year=2021, **after)]


def test_a_comparison_shows_only_what_somebody_told():
    comparison = compare(records(revenue=Decimal(150 * MILLION)))

    assert comparison.headings == ["2019, trước hỗ trợ", "2021"]
    assert [(row.figure.label, row.unit, row.cells, row.change) for row in comparison.rows] == [
        ("Doanh thu", "triệu đồng", ["100", "150"], "+50,0%"),
        ("Năng suất", "tấn/tháng", ["10", ""], ""),
    ]


@pytest.mark.parametrize(("unit", "words"), [("Tấn / tháng", ""), ("TẤN/THÁNG", "+20,0%"), ("sản phẩm/giờ", "")])
def test_productivity_is_compared_in_one_unit_only(unit, words):
    comparison = compare(records(productivity=Decimal(12), productivity_unit=unit))

    assert comparison.rows[-1].change == words
    assert comparison.rows[-1].cells == ["10 tấn/tháng", f"12 {unit}"]


# Who is due


@pytest.mark.django_db
def test_due_are_accepted_benefits_without_figures_of_the_last_closed_year():
    waiting, told = supported(), MonitoringFactory().benefit
    supported("in_progress")
    MonitoringFactory(benefit=waiting, year=2019, is_before=True)

    assert list(due_for_monitoring(DAY)) == [waiting]
    assert [one.due_year for one in due_for_monitoring(DAY)] == [2021]
    assert set(due_for_monitoring(DAY.replace(year=2023))) == {waiting, told}
    assert list(due_for_monitoring(DAY.replace(year=2021))) == []
    assert list(due_for_monitoring(DAY.replace(year=2027))) == []


@pytest.mark.django_db
def test_due_rows_cost_one_query(django_assert_num_queries):
    for _ in range(3):
        supported()
    with django_assert_num_queries(1):
        assert len([(one.scheme.created_by, one.facility.name) for one in due_for_monitoring(DAY)]) == 3


@pytest.mark.django_db
def test_sums_are_of_those_who_answered_both_and_each_facility_counts_once():
    facility, duplicate = FacilityFactory(), FacilityFactory()
    first = supported(facility=facility)
    second = supported(facility=duplicate)
    merged(duplicate, facility, by=first.scheme.created_by)
    for benefit, before, after in ((first, 10, 15), (second, 10, 14), (supported(), 20, None), (supported(), None, 30)):
        if before:
            MonitoringFactory(benefit=benefit, year=2019, is_before=True, jobs=before, revenue=None)
        if after:
            MonitoringFactory(benefit=benefit, jobs=after, revenue=None)
    benefits = with_answers(followed(SchemeBeneficiary.objects.all(), 2021), 2021)

    jobs, revenue = lists.sums(benefits, 2021)

    assert (jobs.facilities, jobs.before, jobs.after, jobs.text) == (1, 10, 14, "10 → 14 (+40,0%)")
    assert (revenue.facilities, revenue.text) == (0, "—")


@pytest.mark.django_db
def test_a_benefit_of_nothing_is_not_followed():
    scheme = SchemeFactory(money={"province": 5}, benefits={FacilityFactory(): 0}, state="accepted")

    assert scheme.beneficiaries.count() == 1
    assert list(due_for_monitoring(DAY)) == []
