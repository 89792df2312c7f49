"""The home page: what waits for the person, and what waits in the office, for whom, since when and by when."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from khuyencong.enums import Role
from programmes import divided
from programmes.deadlines import waiting, worktable
from programmes.models import PlanFunding

DOERS = {Role.STAFF, Role.REVIEWER}


def _asked(request):
    """What the page is asked for: whose work, and of which lateness."""
    user, due = request.user, request.GET.get("due", "")
    views = ("mine", "office") if user.role in DOERS else ("office",)
    view = request.GET.get("view", "")
    return (view if view in views else views[0]), (due if due in waiting.DUE else "")


def _strip(counts, view, due):
    """The figures of the page, each a link to the rows that it counts."""
    figures = [
        ("", "Đang chờ", counts["all"], ""),
        ("late", "Quá hạn", counts["late"], "bad"),
        ("soon", "Sắp đến hạn", counts["soon"], "wait"),
        ("none", "Không có hạn", counts["none"], ""),
    ]
    return [
        {
            "label": label,
            "value": value,
            "tone": tone if value else "",
            "url": f"{reverse('home')}?{urlencode({'view': view} | ({'due': key} if key else {}))}",
            "current": key == due,
        }
        for key, label, value, tone in figures
    ]


@require_safe
def home(request):
    user, today = request.user, timezone.localdate()
    view, due = _asked(request)
    clock = waiting.Clock.read(today)
    schemes = worktable.of_person(user, today) if view == "mine" else worktable.of_office(user)
    counts = waiting.counts(schemes, clock)
    asked = waiting.of_due(schemes, due, clock) if due else schemes
    rows = worktable.rows(asked, clock, user)
    context = {
        "view": view,
        "due": due,
        "may_do": user.role in DOERS,
        "counts": counts,
        "strip": _strip(counts, view, due),
        "rows": rows,
        "more": len(rows) == worktable.SHOWN,
        "holders": worktable.overview(schemes, clock) if view == "office" else [],
        "undecided_places": divided.count(user) if user.has_perm("facilities.choose_commune") else 0,
        "unconfirmed": PlanFunding.objects.visible_to(user).awaiting_confirmation().count(),
    }
    return render(request, "programmes/worktable.html", context)
