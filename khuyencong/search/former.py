"""Places that have ended and are called what was typed: a search leads from them to lists of what was there."""

from khuyencong.boundaries import LineageMap
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.search.places import KIND_KEYS, LONG_NUMBER

MOST = 20  # communes of one name in the whole country that are looked at
LONGEST_NAME = 4  # words: Bà Rịa - Vũng Tàu
KINDS = "|".join(KIND_KEYS)


def former_provinces(query, user) -> list[Province]:
    """Provinces that are part of another one now or were divided, of that very name; not those that only changed theirs."""
    if any(char.isdigit() for char in query.key) or len(query.keys[-1].split()) > LONGEST_NAME:
        return []
    ended = list(Province.objects.visible_to(user).filter(valid_to__isnull=False, search_key__in=query.keys))
    places = LineageMap.of_provinces() if ended else None
    return [province for province in ended if places.today(province.pk) not in places.same_place(province.pk)]


def former_units(query, user) -> list[AdministrativeUnit]:
    """Districts and communes that have ended, of that very name, and of the kind when that was typed, too."""
    if LONG_NUMBER.search(query.key):
        return []
    called = query.key if len(query.keys) > 1 else f"({KINDS}) {query.key}"
    named = AdministrativeUnit.objects.visible_to(user).filter(
        valid_to__isnull=False, search_key__contains=f" {query.keys[-1]} ", search_key__regex=f"^{called} [0-9]"
    )
    return list(named.named().order_by()[:MOST])
