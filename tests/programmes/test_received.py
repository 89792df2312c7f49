"""Money of facilities over the sources of their scheme: nothing is lost and nothing invented, to the đồng."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.models import SchemeBeneficiary
from programmes.received import by_source, received
from tests.factories import FacilityFactory, SchemeFactory

amounts = st.one_of(st.integers(0, 5), st.integers(0, 10**13))
supports = st.dictionaries(st.sampled_from(["national", "province", "district", "commune"]), amounts, min_size=1)


@st.composite
def schemes(draw):
    """(amounts of facilities, support) with no more given than there is."""
    support = draw(supports.filter(lambda support: any(support.values())))
    left, given_ = sum(support.values()), []
    for _ in range(draw(st.integers(1, 8))):
        given_.append(draw(st.integers(0, min(left, 5)) | st.integers(0, left)))
        left -= given_[-1]
    return given_ + draw(st.sampled_from([[], [left]])), support


@given(schemes())
def test_rows_add_up_and_every_source_gives_its_proportion_but_for_a_dong_after_each_of_them(scheme):
    benefits, support = scheme

    rows = by_source(benefits, support)

    assert [sum(row.values()) for row in rows] == benefits
    for source, has in support.items():
        for count in range(1, len(rows) + 1):
            gave = sum(row[source] for row in rows[:count])
            assert abs(gave - Fraction(sum(benefits[:count]) * has, sum(support.values()))) < 1
            assert 0 <= gave <= has
        assert min(row[source] for row in rows) >= 0


@given(schemes())
def test_facilities_that_get_all_use_up_each_source_exactly(scheme):
    benefits, support = scheme
    benefits = [*benefits, sum(support.values()) - sum(benefits)]

    rows = by_source(benefits, support)

    assert {source: sum(row[source] for row in rows) for source in support} == support


def test_three_facilities_of_one_dong_get_it_from_three_sources():
    rows = by_source([1, 1, 1], {"national": 1, "province": 1, "commune": 1})

    assert [[source for source, amount in row.items() if amount] for row in rows] == [
        ["national"],
        ["province"],
        ["commune"],
    ]


@pytest.mark.django_db
def test_what_facilities_of_one_scheme_received_adds_up_to_what_its_sources_gave():
    facilities = FacilityFactory.create_batch(3)
    money = {"national": 100, "province": 100, "counterpart": 500}
    places = {"province": facilities[0].province}
    for facility in facilities[1:]:
        facility.province = facilities[0].province
        facility.save()
    benefits = dict(zip(facilities, (67, 67, 66), strict=True))
    SchemeFactory(money=money, benefits=benefits, state="approved", **places)

    totals = [received(SchemeBeneficiary.objects.filter(facility=one).with_sources()).totals for one in facilities]

    assert [sum(parts.values()) for parts in totals] == [67, 67, 66]
    assert {source: sum(parts[source] for parts in totals) for source in ("national", "province")} == {
        "national": 100,
        "province": 100,
    }
