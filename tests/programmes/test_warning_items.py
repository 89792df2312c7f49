"""When two cost items are one thing."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from khuyencong import text
from programmes.warnings.items import cost_item_key, is_same_item, likeness, words

WORDS = ["ép", "gỗ", "thủy", "lực", "cưa", "lạng", "sấy", "chè", "xay", "đóng", "gói", "chân", "không", "inox", "cnc"]
ITEMS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def plain(typed):
    return "".join(one for one in unicodedata.normalize("NFD", typed) if not unicodedata.combining(one))


@given(ITEMS, st.randoms(use_true_random=False))
def test_a_key_does_not_know_order_case_and_diacritics(item, rng):
    shuffled = item.split()
    rng.shuffle(shuffled)
    other = plain(" ".join(shuffled).upper())

    assert cost_item_key(other) == cost_item_key(item)


@given(ITEMS, st.sampled_from(WORDS))
def test_another_word_makes_another_key(item, word):
    assume(text.search_key(word) not in text.search_key(item).split())

    assert cost_item_key(f"{item} {word}") != cost_item_key(item)


@given(ITEMS, st.sampled_from(["Máy", "01 máy", "02 chiếc máy", "Hệ thống", "Dây chuyền thiết bị", "Mua sắm máy móc"]))
def test_words_that_stand_in_every_item_do_not_count(item, common):
    assert cost_item_key(f"{common} {item}") == cost_item_key(item)


@given(ITEMS, ITEMS)
def test_likeness_is_the_same_both_ways_and_whole_for_the_same_words(one, other):
    assert likeness(words(one), words(other)) == likeness(words(other), words(one))
    assert (likeness(words(one), words(other)) == 1) == (words(one) == words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Máy ép gỗ", "02 máy ép gỗ thủy lực"),
        ("Máy ép thuỷ lực", "Ép thủy lực (máy)"),
        ("Hệ thống sấy lạnh chè", "Máy sấy chè, lạnh"),
    ],
)
def test_items_that_are_one(one, other):
    assert is_same_item(words(one), words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Máy ép gỗ", "Máy cưa gỗ"),
        ("Máy tiện gỗ", "Máy bào gỗ"),
        ("Tủ sấy", "Lò sấy"),
        ("Máy sấy", "Máy sấy chè"),
        ("Máy", "Thiết bị"),
    ],
)
def test_items_that_are_not_one(one, other):
    assert not is_same_item(words(one), words(other))


def test_an_item_of_common_words_only_keeps_them():
    assert cost_item_key("Máy móc, thiết bị") == "bi may moc thiet"
    assert cost_item_key("") == ""
