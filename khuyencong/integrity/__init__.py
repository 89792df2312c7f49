"""Integrity of the whole database: every rule over every row, for `manage.py check_data`.

A further rule is one more `Rule` in `RULES` of the `integrity` module of the app whose tables it reads. The database
refuses most of these faults at every door; the rules find what came in past the doors: a restored backup, a disabled
trigger, a repair by hand, a migration that went wrong.
"""

from khuyencong.integrity import calendar, derived, guards, history, people, placed, places, values

RULES = (
    *guards.RULES,
    *values.RULES,
    *derived.RULES,
    *history.RULES,
    *places.RULES,
    *placed.RULES,
    *people.RULES,
    *calendar.RULES,
)
