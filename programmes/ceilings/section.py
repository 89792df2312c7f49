"""The block "Mức hỗ trợ" on the page of a scheme."""

from programmes import ceilings
from programmes.enums import Level
from programmes.models.money_guards import ADJUSTABLE
from programmes.rules import rules_in_force
from programmes.scheme_sections import Section


def section(scheme, user):
    """The rules in force, what they leave to each facility, and the reasons for what is above; None without rules."""
    stage, day = ceilings.now(scheme)
    rules = [rule for level in Level for rule in rules_in_force(scheme.content, level, scheme.province, day)]
    exceptions = list(
        scheme.ceiling_exceptions.select_related("benefit__facility", "rule", "requested_by", "confirmed_by")
    )
    if not rules and not exceptions:
        return None
    excesses = ceilings.check(scheme, stage, day) if rules else []
    context = {
        "rules": rules,
        "left": ceilings.left(scheme, stage, day) if rules else [],
        "open": [excess for excess in excesses if not excess.is_explained],
        "exceptions": exceptions,
        "day": day,
        "may_plan": scheme.status in ADJUSTABLE and user.has_perm("programmes.change_scheme"),
        "may_explain": scheme.is_editable and user.has_perm("programmes.change_scheme"),
    }
    return Section("programmes/ceilings/_on_scheme.html", context)
