"""What a search answers with, and what stands first."""

from dataclasses import dataclass
from enum import IntEnum

from khuyencong import text


class Rank(IntEnum):
    """How well a row fits, the best first: by its names and codes, then by the rest of its search key."""

    EXACT = 0
    BEGINS = 1
    PHRASE = 2
    WORDS = 3
    PHRASE_ELSEWHERE = 4
    ELSEWHERE = 5


@dataclass(frozen=True)
class Hit:
    """One row that was found: what it is called, where it is or what of it matched, and its page."""

    title: str
    url: str
    note: str = ""
    rank: Rank = Rank.ELSEWHERE


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `more_url` is the list that holds them all, '' when this is all or there is no list."""

    label: str
    hits: list[Hit]
    more_url: str = ""


def rank_of(query, *names) -> Rank:
    """How well the best of a row's names and codes fits."""
    found = (_rank(key, text.search_key(name)) for key in query.keys for name in names if name)
    return min(found, default=Rank.ELSEWHERE)


def rank_of_row(query, searched, *names) -> Rank | None:
    """The rank of a row with the search key `searched`; None when it only holds the letters, not the words."""
    rank = rank_of(query, *names)
    if rank == Rank.ELSEWHERE and any(f" {key} " in f" {searched} " for key in query.keys):
        return Rank.PHRASE_ELSEWHERE
    return rank if rank < Rank.ELSEWHERE or any(has_words(key, searched) for key in query.keys) else None


def _rank(key, name):
    if key == name:
        return Rank.EXACT
    if name.startswith(key):
        return Rank.BEGINS
    if f" {key}" in name:
        return Rank.PHRASE
    return Rank.WORDS if has_words(key, name) else Rank.ELSEWHERE


def has_words(key, searched) -> bool:
    """Each word of `key` begins a word of `searched`; a word with digits may stand anywhere, as parts of codes do."""
    return all(
        f" {word}" in f" {searched}" or (any(char.isdigit() for char in word) and word in searched)
        for word in key.split()
    )


def best_first(query, hits) -> list[Hit]:
    """By rank; then those that are spelled as typed, with the diacritics; then the shortest name."""
    typed = text.match_key(query.text)
    return sorted(hits, key=lambda hit: (hit.rank, typed not in text.match_key(hit.title), len(hit.title), hit.title))
