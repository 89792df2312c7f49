"""The list of warnings, and what was decided about one."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from khuyencong.back import back_query
from khuyencong.forms import saving
from khuyencong.money import format_amount
from khuyencong.paging import PAGE_SIZE, Page
from programmes.models import Scheme, WarningDecision
from programmes.models.warnings import Kind
from programmes.warnings import finding
from programmes.warnings.filters import WarningFilter
from programmes.warnings.forms import DecisionForm

GONE = "Cảnh báo này không còn: số liệu, trạng thái hoặc đề án trong đó đã thay đổi."
DONE = "Đã ghi kết luận. Nếu số liệu trong cảnh báo thay đổi, cảnh báo sẽ hiện lại."


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind of warning, or all of them ('')."""

    kind: str
    label: str
    count: int
    url: str
    is_current: bool


@require_safe
@permission_required("programmes.view_warningdecision", raise_exception=True)
def warning_list(request):
    """Warnings over the schemes that the person may see, those that nobody looked into first asked for."""
    filters = WarningFilter(request.GET, queryset=Scheme.objects.none(), request=request)
    found = finding.with_decisions(finding.alerts(request.user, timezone.localdate()), request.user)
    matching = [one for one in found if filters.matches(one)]
    kind = request.GET.get("kind", "")
    chosen = [one for one in matching if not kind or one.alert.kind == kind]
    context = {
        "filters": filters,
        "tabs": _tabs(request, matching, kind),
        "page": _page(request, chosen),
        "here": request.GET.urlencode(),
    }
    return render(request, "programmes/warnings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.add_warningdecision", raise_exception=True)
def warning_decide(request):
    """What was decided about the warning `?kind=&key=`, and the form for a new decision."""
    kind, key = request.GET.get("kind", ""), request.GET.get("key", "")
    shown = finding.find_one(request.user, timezone.localdate(), Kind(kind), key) if kind in Kind.values else None
    if shown is None:
        messages.info(request, GONE)
        return redirect(_list_url(request))
    form = DecisionForm(request.POST or None, is_decided=shown.decision is not None)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        with saving(form):
            finding.decide(shown, by=request.user, seen=int(seen) if seen.isdecimal() else None, **form.cleaned_data)
        if not form.errors:
            messages.success(request, DONE)
            return redirect(_list_url(request))
    decisions = WarningDecision.objects.visible_to(request.user).filter(
        kind=kind, key=key, province=shown.alert.province
    )
    context = {"shown": shown, "form": form, "decisions": decisions.select_related("by"), "back": back_query(request)}
    return render(request, "programmes/warnings/decide.html", context)


def _list_url(request):
    return f"{reverse('programmes:warning-list')}{back_query(request)}"


def _tabs(request, matching, current):
    counts = {kind: sum(one.alert.kind == kind for one in matching) for kind in Kind}
    tabs = [("", "Tất cả", len(matching)), *((kind.value, kind.label, counts[kind]) for kind in Kind)]
    return [Tab(kind, label, count, _tab_url(request, kind), kind == current) for kind, label, count in tabs]


def _tab_url(request, kind):
    query = {name: value for name, value in request.GET.items() if name not in ("kind", "from")}
    return f"?{urlencode(query | ({'kind': kind} if kind else {}))}"


def _page(request, rows):
    """The page that begins after `?from=` rows: warnings are made anew for each look, so they are counted, not stored."""
    asked = request.GET.get("from", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 8 else 0
    shown = rows[start : start + PAGE_SIZE]
    return Page(
        rows=shown,
        first=start + 1 if shown else None,
        last=start + len(shown) if shown else None,
        count_label=format_amount(len(rows)),
        previous_url=_from(request, max(start - PAGE_SIZE, 0)) if start else None,
        next_url=_from(request, start + PAGE_SIZE) if start + PAGE_SIZE < len(rows) else None,
    )


def _from(request, start):
    query = request.GET.copy()
    query["from"] = str(start)
    return f"?{query.urlencode()}"
