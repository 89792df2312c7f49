"""Integrity of the register, of merges, of clusters and of craft villages."""

from facilities.integrity import clusters, merges, register, villages

RULES = (*register.RULES, *merges.RULES, *clusters.RULES, *villages.RULES)
