"""Working days: the same in Python and in SQL, through Tết, month ends and year ends."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from khuyencong import calendar, reference
from khuyencong.calendar import WorkingDays
from khuyencong.models import Holiday
from khuyencong.models.calendar import working_day_sql
from tests.faults.calendar import holiday

DAYS = st.dates(datetime.date(2023, 12, 1), datetime.date(2028, 1, 31))
NUMBERS = st.integers(1, 40)
OURS = WorkingDays(
    {datetime.date.fromisoformat(row["day"]): row["is_working"] == "1" for row in reference.read("holidays")}
)


def day(text):
    """'5/1/2026' as a date."""
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007  a day has no zone


@given(DAYS, NUMBERS)
def test_a_deadline_never_falls_on_a_day_off(start, number):
    assert OURS.is_working(OURS.after(start, number))


@given(DAYS, DAYS, NUMBERS)
def test_who_begins_later_never_ends_earlier(one, other, number):
    first, second = sorted([one, other])

    assert OURS.after(first, number) <= OURS.after(second, number)


@given(DAYS, NUMBERS, NUMBERS)
def test_days_counted_in_two_parts_end_on_the_same_day(start, some, more):
    assert OURS.after(OURS.after(start, some), more) == OURS.after(start, some + more)


@given(DAYS, NUMBERS)
def test_counting_back_gives_the_number_that_was_counted(start, number):
    assert OURS.between(start, OURS.after(start, number)) == number
    assert OURS.between(OURS.after(start, number), start) == -number


@given(DAYS, DAYS, DAYS)
def test_what_lies_between_adds_up(one, two, three):
    first, second, third = sorted([one, two, three])

    assert OURS.between(first, second) + OURS.between(second, third) == OURS.between(first, third)


@given(DAYS, st.integers(0, 40))
def test_a_warning_comes_as_many_working_days_ahead_as_asked(some, number):
    due = OURS.after(some, 1)

    assert OURS.between(OURS.before(due, number), due) == number


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("20/11/2026", 1, "23/11/2026"),  # Friday, Monday
        ("31/12/2025", 1, "05/01/2026"),  # New Year, and Friday 2 January swapped
        ("09/01/2026", 1, "10/01/2026"),  # the Saturday that was worked for it
        ("13/02/2026", 1, "23/02/2026"),  # Tết Bính Ngọ: nine days
        ("13/02/2026", 5, "27/02/2026"),
        ("24/04/2026", 1, "28/04/2026"),  # Giỗ Tổ on a Sunday gives the Monday
        ("29/04/2026", 1, "04/05/2026"),
        ("21/08/2026", 1, "22/08/2026"),
        ("28/08/2026", 1, "03/09/2026"),
        ("29/01/2027", 10, "19/02/2027"),
        ("29/02/2024", 1, "01/03/2024"),
    ],
)
def test_tet_swapped_days_and_ends_of_months_and_years(start, number, end):
    assert OURS.after(day(start), number) == day(end)


def test_less_than_one_day_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        OURS.after(day("05/01/2026"), 0)


@pytest.mark.django_db
def test_the_database_counts_as_python_does():
    Holiday.objects.bulk_create(
        Holiday(day=d, name="x", document="x", is_working=w) for d, w in OURS.exceptions.items()
    )
    starts = [datetime.date(2023, 12, 20) + datetime.timedelta(days=11 * n) for n in range(130)]
    cases = [(start, number) for start in starts for number in (1, 2, 5, 10, 40)]

    with connection.cursor() as cursor:
        for start, number in cases:
            cursor.execute(f"SELECT {working_day_sql('%(day)s::date', '%(n)s')}", {"day": start, "n": number})
            assert cursor.fetchone()[0] == OURS.after(start, number), (start, number)


@pytest.mark.django_db
@settings(max_examples=40)
@given(st.sets(st.dates(datetime.date(2030, 1, 1), datetime.date(2030, 2, 28)), max_size=25), NUMBERS)
def test_the_database_counts_as_python_does_with_any_days_off(off, number):
    start = datetime.date(2030, 1, 1)
    with transaction.atomic():
        Holiday.objects.all().delete()
        Holiday.objects.bulk_create(Holiday(day=one, name="x", document="x") for one in off)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {working_day_sql('%(day)s::date', '%(n)s')}", {"day": start, "n": number})
            found = cursor.fetchone()[0]

    assert found == calendar.working_days_after(start, number)
    assert calendar.is_working_day(found)
    assert calendar.working_days_between(start, found) == number


@pytest.mark.django_db
def test_only_a_weekend_day_is_worked_instead():
    with pytest.raises(IntegrityError, match="holiday_worked_at_weekend"), transaction.atomic():
        holiday(is_working=True)

    holiday(is_working=True, day=day("07/03/2026"))
    holiday()


def test_every_day_of_the_file_is_once_there_and_named():
    rows = reference.read("holidays")

    assert len({row["day"] for row in rows}) == len(rows)
    assert all(row["name"] and row["document"] and row["is_verified"] in "01" for row in rows)
    assert {row["day"][:4] for row in rows} == {"2024", "2025", "2026", "2027"}
