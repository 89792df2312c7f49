"""The 27 indicators on rows made by hand, and what must hold whatever the rows."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.periods import Month, parse_period
from reports.figures.cluster_rows import ClusterRow, ClusterRows, FigureRow
from reports.figures.clusters import cluster_report, halves_of, total
from reports.figures.rows import Subject
from reports.layouts.clusters.notes import notes
from tests.reports.builders import MORNING, NGHE_AN

D, LATE = Decimal, datetime.date(2030, 1, 1)


def day(text):
    return datetime.date.fromisoformat(text)


PLANNED = ClusterRow(1, "Mới có phương án", "general", planned_on=day("2021-03-01"), planned_area=D("50.5"))
WORKING = ClusterRow(
    2,
    "Đang hoạt động",
    "village",
    investor_kind="enterprise",
    planned_on=day("2021-03-01"),
    planned_area=D(30),
    established_on=day("2025-12-20"),
    established_area=D(28),
    detailed_plan_on=day("2026-01-10"),
    detailed_plan_area=D(27),
    industrial_land=D(20),
    infrastructure_on=day("2026-02-10"),
    infrastructure_area=D(26),
    infrastructure_capital=200_000_000_000,
    operating_from=day("2026-03-01"),
)
UNFOUNDED = ClusterRow(
    3,
    "Hoạt động khi chưa thành lập",
    "specialised",
    planned_on=day("2021-03-01"),
    planned_area=D(12),
    detailed_plan_on=day("2019-01-10"),
    detailed_plan_area=D(11),
    industrial_land=D(10),
    operating_from=day("2019-06-01"),
)
REMOVED = replace(WORKING, id=4, name="Đã đưa ra", removed_on=day("2026-05-01"))
CLUSTERS = (PLANNED, WORKING, UNFOUNDED, REMOVED)
FIRST_HALF = (
    FigureRow(2, 2026, 1, 90_000_000_000, D(5), 4, 1, 3, 12_500_000_000, 700_000_000, 150, "standard"),
    FigureRow(3, 2026, 1, None, D(10), 6, 0, 6, 8_000_000_000, None, 90, "invested"),
    FigureRow(4, 2026, 1, 1, D(1), 1, 1, 1, 1, 1, 1, "standard"),
)
SECOND_HALF = (FigureRow(2, 2026, 2, 95_000_000_000, D(6), 5, 1, 4, 7_500_000_000, 300_000_000, 160, "standard"),)


def report(code, clusters=CLUSTERS, figures=FIRST_HALF, cut_off=LATE):
    subject = Subject("ccn", "Báo cáo", NGHE_AN, parse_period(code), cut_off, MORNING)
    return cluster_report(ClusterRows(tuple(clusters), tuple(figures)), subject)


def values(found):
    return {row.number: row.value for section in found.sections for row in section.indicators}


EXPECTED_FIRST_HALF = {
    "1": 3,
    "2": D("92.5"),
    "3": 1,
    "4": D(28),
    "5": 1,
    "6": D(28),
    "7": 1,
    "8": D(28),
    "9": 2,
    "10": D(38),
    "11": 1,
    "12": D(26),
    "13": 200_000_000_000,
    "14": 90_000_000_000,
    "15": 2,
    "15.1": 1,
    "15.2": 1,
    "15.3": 1,
    "15.4": 1,
    "16": D(39),
    "16.1": D(28),
    "16.2": D(11),
    "16.3": D(28),
    "16.4": D(11),
    "17": D(30),
    "18": D(15),
    "19": D(50),
    "20": 10,
    "21": 1,
    "22": 9,
    "23": 20_500_000_000,
    "24": 700_000_000,
    "25": 240,
    "26": 2,
    "27": 1,
}


def test_the_first_half_of_2026_row_by_row():
    assert values(report("2026-H1")) == EXPECTED_FIRST_HALF


def test_the_form_has_its_27_rows_and_8_parts_in_order():
    numbers = list(values(report("2026-H1")))

    assert [number for number in numbers if "." not in number] == [str(n) for n in range(1, 28)]
    assert [number for number in numbers if "." in number] == [f"{n}.{part}" for n in (15, 16) for part in (1, 2, 3, 4)]
    assert [section.numeral for section in report("2026-H1").sections] == ["I", "II", "III"]


def test_a_year_takes_stocks_of_its_second_half_and_flows_of_both():
    found = report("2026", figures=FIRST_HALF + SECOND_HALF)

    assert found.value("18") == D(6)
    assert found.value("25") == 160
    assert found.value("23") == 12_500_000_000 + 8_000_000_000 + 7_500_000_000
    assert found.value("24") == 1_000_000_000
    assert found.value("14") == 95_000_000_000
    assert found.gaps.without_figures == ("Hoạt động khi chưa thành lập",)


def test_a_year_says_which_cluster_lacks_the_first_half():
    assert report("2026", figures=SECOND_HALF).gaps.without_first_half == ("Đang hoạt động",)


def test_occupancy_is_weighted_by_area_and_not_the_mean_of_percentages():
    """5 of 20 ha and 10 of 10 ha: 15/30, while the mean of 25 % and 100 % would be 62,5 %."""
    assert report("2026-H1").value("19") == D(50)


def test_nothing_reported_is_not_zero():
    found = report("2026-H1", figures=())

    assert {n: found.value(n) for n in ("14", "18", "19", "20", "23", "25", "26")} == dict.fromkeys(
        ("14", "18", "19", "20", "23", "25", "26")
    )
    assert found.gaps.without_figures == ("Đang hoạt động", "Hoạt động khi chưa thành lập")


def test_no_land_means_no_occupancy():
    assert report("2026-H1", [replace(WORKING, industrial_land=None)]).value("19") is None


@pytest.mark.parametrize(
    ("code", "established_on", "counted"),
    [
        ("2026-H1", "2025-12-14", 0),
        ("2026-H1", "2025-12-15", 1),
        ("2026-H1", "2026-06-14", 1),
        ("2026-H2", "2026-06-15", 1),
        ("2026", "2026-12-14", 1),
        ("2026", "2026-12-15", 0),
    ],
)
def test_in_the_period_means_from_the_15th_to_the_14th(code, established_on, counted):
    cluster = replace(WORKING, established_on=day(established_on))

    assert report(code, [cluster]).value("5") == counted


def test_the_cut_off_counts_when_it_is_earlier_than_the_period():
    found = report("2026-H1", cut_off=day("2026-02-28"))

    assert (found.value("1"), found.value("3"), found.value("15")) == (4, 2, 1)
    assert found.day == day("2026-02-28")


def test_figures_of_a_cluster_that_does_not_operate_are_left_out_and_named():
    found = report("2026-H1", [replace(WORKING, operating_from=None)])

    assert found.value("25") is None
    assert found.gaps.not_operating == ("Đang hoạt động",)


def test_the_list_hides_what_was_decided_after_the_day():
    line = report("2025-H2", [WORKING]).lines[0]

    assert (line.cluster.planned_on, line.cluster.established_on) == (day("2021-03-01"), None)
    assert (line.cluster.industrial_land, line.cluster.operating_from, line.is_operating) == (None, None, False)
    assert line.area == D(30)


def test_a_month_is_refused():
    with pytest.raises(ValueError, match="half-years and years"):
        halves_of(Month(2026, 3))


hectares = st.decimals(5, 75, places=2)
days = st.none() | st.dates(datetime.date(2015, 1, 1), datetime.date(2027, 12, 31))
counts = st.none() | st.integers(0, 500)
amounts = st.none() | st.integers(0, 10**14)


@st.composite
def clusters(draw, pk):
    """A cluster as the database keeps it, its areas within each other."""
    area = draw(hectares)
    return ClusterRow(
        pk,
        f"Cụm {pk}",
        draw(st.sampled_from(["general", "village", "specialised", "eco"])),
        investor_kind=draw(st.sampled_from(["", "enterprise", "public"])),
        planned_on=draw(days),
        planned_area=area,
        removed_on=draw(st.none() | days),
        established_on=draw(days),
        established_area=area,
        detailed_plan_on=draw(days),
        detailed_plan_area=area,
        industrial_land=draw(st.none() | st.decimals(0, area, places=2)),
        infrastructure_on=draw(days),
        infrastructure_area=draw(st.none() | hectares),
        infrastructure_capital=draw(amounts),
        operating_from=draw(days),
    )


@st.composite
def reported(draw, cluster, half):
    projects = draw(st.integers(0, 100))
    return FigureRow(
        cluster.id,
        2026,
        half,
        draw(amounts),
        draw(st.none() | st.decimals(0, 75 if cluster.industrial_land is None else cluster.industrial_land, places=2)),
        projects,
        draw(st.none() | st.integers(0, projects)),
        draw(st.none() | st.integers(0, projects)),
        draw(amounts),
        draw(amounts),
        draw(counts),
        draw(st.sampled_from(["none", "invested", "standard"])),
    )


@st.composite
def provinces(draw):
    found = [draw(clusters(pk)) for pk in range(draw(st.integers(0, 5)))]
    given = [(one, half) for one in found for half in (1, 2)]
    return found, [draw(reported(*which)) for which in given if draw(st.booleans())]


@given(provinces(), st.sampled_from(["2026-H1", "2026-H2", "2026"]))
def test_what_the_form_must_add_up_to_holds_for_every_province(province, code):
    found = report(code, *province)
    v = values(found)

    assert v["15"] == v["15.1"] + v["15.2"]
    assert v["16"] == v["16.1"] + v["16.2"]
    assert v["15.3"] + v["15.4"] <= v["15"]
    assert v["16.3"] + v["16.4"] <= v["16"]
    assert (v["18"] or 0) <= v["17"] <= v["16"]
    assert (v["21"] or 0) <= (v["20"] or 0)
    assert (v["22"] or 0) <= (v["20"] or 0)
    assert (v["27"] or 0) <= (v["26"] or 0) <= v["15"]
    assert v["5"] <= v["3"]
    assert v["6"] <= v["4"]
    assert v["7"] <= v["3"]
    assert v["8"] <= v["4"]
    assert v["19"] is None or 0 <= v["19"] <= 100
    assert found.gaps.land_over_area == ()


@given(provinces(), st.permutations(range(5)), st.integers(0, 5))
def test_two_parts_of_a_province_add_up_to_the_whole(province, order, cut):
    found, figures = province
    shuffled = [found[i] for i in order if i < len(found)]
    parts = [values(report("2026", part, figures)) for part in (shuffled[:cut], shuffled[cut:])]

    for number, whole in values(report("2026", found, figures)).items():
        if number != "19":
            assert whole == total(part[number] for part in parts)


def test_land_leased_where_the_industrial_land_is_unknown_is_named_and_not_counted():
    """10 of 10 ha, and 5 ha of nobody knows how many: 100 %, not 150 %."""
    found = report("2026-H1", [replace(WORKING, industrial_land=None), UNFOUNDED])

    assert (found.value("17"), found.value("18"), found.value("19")) == (D(10), D(10), D(100))
    assert found.gaps.without_land == ("Đang hoạt động",)
    assert any("dòng 18, 19 (1 cụm): Đang hoạt động" in note for note in notes(found))
