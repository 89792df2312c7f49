"""Fairs on rows made by hand, and what must hold whatever the rows."""

import datetime
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from fairs.enums import EventKind, EventRole
from khuyencong.periods import Year
from reports import kinds, workbook
from reports.figures.fair_rows import DealRow, EventRow, FairRows
from reports.figures.fairs import add_up, fair_report
from reports.figures.rows import Place, Subject
from reports.layouts.fairs import sheets, terminal_lines
from tests.reports.builders import HERE, MORNING, NGHE_AN, SOURCES

DAY = datetime.date(2021, 11, 10)
FAIR = EventRow(
    1, "fair", "organised", "Hội chợ", DAY, booths=300, qualifier="gần", facilities=(1, 2, 3), territory=HERE
)
ABROAD = EventRow(
    2,
    "fair",
    "attended",
    "Hội chợ xa",
    DAY,
    booths=40,
    facilities=(1, 2),
    others=4,
    turnover=70,
    money={"province": 90},
    scheme_code="KC-40-2021-001",
    territory=HERE,
)
MEETING = EventRow(
    3,
    "conference",
    "organised",
    "Hội nghị",
    DAY,
    facilities=(1,),
    money={"national": 10, "province": 5},
    territory=HERE,
)
EVENTS = (FAIR, ABROAD, MEETING)
DEALS = (
    DealRow(3, True, True, value=100, contract_value=80),
    DealRow(3, True, False, is_open=True, value=50),
    DealRow(3, True, False),
    DealRow(3, False, True, contract_value=7),
)


def report(events=EVENTS, deals=DEALS, **columns):
    subject = Subject("hoi-cho", "Báo cáo hội chợ, kết nối thị trường", NGHE_AN, Year(2021), MORNING.date(), MORNING)
    names = {"kinds": dict(EventKind.choices), "roles": dict(EventRole.choices), "sources": SOURCES}
    return fair_report(FairRows(**names, events=events, deals=deals, **columns), subject)


def book(found):
    file = BytesIO()
    workbook.write(sheets(found), file)
    return load_workbook(file)


def test_occurrences_and_distinct_facilities_are_two_numbers():
    total = report().total
    assert (total.occurrences, total.registered, total.others, total.facilities) == (10, 6, 4, 3)


def test_nearly_300_booths_are_said_so():
    fairs, meetings = report().kinds
    organised, attended = fairs.parts
    assert (organised.sums.booths_in_words, attended.sums.booths_in_words) == ("gần 300", "40")
    assert fairs.sums.booths_in_words == "gần 340"
    assert (meetings.sums.booths, meetings.sums.booths_in_words, meetings.parts) == (None, "", ())


def test_a_contract_signed_at_once_is_no_memorandum_that_became_one():
    total = report().total
    assert (total.memoranda, total.became_contracts, total.contracts, total.open) == (3, 1, 2, 1)
    assert (total.conversion, total.value, total.contract_value) == (Decimal("33.33"), 150, 87)
    assert report(deals=()).total.conversion is None


def test_money_through_a_scheme_is_told_apart():
    found = report()
    assert found.total.by_source == {"province": 95, "national": 10}
    assert (found.total.through_schemes, found.total.without_scheme, found.total.money) == (90, 15, 105)
    assert [source.code for source in found.sources] == ["national", "province"]


def test_places_are_told_apart_each_under_its_name():
    elsewhere = replace(ABROAD, territory=Place(2, "45", "Quảng Trị"))
    found = report((FAIR, elsewhere, MEETING)).territories
    assert [(one.key, one.name, one.sums.events) for one in found] == [("40", "Nghệ An", 2), ("45", "Quảng Trị", 1)]


def test_the_workbook_never_adds_an_occurrence_to_a_facility():
    sheet = book(report(planned=2))["Theo loại"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(line for line in lines if line[0] == "Loại sự kiện")
    total = next(line for line in lines if line[0] == "Tổng cộng")
    assert (total[head.index("Lượt doanh nghiệp")], total[head.index("Cơ sở (mỗi cơ sở một lần)")]) == (10, 3)
    texts = [str(cell) for line in lines for cell in line if cell]
    assert any("có ngày đầu tiên của sự kiện" in text for text in texts)
    assert any("Không tính 2 sự kiện dự kiến" in text for text in texts)


def test_json_lists_events_with_their_booths_in_words():
    plain = kinds.find("hoi-cho").as_json(report())
    assert [(one["name"], one["booths"], one["booths_in_words"]) for one in plain["events"]] == [
        ("Hội chợ", 300, "gần 300"),
        ("Hội chợ xa", 40, "40"),
        ("Hội nghị", None, ""),
    ]
    assert (plain["total"]["occurrences"], plain["total"]["facilities"], plain["total"]["conversion"]) == (10, 3, 33.33)


def test_lines_of_text_write_per_cent_without_a_space():
    assert any(" hợp đồng (33,33%)" in line for line in terminal_lines(report()))


def test_nothing_held_is_an_empty_report():
    found = report((), ())
    assert (found.kinds, found.lines, found.total.booths) == ((), (), None)
    assert list(terminal_lines(found))
    assert book(found).sheetnames == ["Theo loại", "Danh sách sự kiện"]


events = st.lists(
    st.builds(
        EventRow,
        st.integers(1, 300),
        st.sampled_from(EventKind.values),
        st.sampled_from(EventRole.values),
        st.just("Sự kiện"),
        st.just(DAY),
        booths=st.none() | st.integers(0, 500),
        facilities=st.lists(st.integers(1, 9), unique=True).map(tuple),
        others=st.integers(0, 20),
        money=st.dictionaries(st.sampled_from(["national", "province"]), st.integers(1, 10**12)),
        scheme_code=st.sampled_from(["", "KC-1"]),
        territory=st.just(HERE),
    ),
    unique_by=lambda one: one.id,
)


@given(events)
def test_lượt_is_never_less_than_distinct_facilities(found):
    done = report(tuple(found), ())
    for sums in (done.total, *(kind.sums for kind in done.kinds), *(line.sums for line in done.lines)):
        assert sums.occurrences >= sums.registered >= sums.facilities
    assert done.total.facilities <= sum(kind.sums.facilities for kind in done.kinds)


@given(events)
def test_kinds_add_up_to_the_total_but_for_distinct_facilities(found):
    done = report(tuple(found), ())
    for name in ("events", "occurrences", "others", "through_schemes", "without_scheme"):
        assert sum(getattr(kind.sums, name) for kind in done.kinds) == getattr(done.total, name)
    assert sum(done.total.by_source.values()) == done.total.money


@given(events, st.lists(st.builds(DealRow, st.integers(1, 300), st.booleans(), st.booleans())))
def test_conversion_lies_between_0_and_100_per_cent(found, deals):
    sums = add_up(found, deals)
    assert sums.conversion is None or 0 <= sums.conversion <= 100
    assert sums.became_contracts <= min(sums.memoranda, sums.contracts)
