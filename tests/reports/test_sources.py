"""What a report reads: which rows, at which moment, in how many queries."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from khuyencong.periods import FiveYears
from khuyencong.refusals import RefusedError
from programmes.models import Indicator
from reports import sources
from reports.coverage import Coverage
from reports.kinds.contract import Question
from tests.factories import (
    DAY,
    CommuneFactory,
    ContentFactory,
    FacilityFactory,
    IndicatorFactory,
    LineageFactory,
    PlanFundingFactory,
    ProvinceFactory,
    ResultFactory,
    SchemeFactory,
    SourceFactory,
    UserFactory,
    walk,
)

PERIOD = FiveYears(2016)
LATER = datetime.date(2026, 1, 1)


def read(province=None, cut_off=LATER, boundaries="as_was"):
    return sources.read(Question(Coverage(province, boundaries), PERIOD, cut_off))


def codes(rows):
    return [scheme.code for scheme in rows.schemes]


def confirmed(**columns):
    funding = PlanFundingFactory(**columns)
    funding.confirmed_by, funding.confirmed_at = UserFactory(role="reviewer"), funding.created_at
    funding.save()
    return funding


@pytest.fixture
def approved(db):
    return SchemeFactory(code="KC-1", money={"province": 150, "counterpart": 70}, state="approved")


@pytest.mark.parametrize("state", ["approved", "in_progress", "accepted", "settled"])
def test_decided_schemes_are_read(db, state):
    SchemeFactory(code="KC-1", money={"province": 150}, state=state)

    assert codes(read()) == ["KC-1"]


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "rejected"])
def test_schemes_that_nobody_approved_are_not(db, state):
    SchemeFactory(money={"province": 150}, state=state)

    assert codes(read()) == []


def test_a_decision_counts_from_its_own_day_on(approved):
    assert codes(read(cut_off=DAY - datetime.timedelta(days=1))) == []
    assert codes(read(cut_off=DAY)) == ["KC-1"]


def test_only_years_of_the_period_are_read(approved):
    SchemeFactory(code="KC-2", year=2021, money={"province": 150}, state="approved")
    SchemeFactory(code="KC-3", year=2015, money={"province": 150}, state="approved")

    assert codes(read()) == ["KC-1"]


def test_by_todays_boundaries_a_province_reads_its_own_and_those_merged_into_it(approved):
    old, other = ProvinceFactory(code="41", name="Tỉnh cũ"), ProvinceFactory(code="42", name="Hà Tĩnh")
    LineageFactory(predecessor=old, successor=approved.province)
    SchemeFactory(code="KC-2", province=old, money={"province": 150}, state="approved")
    SchemeFactory(code="KC-3", province=other, money={"province": 150}, state="approved")

    assert codes(read(approved.province)) == ["KC-1"]
    assert codes(read(approved.province, boundaries="today")) == ["KC-1", "KC-2"]
    assert codes(read(old)) == ["KC-2"]
    assert codes(read(None)) == ["KC-1", "KC-2", "KC-3"]


def test_a_scheme_is_read_as_plain_words_and_whole_dong(db):
    group = ContentFactory(code="KC03", name="Máy móc")
    place = CommuneFactory(name="Diễn Kỷ")
    scheme = SchemeFactory(
        code="KC-1",
        content=ContentFactory(code="KC03.04", name="Ứng dụng máy móc", group=group),
        commune=place,
        money={"province": 150, "counterpart": 70},
        benefits={FacilityFactory(name="Cơ sở A"): 50},
        state="settled",
    )

    (row,) = read().schemes
    assert (row.content_code, row.group_code, row.group_name) == ("KC03.04", "KC03", "Máy móc")
    assert (row.place, row.unit, row.province) == ("xã Diễn Kỷ", "Trung tâm Khuyến công mẫu", "Nghệ An")
    assert (row.level, row.kind, row.status) == ("local", "Đề án", "Đã quyết toán")
    assert (row.decision_number, row.decision_on) == (scheme.decision_number, DAY)
    assert row.beneficiaries == ("Cơ sở A",)
    assert row.approved == {"province": 150, "counterpart": 70} == row.settled
    assert {type(amount) for amount in row.approved.values()} == {int}


def test_a_content_without_a_group_is_its_own_group(approved):
    assert read().schemes[0].group_code == read().schemes[0].content_code == "KC03.04"


def test_results_and_benefits_come_with_their_scheme(db):
    village = FacilityFactory(legal_form="village")
    scheme = SchemeFactory(money={"province": 150}, benefits={village: 5, FacilityFactory(): 6})
    ResultFactory(scheme=scheme, planned=Decimal("2.5"))
    walk(scheme, "approved")

    rows = read()

    assert [(r.scheme_id, r.indicator.unit, r.planned, r.actual) for r in rows.results] == [
        (scheme.pk, "máy", Decimal("2.5"), None)
    ]
    assert [(b.facility_id == village.pk, b.is_village) for b in rows.benefits] == [(True, True), (False, False)]


def test_indicators_that_are_counted_are_known_by_content(db):
    content = ContentFactory()
    counted = IndicatorFactory(code="co-so", name="Cơ sở", unit="cơ sở", counting=Indicator.Counting.FACILITIES)
    content.indicators.set([counted, IndicatorFactory()])

    assert {code: [one.code for one in some] for code, some in read().counted.items()} == {"KC03.04": ["co-so"]}


def test_only_confirmed_money_of_no_scheme_is_read_and_the_rest_is_counted(db):
    confirmed(approved_amount=100)
    PlanFundingFactory(approved_amount=20)
    PlanFundingFactory(approved_amount=30)
    PlanFundingFactory(approved_amount=40, decision_on=datetime.date(2026, 6, 1), year=2020, source__code="province")
    PlanFundingFactory(approved_amount=50, year=2021)

    rows = read(cut_off=LATER)

    assert [plan.approved for plan in rows.plans] == [100]
    assert (rows.unconfirmed.lines, rows.unconfirmed.amount) == (2, 50)


def test_sources_come_in_their_order(db):
    for code in ("counterpart", "national", "province"):
        SourceFactory(code=code)

    assert [(s.code, s.is_support) for s in read().sources] == [
        ("national", True),
        ("province", True),
        ("counterpart", False),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_is_fixed(db, count, django_assert_num_queries):
    for _ in range(count):
        scheme = SchemeFactory(money={"province": 150}, benefits={FacilityFactory(): 5})
        ResultFactory(scheme=scheme)
        walk(scheme, "approved")
    confirmed()
    province = scheme.province

    with django_assert_num_queries(10):
        read(province)


def test_too_many_schemes_are_refused_with_the_way_out(approved, monkeypatch):
    monkeypatch.setattr(sources, "MOST_SCHEMES", 0)

    with pytest.raises(RefusedError, match="Hãy lập cho từng tỉnh"):
        read()


@pytest.mark.django_db(transaction=True)
def test_the_moment_of_reading_cannot_write():
    with pytest.raises(DatabaseError, match="read-only"), sources.snapshot():
        ProvinceFactory()


@pytest.mark.django_db(transaction=True)
def test_the_moment_is_told_in_vietnamese_time():
    with CaptureQueriesContext(connection) as queries, sources.snapshot() as moment:
        pass

    assert moment.utcoffset() == datetime.timedelta(hours=7)
    assert "REPEATABLE READ, READ ONLY" in " ".join(query["sql"] for query in queries)
