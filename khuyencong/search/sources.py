"""Who can be asked."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.http import urlencode

from khuyencong.search.hits import Group, Hit, best_first
from khuyencong.search.query import Query

SHOWN = 8


@dataclass(frozen=True)
class Source:
    """One kind of rows. Sources with the same label make one group.

    `find(query, user, limit)` returns at most `limit` hits that `user` may see, the best first or nearly so.
    `permission`: needed to search here, '' for none. `list_name`: URL name of a list page that takes `?q=`.
    `position`: where the group stands among groups whose best hits fit equally well.
    """

    label: str
    find: Callable[[Query, object, int], list[Hit]]
    position: int
    permission: str = ""
    list_name: str = ""


_SOURCES: list[Source] = []


def register(source: Source):
    """Called by an app's module `search`, once a source."""
    _SOURCES.append(source)
    _SOURCES.sort(key=lambda one: (one.position, one.label))


def search(query: Query, user, shown: int = SHOWN) -> list[Group]:
    """Groups of at most `shown` hits each, the group with the best hit first; nothing for a query that is too short."""
    if not query.is_enough:
        return []
    asked = [source for source in _SOURCES if not source.permission or user.has_perm(source.permission)]
    groups = [_group(query, user, list(same), shown) for _, same in groupby(asked, key=lambda source: source.label)]
    return sorted((group for group in groups if group.hits), key=lambda group: group.hits[0].rank)


def _group(query, user, sources, shown):
    found = [hit for source in sources for hit in source.find(query, user, shown + 1)]
    hits = best_first(query, found)
    name = next((source.list_name for source in sources if source.list_name), "")
    more = f"{reverse(name)}?{urlencode({'q': query.name})}" if name and len(hits) > shown else ""
    return Group(sources[0].label, hits[:shown], more)
