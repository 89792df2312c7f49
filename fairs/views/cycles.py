"""Cycles of product selection: list, page, form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from facilities import versions
from fairs.models import SelectionCycle
from fairs.selection import tables
from fairs.selection.filters import CycleFilter
from fairs.selection.forms.cycle import CycleForm
from khuyencong import history
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from khuyencong.paging import paginate


def visible_cycle(request, pk):
    """The cycle, or 404 when it does not exist or is another province's."""
    return get_object_or_404(SelectionCycle.objects.visible_to(request.user).select_related("province"), pk=pk)


@require_safe
@permission_required("fairs.view_selectioncycle", raise_exception=True)
def cycle_list(request):
    cycles = SelectionCycle.objects.visible_to(request.user).select_related("province")
    filters = CycleFilter(request.GET, queryset=cycles, request=request)
    page = paginate(request, filters.qs, ("-year", "-pk"))
    heads = tables.levels()
    context = {
        "filters": filters,
        "page": page,
        "heads": heads.values(),
        "rows": tables.cycle_rows(page.rows, heads),
        "totals": tables.totals(filters.qs, heads, page.count_label),
        "funnel": funnel_url(),
        "here": request.GET.urlencode(),
    }
    return render(request, "fairs/selection/cycle_list.html", context)


def funnel_url():
    """Where the funnel stands; '' while there is no such page."""
    try:
        return reverse("fairs:funnel")
    except NoReverseMatch:
        return ""


@require_safe
@permission_required("fairs.view_selectioncycle", raise_exception=True)
def cycle_detail(request, pk):
    """Its rounds from the first level up, each with its numbers and what it waits for."""
    cycle = visible_cycle(request, pk)
    context = {
        "cycle": cycle,
        "rows": tables.rounds_of([cycle]),
        "totals": tables.totals(SelectionCycle.objects.filter(pk=cycle.pk), tables.levels(), "1")[1:],
        "funnel": funnel_url(),
        "back": back_query(request),
    }
    return render(request, "fairs/selection/cycle_detail.html", context)


@require_safe
@permission_required("fairs.view_selectioncycle", raise_exception=True)
def cycle_history(request, pk):
    cycle = visible_cycle(request, pk)
    return render(request, "history.html", {"record": cycle, "entries": history.entries(cycle.events.all())})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_selectioncycle", raise_exception=True)
def cycle_create(request):
    return _edit(request, SelectionCycle(year=timezone.localdate().year))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_selectioncycle", raise_exception=True)
def cycle_edit(request, pk):
    return _edit(request, visible_cycle(request, pk))


def _edit(request, cycle):
    form = CycleForm(request.POST or None, instance=cycle, user=request.user)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(cycle, request.POST.get("seen", ""))
            form.save()
        if not form.errors:
            messages.success(request, f"Đã lưu {cycle}.")
            return redirect(carrying(request, cycle.get_absolute_url()))
    context = {"form": form, "back": back_query(request), "seen": versions.newest(cycle)}
    context["others"] = versions.since(cycle, request.POST.get("seen", ""))
    return render(request, "fairs/selection/cycle_form.html", context)
