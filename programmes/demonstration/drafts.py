"""What a demonstration scheme is made of, as plain data; `writing` and `journey` make rows of it."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from khuyencong.models import AdministrativeUnit
from programmes.demonstration.courses import Course
from programmes.enums import Kind, Level
from programmes.models.adjustments import AdjustmentKind, Authority

MILLION = 1_000_000


class Money(NamedTuple):
    """Asked and approved, in đồng."""

    asked: int
    approved: int


class Figure(NamedTuple):
    """A result as planned and as it came out."""

    planned: int
    actual: int


class Change(NamedTuple):
    """One decision that changed an approved scheme; `support`: what its one source of support gives since, in đồng."""

    kind: AdjustmentKind
    authority: Authority
    number: str
    decided_on: datetime.date
    reason: str
    end_on: datetime.date | None = None
    support: int | None = None


@dataclass
class Draft:
    """One scheme. Money by source code, benefits by facility id, results by indicator code.

    `years`: what a source gives in a year of a scheme of several years, {(source code, year): đồng}. `beyond`: why it
    gets more than the rules of support allow. `objective`: what it says of itself, when that is more than "illustrative".
    """

    name: str
    content: str
    level: Level
    year: int
    course: Course
    start_on: datetime.date
    end_on: datetime.date
    money: dict[str, Money]
    benefits: dict[int, Money] = field(default_factory=dict)
    results: dict[str, Figure] = field(default_factory=dict)
    kind: Kind = Kind.SCHEME
    commune: AdministrativeUnit | None = None
    former_district: AdministrativeUnit | None = None
    is_flagship: bool = False
    is_group: bool = False
    other_contents: tuple[str, ...] = ()
    years: dict[tuple[str, int], int] = field(default_factory=dict)
    beyond: str = ""
    changes: tuple[Change, ...] = ()
    objective: str = ""


def total(portions) -> Money:
    """The sum of several amounts."""
    return Money(sum(money.asked for money in portions), sum(money.approved for money in portions))


def who(facilities) -> str:
    """'Cơ sở minh họa 014', or 'các Cơ sở minh họa 014, 027'; '' for none."""
    first, *others = [facility.name.partition(" – ")[0] for facility in facilities] or [""]
    return f"các {first}, {', '.join(name.split()[-1] for name in others)}" if others else first


def work(facilities) -> str:
    """'chế biến chè', what one facility does; 'sản xuất' for several or none."""
    return facilities[0].name.partition(" – ")[2] if len(facilities) == 1 else "sản xuất"
