"""The block "Điều chỉnh" on the page of a scheme: every decision with from and to, who, when and why."""

from django.utils import timezone

from programmes.models import AdjustmentAuthority
from programmes.models.money_guards import ADJUSTABLE
from programmes.scheme_sections import Section


def section(scheme, user):
    """None where nothing can be adjusted and nothing was."""
    decisions = list(
        scheme.adjustments.select_related("made_by")
        .prefetch_related("lines__source", "benefits__facility", "changes")
        .order_by("-pk")
    )
    if scheme.status not in ADJUSTABLE and not decisions:
        return None
    ends = _ends(scheme, decisions)
    context = {
        "scheme": scheme,
        "decisions": [(decision, ends.get(decision.pk)) for decision in decisions],
        "authorities": _authorities(scheme) if scheme.status in ADJUSTABLE else [],
    }
    return Section("programmes/adjustments/_on_scheme.html", context)


def _ends(scheme, decisions):
    """{decision id: the day on which the scheme was to end before it}."""
    found, end = {}, scheme.end_on
    for decision in reversed(decisions):
        if decision.end_on:
            found[decision.pk], end = end, decision.end_on
    return found


def _authorities(scheme):
    """Who may decide which change of this scheme today: {authority: [rules]}."""
    found = {}
    for rule in AdjustmentAuthority.objects.on(timezone.localdate()).filter(level=scheme.level):
        if rule.is_group is None or rule.is_group == scheme.is_group:
            found.setdefault(rule.get_authority_display(), []).append(rule)
    return list(found.items())
