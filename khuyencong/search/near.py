"""Candidates among hundreds of thousands of rows, without sorting what matches.

Three looks, each stopped after a few rows, and a look is not taken when the ones before it gave enough: keys that begin
with what was typed (in order, by a btree index on the key under the C collation), keys that hold it as a phrase, keys
that hold its words (both by the trigram index). So neither a word of every row nor a word of none is slow. Which of the
candidates fit best is decided afterwards, in Python.

One statement, put together as text: compiling a union of eight QuerySets took longer than running it.
"""

from django.db import connection

CANDIDATES = 40
MOST_WORDS = 4  # more of them make the index slower, not the answer better: candidates are looked through afterwards
_LAST = "\U0010ffff"


def near(rows, keys, *columns, first=None):
    """Tuples (pk, search_key, *columns) of at most 40 of the QuerySet `rows`, the closest looks first; one may come twice.

    The model has a `search_key` with a trigram index. `first`: a look, (condition, values), that is taken before all
    others.
    """
    looks = [first] if first else []
    for key in keys:
        looks += [_begins(key), *_phrase(key)]
    looks += _words(keys[-1])
    seen, params = rows.order_by().values_list("pk", "search_key", *columns).query.sql_with_params()
    taken = " UNION ALL ".join(f"(SELECT * FROM seen WHERE {condition} LIMIT {CANDIDATES})" for condition, _ in looks)
    names = ", ".join(["pk", "search_key", *columns])
    sql = f"WITH seen ({names}) AS NOT MATERIALIZED ({seen}) {taken} LIMIT {CANDIDATES}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *(value for _, values in looks for value in values)])
        return cursor.fetchall()


def _begins(key):
    """In the order of the index."""
    start = 'search_key COLLATE "C"'
    return f"{start} >= %s AND {start} < %s ORDER BY {start}", [key, key + _LAST]


def _phrase(key):
    """A part of a code may stand anywhere. A phrase that ends in one letter is not looked for: half of all rows have it."""
    words = key.split()
    if len(words) == 1 and not key.isalpha():
        yield "search_key LIKE %s", [f"%{key}%"]
    elif len(words) == 1 or len(words[-1]) > 1:
        yield "search_key LIKE %s", [f"% {' '.join(words[-MOST_WORDS:])}%"]


def _words(key):
    """Loose for long words, strict for short ones, which the trigram index knows only by their beginning."""
    words = key.split()
    if len(words) < 2:
        return
    telling = [word for word in dict.fromkeys(words) if len(word) > 1 or word.isdigit()] or words
    conditions, values = [], []
    for word in sorted(telling, key=len, reverse=True)[:MOST_WORDS]:
        if len(word) > 2:
            conditions.append("search_key LIKE %s")
            values.append(f"%{word}%")
        else:
            conditions.append("(search_key LIKE %s OR search_key LIKE %s)")
            values += [f"{word}%", f"% {word}%"]
    yield " AND ".join(conditions), values
