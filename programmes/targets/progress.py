"""How far each target of a programme has come; pure, from plain facts."""

from dataclasses import dataclass
from decimal import Decimal

from khuyencong.money import Unit, format_decimal, format_in_unit
from khuyencong.ratios import percentage
from programmes.models import ProgrammeTarget
from programmes.targets.facts import Facts

Relation, Measure = ProgrammeTarget.Relation, ProgrammeTarget.Measure
WORDS = {Relation.ABOVE: "trên ", Relation.ABOUT: "khoảng ", Relation.AT_MOST: "không quá "}


@dataclass(frozen=True, slots=True)
class Progress:
    """A target and what was reached of it; `value` is None while nothing was typed for a target measured by hand."""

    target: ProgrammeTarget
    value: Decimal | None
    is_over: bool

    @property
    def bound(self):
        """The number that decides: the lower one, or the upper one of 'không quá'."""
        return self.target.high if self.target.relation == Relation.AT_MOST else self.target.low

    @property
    def is_reached(self):
        """At least the lower number; more than it for 'trên'; no more than the upper one for 'không quá'."""
        if self.value is None:
            return False
        compare = {Relation.ABOVE: self.value.__gt__, Relation.AT_MOST: self.value.__le__}
        return compare.get(self.target.relation, self.value.__ge__)(self.bound)

    @property
    def percent(self):
        """Of the deciding number; None while nothing is known."""
        return percentage(self.value, self.bound)

    @property
    def bar(self):
        """`percent` as far as a bar goes."""
        return None if self.percent is None else min(self.percent, 100)

    @property
    def left(self):
        """What is missing; None when reached or a bound from above."""
        if self.is_reached or self.target.relation == Relation.AT_MOST:
            return None
        return self.bound - (self.value or 0)

    @property
    def state(self):
        """'đạt', 'chưa đạt', 'trong mức', 'vượt mức' or 'chưa có số liệu'."""
        if self.value is None:
            return "chưa có số liệu"
        if self.target.relation == Relation.AT_MOST:
            return "trong mức" if self.is_reached else "vượt mức"
        return "đạt" if self.is_reached else "chưa đạt"

    @property
    def tone(self):
        """Red only when nothing can change it any more."""
        if self.value is None:
            return ""
        if self.is_reached:
            return "good"
        return "bad" if self.is_over or self.target.relation == Relation.AT_MOST else "wait"

    @property
    def said(self):
        """'10 - 12 mô hình', 'trên 500 lượt', 'khoảng 45,88 tỷ đồng'."""
        target = self.target
        if target.relation == Relation.RANGE:
            low, high = figure(target, target.low), figure(target, target.high)
            return f"{low} - {high}" if target.measure == Measure.MONEY else f"{low} - {high} {target.unit}"
        return WORDS.get(target.relation, "") + with_unit(target, self.bound)

    @property
    def value_said(self):
        return "" if self.value is None else with_unit(self.target, self.value)

    @property
    def left_said(self):
        return "" if self.left is None else with_unit(self.target, self.left)


def with_unit(target, value):
    """The figure with its unit; money brings its own."""
    said = figure(target, value)
    return said if target.measure == Measure.MONEY else f"{said} {target.unit}"


def figure(target, value):
    """A number without useless decimals; money in tỷ or triệu đồng."""
    if target.measure != Measure.MONEY:
        return _trimmed(format_decimal(value, 2))
    unit = Unit.BILLION if abs(value) >= Unit.BILLION.factor else Unit.MILLION
    return f"{_trimmed(format_in_unit(int(value), unit, decimals=3))} {unit.label}"


def _trimmed(text):
    return text.rstrip("0").rstrip(",") if "," in text else text


def progress_of(target, facts: Facts, contents, figures, today) -> Progress:
    """`contents`: ids that the target's group stands for, None for all; `figures`: {year: value} typed by hand."""
    last = target.year or target.programme.last_year
    return Progress(target, _value(target, facts, contents, figures), is_over=last < today.year)


def _value(target, facts, contents, figures):
    if target.is_by_hand:
        return _by_hand(target, figures)
    rows = {
        Measure.INDICATOR: facts.results,
        Measure.SCHEMES: facts.schemes,
        Measure.FACILITIES: facts.facilities,
        Measure.MONEY: facts.money,
    }[target.measure]
    asked = [row for row in rows if _is_asked(target, row, contents)]
    if target.measure == Measure.FACILITIES:
        return Decimal(len({row.key for row in asked}))
    return Decimal(sum(row.value for row in asked))


def _is_asked(target, row, contents):
    wanted = {Measure.INDICATOR: target.indicator_id, Measure.MONEY: target.source_id}.get(target.measure)
    return (
        (target.counts_all or row.is_own)
        and (target.year is None or row.year == target.year)
        and (contents is None or row.content in contents)
        and (wanted is None or row.key == wanted)
    )


def _by_hand(target, figures):
    years = sorted(year for year in figures if target.year is None or year == target.year)
    if not years:
        return None
    if target.measure == Measure.HAND_LAST:
        return figures[years[-1]]
    return sum(figures[year] for year in years)
