"""Integrity of schemes, of their steps and of their money."""

from programmes.integrity import money, parts, plans, schemes, steps

RULES = (*schemes.RULES, *steps.RULES, *money.RULES, *parts.RULES, *plans.RULES)
