"""How the demonstration splits a published total: by chance, and exactly."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.demonstration.amounts import even, spread


@given(
    bounds=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 300)), min_size=1, max_size=40),
    share=st.fractions(0, 1),
    seed=st.integers(),
)
def test_spread_adds_up_within_its_bounds(bounds, share, seed):
    bounds = [(least, least + more) for least, more in bounds]
    least = sum(low for low, _ in bounds)
    total = least + int((sum(high for _, high in bounds) - least) * share)

    parts = spread(Random(seed), total, bounds)

    assert sum(parts) == total
    assert all(low <= part <= high for part, (low, high) in zip(parts, bounds, strict=True))


@given(total=st.integers(0, 5000), count=st.integers(1, 60))
def test_even_parts_add_up_and_differ_by_one_at_most(total, count):
    parts = even(total, count)

    assert (len(parts), sum(parts)) == (count, total)
    assert max(parts) - min(parts) <= 1


def test_spread_refuses_what_cannot_be():
    with pytest.raises(ValueError, match="out of reach"):
        spread(Random(0), 7, [(1, 3), (1, 3)])
