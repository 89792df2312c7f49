"""How wide text is in Times New Roman, in ems: enough to know how many lines it takes in a cell."""

import unicodedata
from functools import cache

DIGIT = 0.5
CAPITAL = 0.7
WIDTHS = {
    **dict.fromkeys("ijlt.,;:!|/\\' ", 0.28),
    **dict.fromkeys("frsI()[]-", 0.36),
    **dict.fromkeys("acez", 0.444),
    **dict.fromkeys("mw", 0.76),
    **dict.fromkeys("MW%@—…", 0.95),
}


@cache
def _width(letter: str) -> float:
    """Of one letter; marks above and below take no room."""
    base = unicodedata.normalize("NFD", letter)[0]
    return WIDTHS.get(base, CAPITAL if base.isupper() else DIGIT)


def width(text: str) -> float:
    return sum(map(_width, text))


def lines(text: str, room: float) -> int:
    """How many lines `text` takes, broken between words, when a line is `room` wide."""
    if width(text) <= room:
        return 1
    count, used = 1, 0.0
    for word in text.split():
        needed = width(word)
        if used and used + needed > room:
            count, used = count + 1, 0.0
        used += needed + _width(" ")
    return count
