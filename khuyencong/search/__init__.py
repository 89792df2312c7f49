"""One search box over everything that has a page.

An app registers its sources in a module `search.py`; each finds its own rows, within what a person may see, and says how
well each fits. Exact matches come first, whatever their kind.
"""

from khuyencong.search.hits import Group, Hit, Rank, best_first, rank_of, rank_of_row
from khuyencong.search.near import near
from khuyencong.search.query import Query
from khuyencong.search.sources import Source, register, search

__all__ = [
    "Group",
    "Hit",
    "Query",
    "Rank",
    "Source",
    "best_first",
    "near",
    "rank_of",
    "rank_of_row",
    "register",
    "search",
]
