"""What a demonstration scheme is made of, as plain data; `writing` and `journey` make rows of it."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from khuyencong.models import AdministrativeUnit
from programmes.demonstration.courses import Course
from programmes.enums import Kind, Level

MILLION = 1_000_000


class Money(NamedTuple):
    """Asked and approved, in đồng."""

    asked: int
    approved: int


class Figure(NamedTuple):
    """A result as planned and as it came out."""

    planned: int
    actual: int


@dataclass
class Draft:
    """One scheme. Money by source code, benefits by facility id, results by indicator code."""

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
