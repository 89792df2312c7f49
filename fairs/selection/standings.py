"""What the jury's points come to: averages, places within a group, and where jurors are far apart."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from fairs.enums import ProductGroup
from fairs.models import Entry, ScoreSheet
from fairs.selection.grid import entries_of

FAR_APART = Decimal(15)  # points between the highest and the lowest sheet that are worth a second look


@dataclass(frozen=True, slots=True)
class Standing:
    """One dossier: `place` within its group (None without an average), `points` a juror each, None where a sheet is missing."""

    entry: Entry
    place: int | None
    points: tuple[Decimal | None, ...]
    passes: bool | None

    @property
    def spread(self):
        """Between the highest and the lowest juror; None with fewer than two sheets."""
        given = [one for one in self.points if one is not None]
        return max(given) - min(given) if len(given) > 1 else None

    @property
    def is_far_apart(self):
        return self.spread is not None and self.spread >= FAR_APART


def places(averages) -> list[int | None]:
    """The place of each average from the highest down; equal ones share it, the next is as many places further."""
    given = sorted((one for one in averages if one is not None), reverse=True)
    return [None if one is None else given.index(one) + 1 for one in averages]


def by_group(round, jurors, mark) -> list[tuple[str, list[Standing]]]:
    """(name of the group, its standings, the best first) of every group that has a dossier; two queries."""
    points = {
        (entry, juror): total
        for entry, juror, total in ScoreSheet.objects.filter(entry__round=round).values_list("entry", "juror", "total")
    }
    groups = defaultdict(list)
    for entry in entries_of(round):
        groups[entry.product.group].append(entry)
    return [(group.label, _standings(groups[group], jurors, points, mark)) for group in ProductGroup if groups[group]]


def _standings(entries, jurors, points, mark):
    found = [
        Standing(
            entry=entry,
            place=place,
            points=tuple(points.get((entry.pk, juror.pk)) for juror in jurors),
            passes=None if None in (mark, entry.average_score) else entry.average_score >= mark,
        )
        for entry, place in zip(entries, places([one.average_score for one in entries]), strict=True)
    ]
    return sorted(found, key=lambda one: one.place or len(entries) + 1)
