"""Rounds of a selection: page, form, steps, people, announcement."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import DatabaseError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities import versions
from fairs.enums import RoundStatus
from fairs.models import RoundMember, ScoreSheet, SelectionRound
from fairs.selection import dossier_list, services, steps
from fairs.selection.counts import Counts, counts_by_round
from fairs.selection.filters import EntryFilter
from fairs.selection.forms import members as people
from fairs.selection.forms.round import AnnounceForm, RoundForm
from fairs.views.cycles import visible_cycle
from khuyencong import history, refusals
from khuyencong.forms import saving

NOT_NOW = "Kỳ bình chọn đang ở bước “{}”: chưa làm được việc này. Trang vừa được tải lại."
NOT_CONCLUDED = "Kỳ bình chọn chưa được kết luận nên chưa có kết quả để công bố."


def visible_round(request, pk):
    """The round, or 404 when it does not exist or is another province's."""
    return get_object_or_404(SelectionRound.objects.visible_to(request.user).for_list(), pk=pk)


@require_safe
@permission_required("fairs.view_selectionround", raise_exception=True)
def round_detail(request, pk):
    """Where it stands, what the next step lacks, its dossiers, people and complaints."""
    round = visible_round(request, pk)
    counts = counts_by_round([round]).get(round.pk, Counts())
    sheets = ScoreSheet.objects.filter(entry__round=round, entry__status="complete").count()
    scale = dossier_list.scale_of(round)
    filters = EntryFilter(request.GET, queryset=round.entries.all(), request=request)
    context = {
        "round": round,
        "counts": counts,
        "steps": steps.stepper(round),
        "lacks": steps.lacks(round, counts, steps.people_of(round), sheets),
        "moves": steps.STAFF_STEPS[round.status] if request.user.has_perm("fairs.change_selectionround") else [],
        "conclusion": conclusion_url(request.user, round),
        "scale": scale,
        "filters": filters,
        "rows": dossier_list.rows_of(filters.qs, scale),
        "totals": dossier_list.totals(filters.qs),
        "members": round.members.all(),
        "complaints": round.complaints.select_related("entry__product"),
        "today": timezone.localdate(),
    }
    return render(request, "fairs/selection/round_detail.html", context)


def conclusion_url(user, round):
    """Where a reviewer concludes, reopens and issues certificates; '' for who may not."""
    if not user.has_perm("fairs.conclude_selectionround"):
        return ""
    try:
        return reverse("admin:fairs_selectionround_change", args=[round.pk])
    except NoReverseMatch:
        return ""


@require_safe
@permission_required("fairs.view_selectionround", raise_exception=True)
def round_history(request, pk):
    """The round itself and its people."""
    round = visible_round(request, pk)
    entries = history.entries(round.events.all(), RoundMember.pgh_event_model.objects.filter(round=round))
    return render(request, "history.html", {"record": round, "entries": entries})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_selectionround", raise_exception=True)
def round_create(request, pk):
    """A round of the cycle `pk`."""
    cycle = visible_cycle(request, pk)
    return _edit(request, SelectionRound(cycle=cycle, created_by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_selectionround", raise_exception=True)
def round_edit(request, pk):
    return _edit(request, visible_round(request, pk))


def _edit(request, round):
    form = RoundForm(request.POST or None, instance=round, user=request.user)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(round, request.POST.get("seen", ""))
            form.save()
        if not form.errors:
            messages.success(request, f"Đã lưu kỳ bình chọn {round}.")
            return redirect(round)
    context = {"form": form, "cycle": round.cycle, "seen": versions.newest(round)}
    context["others"] = versions.since(round, request.POST.get("seen", ""))
    return render(request, "fairs/selection/round_form.html", context)


@require_POST
@permission_required("fairs.change_selectionround", raise_exception=True)
def round_step(request, pk):
    """`status`: one of the steps that staff may take from here."""
    round = visible_round(request, pk)
    asked = request.POST.get("status", "")
    if asked not in {status for status, *_ in steps.STAFF_STEPS[round.status]}:
        if asked != round.status:
            messages.error(request, NOT_NOW.format(round.get_status_display()))
        return redirect(round)
    try:
        services.move_round(round, RoundStatus(asked), by=request.user)
    except (DatabaseError, refusals.RefusedError) as error:
        messages.error(request, refusals.explain(error).sentence)
    else:
        messages.success(request, f"Kỳ bình chọn đã sang bước “{RoundStatus(asked).label}”.")
    return redirect(round)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_selectionround", raise_exception=True)
def round_announce(request, pk):
    """The day of the announcement; from it the database counts until when complaints are taken."""
    round = visible_round(request, pk)
    if round.status != RoundStatus.CONCLUDED:
        messages.error(request, NOT_CONCLUDED)
        return redirect(round)
    form = AnnounceForm(request.POST or None, instance=round)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(round, request.POST.get("seen", ""))
            form.save()
        if not form.errors:
            messages.success(request, "Đã ghi ngày công bố kết quả.")
            return redirect(round)
    context = {"form": form, "round": round, "seen": versions.newest(round)}
    context["others"] = versions.since(round, request.POST.get("seen", ""))
    return render(request, "fairs/selection/round_announce.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_roundmember", raise_exception=True)
def round_members(request, pk):
    """Council and jury together, saved as one."""
    round = visible_round(request, pk)
    if round.status == RoundStatus.CONCLUDED:
        messages.error(request, people.CONCLUDED)
        return redirect(round)
    rows = people.member_rows(round, request.POST or None)
    if request.method == "POST" and rows.is_valid():
        with saving(rows):
            people.save(rows, round, request.POST.get("seen", ""))
        if not rows.refused:
            messages.success(request, "Đã lưu hội đồng và ban giám khảo.")
            return redirect(round)
    seen = request.POST.get("seen") or people.newest(round)
    context = {"round": round, "rows": rows, "seen": seen, "sizes": round.level.council_sizes}
    return render(request, "fairs/selection/round_members.html", context)
