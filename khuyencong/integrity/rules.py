"""What an integrity rule is: a question over whole tables, and how its finding is told to a person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from django.db import connection, models
from django.utils import timezone

from khuyencong import money

TODAY = "(clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
Row = Mapping[str, object]


class Severity(models.TextChoices):
    """An error is against the law of the data; a warning is for a person to look at and fails nothing."""

    ERROR = "error", "lỗi"
    WARNING = "warning", "cảnh báo"


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows break a rule, and the first of them."""

    total: int
    rows: tuple[Row, ...]


Look = Callable[[Iterable[int] | None, int], Found]


@dataclass(frozen=True)
class Rule:
    """Something that must hold. `look(province ids or None for all, most examples)` finds what breaks it.

    A row found has `id`, `province_id` (None: of no province) and the values that `sentence` names in braces. The record
    is one of `model` ("app.Model"; '' when there is no page for it), or of the row's own `model`.
    """

    code: str
    title: str
    look: Look
    sentence: str
    todo: str
    model: str = ""
    severity: Severity = Severity.ERROR

    def say(self, row: Row) -> str:
        """What is wrong with one record, in Vietnamese."""
        sentence = self.sentence.format(**{name: _shown(value) for name, value in row.items()})
        return sentence[:1].upper() + sentence[1:]


def sql(text: str | Callable[[], str]) -> Look:
    """Ask by one SELECT (without parameters; given as a function when it is made of the models): counts in the database."""

    def look(provinces, most):
        query = (text if isinstance(text, str) else text()).replace("%", "%%")
        within = "" if provinces is None else "WHERE province_id = ANY(%s)"
        ids = [] if provinces is None else [list(provinces)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) OVER () AS total, found.* FROM ({query}) found {within} ORDER BY id LIMIT %s",
                [*ids, most],
            )
            names = [column.name for column in cursor.description]
            rows = tuple(dict(zip(names, values, strict=True)) for values in cursor.fetchall())
        return Found(rows[0]["total"] if rows else 0, rows)

    return look


def stream(read: Callable[[], Iterable[Row]]) -> Look:
    """Ask in Python, for what SQL cannot derive: `read()` yields every row that breaks the rule."""

    def look(provinces, most):
        rows = (row for row in read() if provinces is None or row["province_id"] in provinces)
        first = tuple(islice(rows, most))
        return Found(len(first) + sum(1 for _ in rows), first)

    return look


def _shown(value):
    match value:
        case None | "":
            return "chưa ghi"
        case datetime():
            return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case Decimal():
            return money.format_decimal(value, max(0, -value.normalize().as_tuple().exponent))
        case _:
            return value
