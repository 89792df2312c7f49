"""How a fault is planted: the law's triggers are ignored, the history's are not, so that nothing else looks wrong."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import pghistory.trigger
import pgtrigger
from django.db import connection

DROP = "constraint-missing"


@dataclass(frozen=True)
class Fault:
    """`make()` makes it; constraints and unique indexes in `without` are dropped first; rules in `also` see it too."""

    code: str
    make: Callable[[], object]
    without: tuple[str, ...]
    also: frozenset[str]
    unseen: bool

    @property
    def companions(self):
        """Rules that rightly find something else at the same time."""
        return self.also | ({DROP} if self.without else frozenset())

    def plant(self):
        """Into the transaction at hand."""
        for constraint in self.without:
            drop(constraint)
        with untriggered() if self.unseen else unguarded():
            self.make()
            connection.check_constraints()


FAULTS: list[Fault] = []


def fault(code, *without, also=(), unseen=False):
    """The function makes a fault that rule `code` is to find. `unseen`: no trigger runs at all, history included."""

    def register(make):
        FAULTS.append(Fault(code, make, without, frozenset(also), unseen))
        return make

    return register


def drop(name):
    """Drop a constraint or, where it is kept as one, a unique index: 'table.name'."""
    table, name = name.split(".")
    is_constraint = _one(
        "SELECT count(*) FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", name, table
    )
    run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' if is_constraint else f'DROP INDEX "{name}"')


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)


def _one(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


def change(row, **values):
    """Save other values in a row that stands in the database, derived keys included."""
    row.refresh_from_db()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def stamp(row, **values):
    """Write columns that a save would set itself, such as `auto_now_add`."""
    type(row).objects.filter(pk=row.pk).update(**values)


@cache
def laws():
    """URIs of the triggers that hold the law: all but those of the history."""
    return [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if not isinstance(trigger, pghistory.trigger.Event) and not hasattr(model, "pgh_tracked_model")
    ]


@contextmanager
def unguarded():
    """Inside, only the triggers of the history run."""
    with pgtrigger.ignore(*laws()):
        yield


@contextmanager
def untriggered():
    """Inside, no trigger runs: as a restored backup or a replica writes."""
    run("SET LOCAL session_replication_role = replica")
    yield
    run("SET LOCAL session_replication_role = DEFAULT")
