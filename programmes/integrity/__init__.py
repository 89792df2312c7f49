"""Integrity of schemes, of their steps and of their money."""

from programmes.integrity import (
    adjustments,
    budgets,
    ceilings,
    deadlines,
    dossier,
    ledger,
    money,
    monitoring,
    parts,
    plans,
    procedure,
    reviews,
    schemes,
    steps,
    targets,
)

RULES = (
    *schemes.RULES,
    *deadlines.RULES,
    *dossier.RULES,
    *steps.RULES,
    *procedure.RULES,
    *reviews.RULES,
    *money.RULES,
    *ledger.RULES,
    *adjustments.RULES,
    *ceilings.RULES,
    *parts.RULES,
    *plans.RULES,
    *budgets.RULES,
    *targets.RULES,
    *monitoring.RULES,
)
