from contextlib import suppress
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.periods import (
    FiveYears,
    HalfYear,
    Month,
    NineMonths,
    PeriodError,
    Quarter,
    Year,
    administrative_window,
    parse_period,
)

DAY = timedelta(days=1)

years = st.integers(1991, 2100)
tiling_periods = st.one_of(
    st.builds(Month, years, st.integers(1, 12)),
    st.builds(Quarter, years, st.integers(1, 4)),
    st.builds(HalfYear, years, st.integers(1, 2)),
    st.builds(Year, years),
    st.integers(399, 419).map(lambda fifth: FiveYears(5 * fifth + 1)),
)
periods = tiling_periods | st.builds(NineMonths, years)


@pytest.mark.parametrize(
    ("period", "code", "label", "start", "end"),
    [
        (Month(2021, 10), "2021-10", "tháng 10/2021", date(2021, 10, 1), date(2021, 10, 31)),
        (Month(2024, 2), "2024-02", "tháng 2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        (Month(2100, 2), "2100-02", "tháng 2/2100", date(2100, 2, 1), date(2100, 2, 28)),
        (Month(2021, 12), "2021-12", "tháng 12/2021", date(2021, 12, 1), date(2021, 12, 31)),
        (Quarter(2026, 1), "2026-Q1", "quý I/2026", date(2026, 1, 1), date(2026, 3, 31)),
        (Quarter(2026, 4), "2026-Q4", "quý IV/2026", date(2026, 10, 1), date(2026, 12, 31)),
        (HalfYear(2026, 1), "2026-H1", "6 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 6, 30)),
        (HalfYear(2026, 2), "2026-H2", "6 tháng cuối năm 2026", date(2026, 7, 1), date(2026, 12, 31)),
        (NineMonths(2021), "2021-9M", "9 tháng năm 2021", date(2021, 1, 1), date(2021, 9, 30)),
        (Year(2020), "2020", "năm 2020", date(2020, 1, 1), date(2020, 12, 31)),
        (FiveYears(2016), "2016-2020", "giai đoạn 2016 - 2020", date(2016, 1, 1), date(2020, 12, 31)),
    ],
)
def test_code_label_and_bounds(period, code, label, start, end):
    assert (period.code, period.label, period.start, period.end) == (code, label, start, end)
    assert str(period) == label
    assert parse_period(code) == period


def test_years_of_a_period():
    assert Month(2021, 10).years == (2021,)
    assert Year(2020).years == (2020,)
    assert FiveYears(2016).years == (2016, 2017, 2018, 2019, 2020)


def test_a_period_contains_its_first_and_last_day_only():
    quarter = Quarter(2026, 1)

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1)]

    assert [quarter.contains(day) for day in days] == [False, True, True, False]


def test_a_moment_has_no_day_without_its_time_zone():
    with pytest.raises(TypeError):
        Year(2026).contains(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("period", "previous", "last_year"),
    [
        (Month(2021, 1), Month(2020, 12), Month(2020, 1)),
        (Month(2021, 10), Month(2021, 9), Month(2020, 10)),
        (Quarter(2026, 1), Quarter(2025, 4), Quarter(2025, 1)),
        (HalfYear(2026, 1), HalfYear(2025, 2), HalfYear(2025, 1)),
        (HalfYear(2026, 2), HalfYear(2026, 1), HalfYear(2025, 2)),
        (NineMonths(2021), NineMonths(2020), NineMonths(2020)),
        (Year(2020), Year(2019), Year(2019)),
        (FiveYears(2021), FiveYears(2016), FiveYears(2016)),
    ],
)
def test_previous_and_same_period_last_year(period, previous, last_year):
    assert period.previous() == previous
    assert period.same_period_last_year() == last_year


@pytest.mark.parametrize(
    "first", [Month(1990, 1), Quarter(1990, 1), HalfYear(1990, 1), NineMonths(1990), Year(1990), FiveYears(1991)]
)
def test_there_is_nothing_before_1990(first):
    with pytest.raises(PeriodError, match="từ 1990 đến 2100"):
        first.previous()
    with pytest.raises(PeriodError, match="từ 1990 đến 2100"):
        first.same_period_last_year()


@given(periods)
def test_a_code_is_read_back(period):
    assert parse_period(period.code) == period


@given(periods)
def test_codes_and_labels_belong_to_one_period(period):
    other = period.previous()

    assert period != other
    assert {period.code, period.label}.isdisjoint({other.code, other.label})


@given(tiling_periods.filter(lambda period: period.start.year > 1995))
def test_the_previous_period_ends_the_day_before(period):
    assert period.previous().end + DAY == period.start
    assert administrative_window(period.previous()).end + DAY == administrative_window(period).start


@pytest.mark.parametrize("kind", [Month, Quarter, HalfYear])
def test_the_parts_of_a_year_tile_it(kind):
    parts = [kind(2024, number) for number in range(1, kind.parts() + 1)]
    days = [date(2024, 1, 1) + DAY * ordinal for ordinal in range(366)]

    assert [sum(part.contains(day) for part in parts) for day in days] == [1] * 366


@given(periods, st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_period_contains_the_days_between_its_bounds(period, day):
    assert period.contains(day) == (period.start - DAY < day < period.end + DAY)
    assert (day.year in period.years) or not period.contains(day)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("2021-13", "Tháng phải từ 1 đến 12, không có tháng 13."),
        ("2021-00", "Tháng phải từ 1 đến 12, không có tháng 0."),
        ("2026-Q5", "Quý phải từ 1 đến 4, không có quý 5."),
        ("2026-H3", "Nửa năm phải từ 1 đến 2, không có nửa năm 3."),
        ("1989", "Năm phải trong khoảng từ 1990 đến 2100."),
        ("2101-Q1", "Năm phải trong khoảng từ 1990 đến 2100."),
        ("0000-01", "Năm phải trong khoảng từ 1990 đến 2100."),
        ("9996-9999", "“9996-9999” không phải là giai đoạn 5 năm."),
        ("2101-2105", "Năm phải trong khoảng từ 1990 đến 2100."),
        ("2020-2016", "“2020-2016” không phải là giai đoạn 5 năm."),
        ("2016-2019", "ví dụ “2016-2020”."),
        ("2017-2021", "bắt đầu từ năm có tận cùng là 1 hoặc 6"),
        ("2016-2016", "“2016-2016” không phải là giai đoạn 5 năm."),
    ],
)
def test_an_impossible_period_is_refused_with_a_sentence(code, sentence):
    with pytest.raises(PeriodError) as caught:
        parse_period(code)

    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "abc",
        "2021-1",
        "2021-9m",
        "2026-q1",
        "2026Q1",
        "2021-10 ",
        "2021-10\n",
        "-2021",
        "20210",
        "２０２１",
        "2021-10-01",
    ],
)
def test_what_is_no_code_is_refused_with_every_right_form(code):
    with pytest.raises(PeriodError, match=f"Không có kỳ báo cáo “{code}”") as caught:
        parse_period(code)

    assert all(
        form in str(caught.value)
        for form in ["“2021-10”", "“2026-Q1”", "“2026-H1”", "“2021-9M”", "“2020”", "“2016-2020”"]
    )


@given(st.text("0123456789-QHM", max_size=10))
def test_a_code_is_read_exactly_or_refused(code):
    with suppress(PeriodError):
        assert parse_period(code).code == code


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Month(2026, 1), date(2025, 12, 15), date(2026, 1, 14)),
        (Month(2026, 3), date(2026, 2, 15), date(2026, 3, 14)),
        (Quarter(2026, 1), date(2025, 12, 15), date(2026, 3, 14)),
        (Quarter(2026, 2), date(2026, 3, 15), date(2026, 6, 14)),
        (HalfYear(2026, 1), date(2025, 12, 15), date(2026, 6, 14)),
        (HalfYear(2026, 2), date(2026, 6, 15), date(2026, 12, 14)),
        (NineMonths(2026), date(2025, 12, 15), date(2026, 9, 14)),
        (Year(2026), date(2025, 12, 15), date(2026, 12, 14)),
        (FiveYears(2021), date(2020, 12, 15), date(2025, 12, 14)),
    ],
)
def test_administrative_reports_count_from_the_15th_to_the_14th(period, start, end):
    window = administrative_window(period)

    assert (window.start, window.end) == (start, end)


def test_a_period_is_a_value():
    assert len({Month(2021, 10), Month(2021, 10), Year(2021), NineMonths(2021), FiveYears(2021)}) == 4
    with pytest.raises(FrozenInstanceError):
        Year(2021).year = 2022
