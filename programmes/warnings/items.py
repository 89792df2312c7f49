"""When two writings of a cost item mean one thing. Pure: no database.

A key is the words that tell an item from others, without diacritics, case, punctuation and order, without words and
phrases that stand in almost every item and without a number of pieces. Likeness is the share of words in common (Dice):
twice the common words by the words of both. Two items are one thing when they are alike from 0,7 on, or when the shorter
one has at least two words and all of them stand in the other: “Máy ép gỗ” and “02 máy ép gỗ thủy lực”, but neither is
“Máy cưa gỗ”.
"""

from functools import lru_cache

from khuyencong import text

ALIKE = 0.7
_COMMON = "máy cái chiếc và các cho với mới để tại"
# Removed only where all words of the phrase stand: “thông” alone is a pine.
_PHRASES = (
    "máy móc; thiết bị; hệ thống; dây chuyền; công nghệ; hiện đại; hỗ trợ; ứng dụng; đầu tư; mua sắm; sản xuất; chế biến; "
    "gia công; đề án; mô hình; trình diễn; kỹ thuật; xây dựng; cơ sở; công ty; hợp tác xã; doanh nghiệp; hộ kinh doanh"
)
COMMON = frozenset(text.search_key(_COMMON).split())
PHRASES = tuple(frozenset(text.search_key(phrase).split()) for phrase in _PHRASES.split(";"))


@lru_cache(maxsize=8192)  # the same few items come again and again
def words(item: str) -> frozenset[str]:
    """The words of a cost item that tell it from others; all its words when none of them does."""
    return telling(item) or frozenset(text.search_key(item).split())


def telling(item: str, besides: str = "") -> frozenset[str]:
    """The words that tell `item` from others, without those of the text `besides`; maybe none."""
    found = frozenset(text.search_key(item).split())
    of_phrases = frozenset().union(*(phrase for phrase in PHRASES if phrase <= found))
    left = found - COMMON - of_phrases - set(text.search_key(besides).split())
    return frozenset(word for word in left if not _is_count(word))


def _is_count(word):
    return word.isdecimal() and len(word) <= 2


@lru_cache(maxsize=8192)
def cost_item_key(item: str) -> str:
    """'01 Máy ép gỗ thủy lực' -> 'ep go luc thuy'; '' for nothing."""
    return " ".join(sorted(words(item)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 (no word in common, or nothing to compare) to 1 (the same words)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def is_same_item(one: frozenset[str], other: frozenset[str]) -> bool:
    """The words of two items are the same, or so alike that a person should look."""
    is_part = min(len(one), len(other)) >= 2 and (one <= other or other <= one)
    return is_part or likeness(one, other) >= ALIKE
