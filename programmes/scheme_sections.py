"""Blocks of a scheme's page, one from each part of its life: dossier, money paid, adjustments, after support.

A part adds its maker to `MAKERS`; blocks stand in that order.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A block of the page: its template sees `context` as `section`, and the page's `scheme` and `back`."""

    template: str
    context: dict


MAKERS: list[Callable] = []


def sections_of(scheme, user) -> list[Section]:
    """What every part has to say about `scheme` to `user`; a maker returns None when it has nothing to say."""
    return [section for maker in MAKERS if (section := maker(scheme, user))]
