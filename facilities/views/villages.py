"""Craft villages: list, page, form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from facilities import merged, versions
from facilities.models import CraftVillage
from facilities.villages.filters import VillageFilter
from facilities.villages.forms import VillageForm
from khuyencong import history
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from khuyencong.paging import paginate

MEMBERS = 50


def visible_villages(request):
    return CraftVillage.objects.visible_to(request.user)


@require_safe
@permission_required("facilities.view_craftvillage", raise_exception=True)
def village_list(request):
    filters = VillageFilter(request.GET, queryset=visible_villages(request).for_list(), request=request)
    page = paginate(request, filters.qs.prefetch_related("trades"), ("sort_key", "pk"))
    context = {"filters": filters, "page": page, "here": request.GET.urlencode()}
    return render(request, "facilities/village_list.html", context)


@require_safe
@permission_required("facilities.view_craftvillage", raise_exception=True)
def village_detail(request, pk):
    """Its recognition, its members, and what it received through its row in the register."""
    village = get_object_or_404(visible_villages(request).for_list().select_related("facility__merged_into"), pk=pk)
    members = village.members.filter(merged_into=None).select_related("trade").order_by("sort_key", "pk")
    context = {
        "village": village,
        "trades": village.trades.all(),
        "members": members[:MEMBERS],
        "member_count": members.count(),
        "back": back_query(request),
    }
    return render(request, "facilities/village_detail.html", context | _received(request, village))


def _received(request, village):
    """What counts for its row in the register, also of facilities that were merged with it."""
    if village.facility is None:
        return {}
    kept = village.facility.merged_into or village.facility
    received = merged.counted_for("benefits", kept).visible_to(request.user)
    return {
        "benefits": received.select_related("scheme", "scheme__content").order_by("-scheme__year", "-pk"),
        "received": received.agreed_total(),
    }


@require_safe
@permission_required("facilities.view_craftvillage", raise_exception=True)
def village_history(request, pk):
    village = get_object_or_404(visible_villages(request), pk=pk)
    entries = [*village.choices_made(), *history.entries(village.events.all())]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return render(request, "history.html", {"record": village, "entries": entries})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.add_craftvillage", raise_exception=True)
def village_create(request):
    return _edit(request, CraftVillage())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.change_craftvillage", raise_exception=True)
def village_edit(request, pk):
    return _edit(request, get_object_or_404(visible_villages(request), pk=pk))


def _edit(request, village):
    form = VillageForm(request.POST or None, instance=village, user=request.user)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(village, request.POST.get("seen", ""))
            form.save()
        if not form.errors:
            messages.success(request, f"Đã lưu {village}.")
            return redirect(carrying(request, village.get_absolute_url()))
    context = {"form": form, "back": back_query(request), "seen": versions.newest(village)}
    context["others"] = versions.since(village, request.POST.get("seen", ""))
    return render(request, "facilities/village_form.html", context)
