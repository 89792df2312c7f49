"""What the rules of support allow: pure arithmetic on rows of SupportRule, and what is left for a facility."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.db.models import Q

from facilities.models import Facility
from programmes.enums import Level
from programmes.models import Scheme, SchemeBeneficiary, SupportRule
from programmes.received import split

NATIONAL_SOURCE = "national"  # the one source of national money; the other sources of support are local


def max_support(rule, base_cost=None, is_priority=False, count=1) -> int | None:
    """The most in whole đồng that `rule` allows `count` units on a cost of `base_cost` đồng; None: it sets no limit.

    Priority raises the ceiling, not the rate: the text leaves that open (TTLT 26/2014 Đ6.2.t).
    """
    factor = rule.priority_factor if is_priority else 1
    by_rate = None if rule.rate is None or base_cost is None else Decimal(base_cost) * rule.rate / 100
    by_ceiling = None if rule.ceiling is None else rule.ceiling * factor * count
    limits = [limit for limit in (by_rate, by_ceiling) if limit is not None]
    return int(min(limits).to_integral_value(ROUND_FLOOR)) if limits else None


def rules_in_force(content, level, province, day) -> list[SupportRule]:
    """Rules on `day` for money of `level` under `content` or its clause.

    Where the province has rules of its own for them, only those; else the ones of all provinces.
    """
    found = SupportRule.objects.on(day).filter(level=level, content__in=[content.pk, content.group_id or content.pk])
    return _own_first(found, province)


def _own_first(rules, province):
    rules = rules.filter(Q(province=province) | Q(province__isnull=True)).select_related("content")
    by_content = defaultdict(list)
    for rule in rules:
        by_content[rule.level, rule.content_id].append(rule)
    return [rule for group in by_content.values() for rule in ([r for r in group if r.province_id] or group)]


@dataclass(frozen=True, slots=True)
class Left:
    """What a facility may still get under a rule with a ceiling for each facility, in đồng; never below zero."""

    rule: SupportRule
    received: int

    @property
    def amount(self):
        return self._beyond(is_priority=False)

    @property
    def amount_with_priority(self):
        return self._beyond(is_priority=True)

    @property
    def ceiling_with_priority(self):
        return max_support(self.rule, is_priority=True)

    def _beyond(self, is_priority):
        return max(max_support(self.rule, is_priority=is_priority) - self.received, 0)


def left_for(facility, content, day) -> list[Left]:
    """What is left for `facility` under `content` on `day`, a row for each rule in force."""
    group = content.group_id
    return [left for left in all_left(facility, day) if left.rule.content_id in {content.pk, group}]


def all_left(facility, day) -> list[Left]:
    """What is left under every ceiling for a facility in force on `day`, by content; as many queries for any number."""
    rules = SupportRule.objects.on(day).filter(unit=SupportRule.Unit.FACILITY, ceiling__isnull=False)
    rules = sorted(_own_first(rules, facility.province_id), key=lambda rule: (rule.content.code, rule.level, rule.pk))
    given = [(benefit.scheme, split(benefit)) for benefit in _given(facility, day)] if rules else []
    return [
        Left(rule, sum(_of_level(rule.level, parts) for scheme, parts in given if _counts(scheme, rule)))
        for rule in rules
    ]


def _given(facility, day):
    """What was approved for the facility, and for those merged into it, by `day`; also by provinces before its own."""
    rows = SchemeBeneficiary.objects.filter(
        facility__in=Facility.objects.same_as(facility.pk), scheme__in=Scheme.objects.decided_by_day(day)
    )
    return rows.select_related("scheme__content").with_sources()


def _of_level(level, parts):
    """Of what the sources gave, {source code: đồng}, the money that rules of `level` bind, whoever manages the scheme."""
    national = parts.get(NATIONAL_SOURCE, 0)
    return national if level == Level.NATIONAL else sum(parts.values()) - national


def _counts(scheme, rule):
    """`rule` binds it: its content or clause, decided since the rule is in force."""
    return rule.content_id in {scheme.content_id, scheme.content.group_id} and scheme.decision_on >= rule.valid_from
