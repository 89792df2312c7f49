"""Where in a text the words of a query stand, diacritics or not."""

import unicodedata

from django.utils.html import escape
from django.utils.safestring import mark_safe

from khuyencong.text import nfc, search_key


def marked(shown: str, keys) -> str:
    """`shown` as safe HTML with what matches within <mark>; everything is escaped."""
    shown = nfc(str(shown))
    hit = _marked_positions(shown, keys)
    pieces, start = [], 0
    for end in range(1, len(shown) + 1):
        if end == len(shown) or (end in hit) != (start in hit):
            piece = escape(shown[start:end])
            pieces.append(f"<mark>{piece}</mark>" if start in hit else piece)
            start = end
    return mark_safe("".join(pieces))  # each piece is escaped


def _marked_positions(shown, keys):
    """Positions in `shown` of the first of the keys that stands there as a phrase, else of the words of the last key."""
    searched, places = _searched(shown)
    for key in keys:
        if spans := list(_spans(searched, key)):
            break
    else:
        spans = [span for word in keys[-1].split() for span in _spans(searched, word, whole=len(word) < 3)]
    return {place for start, end in spans for place in range(places[start], places[end - 1] + 1)}


def _searched(shown):
    """The search key of `shown`, and for each of its characters the position in `shown` that it came from."""
    letters, places = "", []
    for place, char in enumerate(shown):
        plain = search_key(char) or ("" if unicodedata.combining(char) else " ")
        if plain == " " and (not letters or letters.endswith(" ")):
            continue
        letters += plain
        places += [place] * len(plain)
    return search_key(letters), places


def _spans(searched, key, *, whole=False):
    """(start, end) of `key` at the beginnings of words, or `whole` words only; a key with digits anywhere."""
    anywhere = any(char.isdigit() for char in key)
    ends = f"{searched} "
    start = searched.find(key) if key else -1
    while start >= 0:
        begins = start == 0 or searched[start - 1] == " "
        if anywhere or (begins and (not whole or ends[start + len(key)] == " ")):
            yield start, start + len(key)
        start = searched.find(key, start + 1)
