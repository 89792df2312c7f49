"""Provinces and units of any time, with what became of them."""

import re

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from khuyencong import text
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.search.hits import Hit, Rank, best_first, rank_of
from khuyencong.search.near import near
from khuyencong.search.sources import Source, register

LONG_NUMBER = re.compile(r"\d{6}")  # codes of units have five digits at most
KIND_KEYS = [text.search_key(label) for label in AdministrativeUnit.Kind.labels]


def find_provinces(query, user, limit):
    named = Q(code=query.key)
    for key in query.keys:
        named |= Q(search_key__startswith=key) | Q(search_key__contains=f" {key}")
    found = Province.objects.visible_to(user).filter(named).order_by().prefetch_related("successor_links__successor")
    hits = [
        Hit(_capital(one.full_name), _url(one), _fate(one), rank_of(query, one.full_name, one.name, one.code))
        for one in found
    ]
    return best_first(query, hits)[:limit]


def find_units(query, user, limit):
    if LONG_NUMBER.search(query.key):
        return []
    seen = AdministrativeUnit.objects.visible_to(user)
    ids = [pk for pk, _ in near(seen, query.keys, first=_named(query.keys[-1]))]
    units = seen.named().filter(pk__in=ids).order_by().prefetch_related("successor_links__successor") if ids else []
    hits = (_unit_hit(query, unit) for unit in units)
    return best_first(query, [hit for hit in hits if hit])[:limit]


def _named(name):
    """The look at units whose own name begins with `name`: by the index on its words, then by what stands before it."""
    return "search_key LIKE %s AND search_key ~ %s", [f"% {name}%", f"^({'|'.join(KIND_KEYS)}) {name}"]


def _unit_hit(query, unit):
    """None when only the district or the province above it is what was typed."""
    rank = rank_of(query, unit.full_name, unit.name, unit.code)
    if rank == Rank.ELSEWHERE and any(key in text.search_key(unit.context) for key in query.keys):
        return None
    note = ", ".join(part for part in (unit.context, _fate(unit)) if part)
    return Hit(_capital(unit.full_name), reverse("places:unit-detail", args=[unit.pk]), note, rank)


def _fate(place):
    """'' for a place of today; else its last day and what it became."""
    if place.valid_to is None:
        return ""
    links = list(place.successor_links.all())
    became = ", ".join(link.successor.full_name for link in links)
    ended = f"đến {place.valid_to:%d/%m/%Y}"
    if not links:
        return ended
    if len(links) > 1 or links[0].kind == "divided":
        return f"{ended}, chia tách vào {became}"
    return f"{ended}, {'nay' if links[0].successor.valid_to is None else 'sau'} là {became}"


def _capital(name):
    return name[:1].upper() + name[1:]


def _url(province):
    """The list of its units; of one that has ended, those of its time as well."""
    asked = {"province": province.pk} | ({"time": "all"} if province.valid_to else {})
    return f"{reverse('places:unit-list')}?{urlencode(asked)}"


register(Source("Địa bàn", find_provinces, position=50))
register(Source("Địa bàn", find_units, position=50, list_name="places:unit-list"))
