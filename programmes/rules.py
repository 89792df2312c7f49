"""What the rules of support allow: pure arithmetic on rows of SupportRule, and what is left for a facility."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.db.models import Q

from facilities.models import Facility
from programmes.models import Scheme, SchemeBeneficiary, SupportRule


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
    """What is left under every ceiling for a facility in force on `day`, by content. Two queries."""
    rules = SupportRule.objects.on(day).filter(unit=SupportRule.Unit.FACILITY, ceiling__isnull=False)
    rules = sorted(_own_first(rules, facility.province_id), key=lambda rule: (rule.content.code, rule.level, rule.pk))
    given = list(_given(facility, day)) if rules else []
    return [Left(rule, sum(one["approved_amount"] or 0 for one in given if _counts(one, rule))) for rule in rules]


def _given(facility, day):
    """What was approved for the facility, and for those merged into it, by `day`; also by provinces before its own."""
    return SchemeBeneficiary.objects.filter(
        facility__in=Facility.objects.same_as(facility.pk), scheme__in=Scheme.objects.decided_by_day(day)
    ).values("approved_amount", "scheme__content", "scheme__content__group", "scheme__level", "scheme__decision_on")


def _counts(one, rule):
    """`rule` binds it: its content or clause, money of its level, decided since the rule is in force."""
    return (
        rule.content_id in {one["scheme__content"], one["scheme__content__group"]}
        and one["scheme__level"] == rule.level
        and one["scheme__decision_on"] >= rule.valid_from
    )
