"""Sections of a facility's page that the apps above serve: schemes, and later fairs and certificates.

This app may not import them: each registers what it has to say in its AppConfig.ready.
"""

from dataclasses import dataclass

_makers = []


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its template sees `context` as `section`, and nothing else."""

    template: str
    context: dict


def register(maker):
    """`maker(facility, user, day)` returns a Section or None; sections stand in the order in which they registered."""
    if maker not in _makers:
        _makers.append(maker)


def sections_of(facility, user, day) -> list[Section]:
    """What every app has to say about `facility` to `user`."""
    return [section for maker in _makers if (section := maker(facility, user, day))]
