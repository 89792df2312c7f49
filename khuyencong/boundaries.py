"""Figures by the boundaries of their time, or added up to the boundaries of today.

Both look at the same records, and each record is counted once; what a division scattered is never guessed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.apps import apps
from django.db import models

SAME_PLACE = frozenset({"unchanged", "renamed", "status"})
WHOLE = SAME_PLACE | {"merged"}


class Boundaries(models.TextChoices):
    """By which boundaries a figure is counted; the label is printed on it."""

    AS_WAS = "as_was", "Địa giới tại thời điểm"
    TODAY = "today", "Theo địa giới hiện nay"


@dataclass(frozen=True)
class Link:
    """One step of lineage between ids; `kind` as in `LineageKind`."""

    old: int
    new: int
    kind: str


class LineageMap:
    """Where units came from and where they went, in memory: one query, however many reforms."""

    def __init__(self, links: Iterable[Link]):
        self._later, self._earlier = defaultdict(list), defaultdict(list)
        for link in links:
            self._later[link.old].append(link)
            self._earlier[link.new].append(link)

    @classmethod
    def of_provinces(cls) -> Self:
        return cls._read("ProvinceLineage")

    @classmethod
    def of_units(cls) -> Self:
        return cls._read("UnitLineage")

    @classmethod
    def _read(cls, name):
        rows = apps.get_model("khuyencong", name).objects.values_list("predecessor_id", "successor_id", "kind")
        return cls(Link(*row) for row in rows)

    def same_place(self, pk: int) -> frozenset[int]:
        """The unit under all its names and statuses, before and after: nothing merged, nothing divided."""
        return self._reached(pk, SAME_PLACE, forwards=True)

    def within(self, pk: int) -> frozenset[int]:
        """The unit and all that went whole into it, however long ago."""
        return self._reached(pk, WHOLE)

    def ancestors(self, pk: int) -> frozenset[int]:
        """The unit under all its names, and everything that became a part of it: what its people may look up."""
        return frozenset().union(*(self._reached(one, WHOLE | {"divided"}) for one in self.same_place(pk)))

    def today(self, pk: int) -> int | None:
        """The unit that this one is part of now; None after a division: a person decides."""
        while links := self._later[pk]:
            if len(links) > 1 or links[0].kind not in WHOLE:
                return None
            pk = links[0].new
        return pk

    def successors(self, pk: int) -> frozenset[int]:
        """The units of now that this one may be part of; more than one after a division."""
        links = self._later[pk]
        return frozenset().union(*(self.successors(link.new) for link in links)) if links else frozenset({pk})

    def members(self, pk: int, boundaries: str) -> frozenset[int]:
        """Ids whose records make up the unit's figures by these boundaries."""
        return self.within(pk) if boundaries == Boundaries.TODAY else self.same_place(pk)

    def group(self, pk: int, boundaries: str) -> int | None:
        """Under which unit a record of `pk` is counted: as it was under its newest name, or today's unit; None: undecided."""
        return self.today(pk) if boundaries == Boundaries.TODAY else self._newest_name(pk)

    def _newest_name(self, pk):
        while links := [link for link in self._later[pk] if link.kind in SAME_PLACE]:
            pk = links[0].new
        return pk

    def _reached(self, pk, kinds, *, forwards=False):
        found, waiting = set(), {pk}
        while waiting:
            found |= waiting
            links = [(link.old, link.kind) for one in waiting for link in self._earlier[one]]
            if forwards:
                links += [(link.new, link.kind) for one in waiting for link in self._later[one]]
            waiting = {other for other, kind in links if kind in kinds} - found
        return frozenset(found)


def with_predecessors(province_id) -> frozenset[int]:
    """Ids of a province and of all that became a part of it, however many reforms ago (one query)."""
    return LineageMap.of_provinces().ancestors(province_id)
