"""Documents by their numbers: "15/QĐ-SCT" typed as "15 qd sct", "15/qđ-sct" or "quyết định số 15"."""

import re

from django.db.models import Q

from khuyencong import text
from khuyencong.search.hits import Rank

CANDIDATES = 40


def numbered(query, *fields) -> Q:
    """Rows in which one of the fields begins with the number that was typed. `query.number` is not ''."""
    digits = re.match(r"\d+", query.number)[0]
    spelled = (re.escape(word).replace("d", "[dđĐ]").replace("i", "[iy]") for word in query.number.split())
    pattern = "^" + r"\W*".join(spelled)
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__startswith": digits, f"{field}__iregex": pattern})
    return found


def rank_of_number(query, number) -> Rank:
    """EXACT, BEGINS or, when it is another number, ELSEWHERE."""
    key = text.search_key(number or "")
    if key == query.number:
        return Rank.EXACT
    return Rank.BEGINS if key.startswith(query.number) else Rank.ELSEWHERE
