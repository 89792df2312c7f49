"""Integrity of events, selection, certificates and commendations."""

RULES = ()
