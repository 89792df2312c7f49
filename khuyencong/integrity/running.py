"""Find the rules of every app, ask them all at one moment, and say what was found."""

import time
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db import connection, transaction
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import module_has_submodule

from khuyencong.integrity.rules import Found, Rule, Severity

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Example:
    """One record that breaks a rule: what is wrong, what to do, and the address of its page ('' when it has none)."""

    sentence: str
    todo: str
    link: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule found."""

    rule: Rule
    total: int
    examples: tuple[Example, ...]

    @property
    def is_error(self):
        return bool(self.total) and self.rule.severity == Severity.ERROR

    @property
    def is_warning(self):
        return bool(self.total) and self.rule.severity == Severity.WARNING


def all_rules() -> tuple[Rule, ...]:
    """`RULES` of each installed app's `integrity` module, in the order of INSTALLED_APPS."""
    names = [config.name for config in apps.get_app_configs() if module_has_submodule(config.module, "integrity")]
    return tuple(rule for name in names for rule in getattr(import_module(f"{name}.integrity"), "RULES", ()))


@contextmanager
def one_moment():
    """One read-only transaction that sees the database at one moment."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def check(rules: Iterable[Rule], provinces: Iterable[int] | None = None, most: int = EXAMPLES) -> list[Outcome]:
    """Ask each rule, of the records of these provinces (ids) or of all; at most `most` examples each."""
    return [_outcome(rule, rule.look(provinces, most)) for rule in rules]


def timed(rules, provinces=None) -> tuple[list[Outcome], float]:
    """The outcomes at one moment, and how many seconds it took."""
    start = time.monotonic()
    with one_moment():
        outcomes = check(rules, provinces)
    return outcomes, time.monotonic() - start


def _outcome(rule: Rule, found: Found) -> Outcome:
    examples = (
        Example(rule.say(row), rule.todo, _link(row.get("model") or rule.model, row["id"])) for row in found.rows
    )
    return Outcome(rule, found.total, tuple(examples))


def _link(label, pk):
    """The record's page in the portal, else in the admin, else ''."""
    if not label:
        return ""
    model = apps.get_model(label)
    if hasattr(model, "get_absolute_url"):
        row = model._base_manager.filter(pk=pk).first()
        return row.get_absolute_url() if row else ""
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
    except NoReverseMatch:
        return ""
