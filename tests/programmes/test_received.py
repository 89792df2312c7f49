"""Money of one facility over the sources of a scheme: nothing is lost, to the đồng."""

from hypothesis import given
from hypothesis import strategies as st

from programmes.received import by_source

amounts = st.integers(0, 10**13)


@given(
    st.dictionaries(st.sampled_from(["national", "province", "district", "commune"]), amounts, min_size=1).filter(
        lambda support: any(support.values())
    ),
    st.data(),
)
def test_the_parts_of_a_benefit_add_up_to_it_and_stay_within_their_sources(support, data):
    amount = data.draw(st.integers(0, sum(support.values())))

    parts = by_source(amount, support)

    assert sum(parts.values()) == amount
    assert all(0 <= parts[source] <= support[source] for source in support)


@given(st.lists(amounts, min_size=1, max_size=6).filter(any), st.integers(0, 100))
def test_benefits_that_use_up_the_support_use_up_each_source_but_for_rounding(benefits, share):
    national = sum(benefits) * share // 100
    support = {"national": national, "province": sum(benefits) - national}

    from_national = sum(by_source(one, support)["national"] for one in benefits)

    assert abs(from_national - national) <= len(benefits)
