"""Candidates among hundreds of thousands of rows, without sorting what matches.

Three looks, each stopped after a few rows, and a look is not taken when the ones before it gave enough: keys that begin
with what was typed (in order, by a btree index on the key under the C collation), keys that hold it as a phrase, keys
that hold its words (both by the trigram index). So neither a word of every row nor a word of none is slow. Which of the
candidates fit best is decided afterwards, in Python.
"""

from django.db.models import Q
from django.db.models.functions import Collate

CANDIDATES = 40
MOST_WORDS = 4  # more of them make the index slower, not the answer better: candidates are looked through afterwards
_LAST = "\U0010ffff"


def _begins(rows, key):
    """Rows whose key begins with `key`, in the order of the index."""
    start = Collate("search_key", "C")
    return rows.alias(start=start).filter(start__gte=key, start__lt=key + _LAST).order_by("start")


def near(rows, keys, *columns, first=None):
    """Tuples of the columns of at most 40 rows, the closest looks first; a row may come twice.

    `rows` have a `search_key` with a trigram index. `first`: a condition that is looked at before all others.
    """
    looks = [rows.filter(first)] if first is not None else []
    for key in keys:
        looks += [_begins(rows, key), *_inside(rows, key)]
    looks = [look.values_list("pk", *columns)[:CANDIDATES] for look in looks]
    return looks[0].union(*looks[1:], all=True)[:CANDIDATES]


def _inside(rows, key):
    """A part of a code may stand anywhere. A phrase that ends in one letter is not looked for: half of all rows have it."""
    words = key.split()
    if len(words) == 1 and not key.isalpha():
        yield rows.filter(search_key__contains=key).order_by()
    elif len(words) == 1 or len(words[-1]) > 1:
        yield rows.filter(search_key__contains=f" {' '.join(words[-MOST_WORDS:])}").order_by()
    if len(words) > 1:
        for condition in _conditions(words):
            rows = rows.filter(condition)
        yield rows.order_by()


def _conditions(words):
    """Loose for long words, strict for short ones, which the trigram index knows only by their beginning."""
    telling = [word for word in dict.fromkeys(words) if len(word) > 1 or word.isdigit()] or words
    for word in sorted(telling, key=len, reverse=True)[:MOST_WORDS]:
        if len(word) > 2:
            yield Q(search_key__contains=word)
        else:
            yield Q(search_key__startswith=word) | Q(search_key__contains=f" {word}")
