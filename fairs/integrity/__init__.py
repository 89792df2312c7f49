"""Integrity of events, selection, certificates and commendations."""

from fairs.integrity import (
    certificates,
    commendations,
    deals,
    entries,
    events,
    law,
    participants,
    products,
    rounds,
)

RULES = (
    *events.RULES,
    *participants.RULES,
    *deals.RULES,
    *law.RULES,
    *rounds.RULES,
    *entries.RULES,
    *certificates.RULES,
    *products.RULES,
    *commendations.RULES,
)
