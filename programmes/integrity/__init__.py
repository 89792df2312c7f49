"""Integrity of schemes, of their steps and of their money."""

from programmes.integrity import budgets, deadlines, dossier, money, monitoring, parts, plans, schemes, steps, targets

RULES = (
    *schemes.RULES,
    *deadlines.RULES,
    *dossier.RULES,
    *steps.RULES,
    *money.RULES,
    *parts.RULES,
    *plans.RULES,
    *budgets.RULES,
    *targets.RULES,
    *monitoring.RULES,
)
