"""Over random reforms, each đồng is counted once, by the boundaries of its time and by those of today."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.boundaries import SAME_PLACE, Boundaries, LineageMap, Link

BOTH = pytest.mark.parametrize("boundaries", list(Boundaries))


@dataclass(frozen=True)
class History:
    """Units of all times, those that are left, and how the ones became the others."""

    links: tuple[Link, ...]
    units: tuple[int, ...]
    current: frozenset[int]

    @property
    def lineage(self):
        return LineageMap(self.links)


@st.composite
def histories(draw):
    """Up to four reforms; in each some units go on under another name, together with others, or in pieces."""
    units = list(range(draw(st.integers(1, 6))))
    current, links = set(units), []
    for _ in range(draw(st.integers(0, 4))):
        new = [len(units) + position for position in range(draw(st.integers(1, 4)))]
        changing = draw(st.lists(st.sampled_from(sorted(current)), unique=True))
        pieces = st.lists(st.sampled_from(new), min_size=1, max_size=3, unique=True)
        went = {old: draw(pieces) for old in changing}
        came = Counter(one for targets in went.values() for one in targets)
        links += [Link(old, one, draw(_kind(went[old], came[one]))) for old in went for one in went[old]]
        units += new
        current = current - set(changing) | set(new)
    return History(tuple(links), tuple(units), frozenset(current))


def _kind(targets, predecessors):
    """As the files of places have it: in pieces, together, or alone."""
    if len(targets) > 1:
        return st.just("divided")
    return st.sampled_from(sorted(SAME_PLACE)) if predecessors == 1 else st.just("merged")


@st.composite
def records(draw):
    """A history, and amounts in đồng written down for units of any time."""
    history = draw(histories())
    amounts = st.integers(0, 10**15)
    return history, draw(st.lists(st.tuples(st.sampled_from(history.units), amounts), max_size=30))


def totals(history, rows, boundaries):
    """Group -> đồng; None for what waits for a person's choice."""
    lineage, found = history.lineage, defaultdict(int)
    for unit, amount in rows:
        found[lineage.group(unit, boundaries)] += amount
    return found


def later(history, unit):
    """Every link that leads on from `unit`, found without the class under test."""
    links = {link for link in history.links if link.old == unit}
    return links.union(*(later(history, link.new) for link in links))


@given(records())
def test_both_boundaries_add_up_to_the_same_dong(given):
    history, rows = given
    everything = sum(amount for _, amount in rows)

    assert sum(totals(history, rows, Boundaries.AS_WAS).values()) == everything
    assert sum(totals(history, rows, Boundaries.TODAY).values()) == everything


@BOTH
@given(records())
def test_the_members_of_a_group_are_the_records_that_are_counted_in_it(boundaries, given):
    history, rows = given
    lineage = history.lineage

    for group, total in totals(history, rows, boundaries).items():
        if group is not None:
            members = lineage.members(group, boundaries)
            assert sum(amount for unit, amount in rows if unit in members) == total


@given(histories())
def test_as_they_were_every_unit_is_counted_under_one_name(history):
    groups = [history.lineage.group(unit, Boundaries.AS_WAS) for unit in history.units]

    assert None not in groups
    for group in groups:
        assert history.lineage.group(group, Boundaries.AS_WAS) == group


@given(histories())
def test_units_of_today_and_the_undecided_cover_all_units_once(history):
    lineage = history.lineage
    members = [unit for one in history.current for unit in lineage.members(one, Boundaries.TODAY)]
    undecided = [unit for unit in history.units if lineage.today(unit) is None]

    assert sorted(members + undecided) == list(history.units)


@given(histories())
def test_a_unit_waits_for_a_choice_exactly_when_a_division_lies_ahead(history):
    for unit in history.units:
        is_divided = any(link.kind == "divided" for link in later(history, unit))
        assert (history.lineage.today(unit) is None) == is_divided


@given(histories())
def test_within_and_today_are_two_sides_of_one_thing(history):
    lineage = history.lineage

    for unit in history.units:
        for one in history.current:
            assert (unit in lineage.within(one)) == (lineage.today(unit) == one)


@given(histories())
def test_same_place_is_an_equivalence(history):
    lineage = history.lineage

    for unit in history.units:
        places = lineage.same_place(unit)
        assert unit in places
        assert {lineage.same_place(other) for other in places} == {places}


@given(histories())
def test_what_a_unit_may_be_part_of_today_is_where_its_links_end(history):
    for unit in history.units:
        ends = {unit, *(link.new for link in later(history, unit))} & history.current
        assert history.lineage.successors(unit) == ends


@given(histories())
def test_people_of_a_unit_may_look_up_all_that_became_a_part_of_it(history):
    lineage = history.lineage

    for unit in history.units:
        for one in lineage.successors(unit):
            assert unit in lineage.ancestors(one)


def test_a_chain_of_two_reforms_is_followed_to_its_end():
    """1 and 2 merge into 3, which becomes a city, 4; 5 goes to 4 in part and to 6."""
    lineage = LineageMap(
        [Link(1, 3, "merged"), Link(2, 3, "merged"), Link(3, 4, "status"), Link(5, 4, "divided"), Link(5, 6, "divided")]
    )

    assert lineage.members(4, Boundaries.TODAY) == {1, 2, 3, 4}
    assert lineage.members(4, Boundaries.AS_WAS) == lineage.members(3, Boundaries.AS_WAS) == {3, 4}
    assert [lineage.today(unit) for unit in (1, 2, 3, 4, 5, 6)] == [4, 4, 4, 4, None, 6]
    assert [lineage.group(unit, Boundaries.AS_WAS) for unit in (1, 2, 3, 4, 5, 6)] == [1, 2, 4, 4, 5, 6]
    assert lineage.successors(5) == {4, 6}
    assert lineage.ancestors(3) == {1, 2, 3, 4, 5}
