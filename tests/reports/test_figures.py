"""Arithmetic of reports, without a database."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reports.figures.contents import by_content
from reports.figures.overview import overview
from reports.figures.period_summary import as_json, period_summary
from reports.figures.rows import Unconfirmed
from reports.figures.schemes import scheme_list
from reports.figures.years import by_year
from tests.reports.builders import (
    CLASSES,
    FACILITIES,
    VILLAGES,
    benefit,
    plan,
    result,
    rows,
    scheme,
    subject,
    summary,
)

YEARS = range(2016, 2021)
AMOUNTS = st.integers(0, 10**15)
CODES = st.sampled_from(["KC01.01", "KC01.02", "KC03.04", "KC09.06"])
SCHEMES = st.builds(
    scheme,
    id=st.integers(1, 10**6),
    year=st.sampled_from(YEARS),
    content=CODES,
    level=st.sampled_from(["national", "local"]),
    national=AMOUNTS,
    province=AMOUNTS,
    counterpart=AMOUNTS,
)
PLANS = st.builds(plan, AMOUNTS, year=st.sampled_from(YEARS), source=st.sampled_from(["district", "counterpart"]))
ROWS = st.builds(
    lambda schemes, plans: rows(*schemes, plans=plans),
    st.lists(SCHEMES, max_size=12, unique_by=lambda one: one.id),
    st.lists(PLANS, max_size=4),
)


def test_overview_of_nghe_an_2016_2020_as_it_was_reported():
    national = [scheme(n, level="national", national=421_285_714) for n in range(34)]
    rest = scheme(34, level="national", national=14_745_000_000 - 34 * 421_285_714)
    local = [scheme(100 + n, province=52_757_793) for n in range(416)]
    last = scheme(900, province=22_000_000_000 - 416 * 52_757_793)

    figures = overview(rows(*national, rest, *local, last, plans=[plan(2_250_000_000)]))

    assert [(f.source.code, f.schemes, f.amount, f.share) for f in figures.by_source] == [
        ("national", 35, 14_745_000_000, Decimal("37.81")),
        ("province", 417, 22_000_000_000, Decimal("56.42")),
        ("district", 0, 2_250_000_000, Decimal("5.77")),
    ]
    assert (figures.schemes, figures.amount, figures.outside, figures.share) == (
        452,
        38_995_000_000,
        2_250_000_000,
        100,
    )
    assert [(f.level, f.schemes) for f in figures.by_level] == [("national", 35), ("local", 417)]


def test_a_scheme_of_two_sources_counts_once_in_all_and_once_for_each():
    figures = overview(rows(scheme(1, national=300, province=100)))

    assert figures.schemes == 1
    assert [(f.source.code, f.schemes) for f in figures.by_source] == [("national", 1), ("province", 1)]


def test_a_source_that_approved_nothing_of_a_scheme_does_not_count_it():
    figures = overview(rows(scheme(1, national=0, province=100)))

    assert [f.source.code for f in figures.by_source] == ["province"]


def test_counterpart_money_is_no_part_of_total_shares_or_levels():
    figures = overview(rows(scheme(1, province=100, counterpart=900), plans=[plan(50, source="counterpart")]))

    assert (figures.amount, figures.by_source[0].share, figures.by_level[1].amount) == (100, Decimal("100.00"), 100)
    assert [(f.source.code, f.amount, f.outside, f.share) for f in figures.others] == [("counterpart", 950, 50, None)]


def test_three_equal_sources_still_add_up_to_a_hundred():
    figures = overview(rows(scheme(1, national=1, province=1), plans=[plan(1)]))

    assert [f.share for f in figures.by_source] == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


@given(ROWS)
def test_shares_add_up_to_a_hundred_or_nothing(some):
    figures, table = overview(some), by_content(some)
    expected = 100 if figures.amount else 0

    assert sum(figure.share for figure in figures.by_source) == expected == figures.share
    assert sum((group.share for group in table.groups), table.outside_share) == expected == table.share
    for group in table.groups:
        assert sum(leaf.share for leaf in group.contents) == group.share


@given(ROWS)
def test_every_way_to_the_total_gives_the_same_total(some):
    figures, table, years, listed = overview(some), by_content(some), by_year(some, YEARS), scheme_list(some)

    in_schemes = figures.amount - figures.outside
    assert figures.amount == sum(figure.amount for figure in figures.by_source)
    assert table.amount == figures.amount == years.total.total == sum(year.total for year in years.years)
    assert listed.support == in_schemes == sum(line.support for line in listed.lines)
    assert in_schemes == sum(figure.amount for figure in figures.by_level)
    assert in_schemes == sum(leaf.amount for group in table.groups for leaf in group.contents)
    assert len(some.schemes) == figures.schemes == table.schemes == years.total.schemes
    for figure in figures.by_source:
        assert figure.amount == years.total.amounts[figure.source.code]


def test_a_content_has_its_schemes_money_and_share():
    table = by_content(
        rows(
            scheme(1, content="KC03.04", province=300),
            scheme(2, content="KC01.02", province=100),
            scheme(3, content="KC01.01", national=100),
            plans=[plan(500)],
        )
    )

    assert [(g.code, g.schemes, g.amount, g.share) for g in table.groups] == [
        ("KC01", 2, 200, Decimal("20.00")),
        ("KC03", 1, 300, Decimal("30.00")),
    ]
    assert [leaf.code for leaf in table.groups[0].contents] == ["KC01.01", "KC01.02"]
    assert (table.outside, table.outside_share) == (500, Decimal("50.00"))


def test_results_are_added_in_their_own_unit():
    table = by_content(
        rows(
            scheme(1, province=1),
            scheme(2, province=1, year=2020),
            results=[result(1, CLASSES, 2, 2), result(2, CLASSES, "3.5", "2.25")],
        )
    )

    assert [(f.indicator.unit, f.planned, f.actual) for f in table.groups[0].results] == [
        ("lớp", Decimal("5.5"), Decimal("4.25"))
    ]


def test_a_result_that_nobody_reported_yet_is_not_zero():
    table = by_content(rows(scheme(1, province=1), results=[result(1, CLASSES, 2)]))

    assert (table.groups[0].results[0].planned, table.groups[0].results[0].actual) == (2, None)


def test_a_facility_supported_in_two_years_and_two_contents_is_counted_once_in_the_group():
    table = by_content(
        rows(
            scheme(1, year=2016, content="KC03.04", province=1),
            scheme(2, year=2019, content="KC03.04", province=1),
            scheme(3, year=2020, content="KC03.05", province=1),
            results=[result(n, FACILITIES, 1) for n in (1, 2, 3)],
            benefits=[benefit(1, 7), benefit(2, 7), benefit(2, 8), benefit(3, 7)],
        )
    )

    (group,) = table.groups
    assert [leaf.results[0].actual for leaf in group.contents] == [2, 1]
    assert (group.results[0].planned, group.results[0].actual) == (3, 2)


def test_villages_are_not_facilities():
    table = by_content(
        rows(
            scheme(1, province=1),
            results=[result(1, FACILITIES, 1), result(1, VILLAGES, 1)],
            benefits=[benefit(1, 7), benefit(1, 8, is_village=True), benefit(1, 9, is_village=True)],
        )
    )

    assert [(f.indicator.code, f.actual) for f in table.groups[0].results] == [("co-so", 1), ("lang-nghe", 2)]


def test_beneficiaries_of_other_contents_are_not_counted():
    table = by_content(
        rows(
            scheme(1, content="KC03.05", province=1),
            scheme(2, content="KC03.01", province=1),
            results=[result(1, FACILITIES, 1)],
            benefits=[benefit(1, 7), benefit(2, 8)],
        )
    )

    assert table.groups[0].results[0].actual == 1


def test_a_content_that_counts_facilities_needs_no_typed_result():
    some = rows(scheme(1, province=1), benefits=[benefit(1, 7)])
    counting = replace(some, counted={"KC01.01": (FACILITIES, VILLAGES)})

    (found,) = by_content(counting).groups[0].results
    assert (found.indicator, found.planned, found.actual) == (FACILITIES, None, 1)


def test_years_without_schemes_are_shown():
    table = by_year(rows(scheme(1, year=2018, national=5), plans=[plan(3, year=2020)]), YEARS)

    assert [(y.year, y.schemes, y.total) for y in table.years] == [
        (2016, 0, 0),
        (2017, 0, 0),
        (2018, 1, 5),
        (2019, 0, 0),
        (2020, 0, 3),
    ]
    assert (table.total.schemes, table.total.amounts["district"], table.total.total) == (1, 3, 8)


def test_settled_support_is_nothing_until_a_scheme_is_settled():
    listed = scheme_list(
        rows(
            scheme(1, province=100, counterpart=50), scheme(2, province=80, settled={"province": 70, "counterpart": 9})
        )
    )

    assert [(line.support, line.other, line.settled) for line in listed.lines] == [(100, 50, None), (80, 0, 70)]
    assert (listed.support, listed.other, listed.settled) == (180, 50, 70)


def test_json_is_plain_and_in_whole_dong():
    found = as_json(
        summary(
            scheme(1, national=300, counterpart=7),
            plans=[plan(100)],
            results=[result(1, CLASSES, 2, "1.5")],
        )
    )

    assert json.loads(json.dumps(found)) == found
    assert found["report"] == "giai-doan"
    assert found["territory"] == {"code": "40", "name": "tỉnh Nghệ An"}
    assert found["period"] == {"code": "2016-2020", "first_year": 2016, "last_year": 2020}
    assert (found["cut_off"], found["boundaries"], found["unit"]) == ("2020-12-31", "as_was", "đồng")
    assert found["data_as_of"] == "2026-11-22T08:02:00+07:00"
    assert [(s["source"], s["schemes"], s["amount"], s["share"]) for s in found["overview"]["by_source"]] == [
        ("national", 1, 300, 75),
        ("district", 0, 100, 25),
    ]
    assert found["overview"]["outside_schemes"] == [{"source": "district", "label": "Ngân sách huyện", "amount": 100}]
    assert [(s["source"], s["amount"]) for s in found["overview"]["other_sources"]] == [("counterpart", 7)]
    assert found["by_year"][0] == {
        "year": 2016,
        "schemes": 1,
        "amounts": {"national": 300, "district": 100},
        "total": 400,
    }
    leaf = found["contents"][0]["contents"][0]
    assert leaf["results"] == [
        {"indicator": "lop", "label": "Lớp đào tạo nghề", "unit": "lớp", "planned": 2, "actual": 1.5}
    ]
    assert [(s["code"], s["total"], s["other"]) for s in found["schemes"]] == [("KC-40-2016-001", 300, 7)]


def test_an_empty_report_has_every_key_and_no_share():
    found = as_json(summary())

    assert found["overview"]["amount"] == found["overview"]["schemes"] == 0
    assert found["overview"]["by_source"] == found["contents"] == found["schemes"] == []
    assert [year["total"] for year in found["by_year"]] == [0] * 5


def test_what_is_illustrative_or_left_out_is_said():
    some = rows(replace(scheme(1, province=1), is_illustrative=True), scheme(2, province=1))
    some = replace(some, unconfirmed=Unconfirmed(2, 90))
    found = as_json(period_summary(some, subject()))

    assert (found["illustrative"], found["illustrative_schemes"]) == (True, 1)
    assert found["unconfirmed"] == {"lines": 2, "amount": 90}
