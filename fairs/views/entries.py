"""Registration dossiers: page, form, steps."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import DatabaseError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities import versions
from fairs.enums import EntryStatus
from fairs.models import Entry, EntryPaper, ScoreSheet
from fairs.selection import dossier_list, dossiers
from fairs.selection.checklist import checklist, missing
from fairs.selection.forms.entry import EntryForm, ProductForm, ReceivedForm, products_for
from fairs.views.rounds import visible_round
from khuyencong import history, refusals
from khuyencong.forms import saving

OPTIONS = 20
CLOSED = "Kỳ bình chọn đang ở bước “{}” nên không nhận hồ sơ mới."


def visible_entry(request, pk):
    """The dossier, or 404 when it does not exist or is another province's."""
    entries = Entry.objects.visible_to(request.user).for_list()
    return get_object_or_404(entries.select_related("lower_certificate__round__level", "created_by"), pk=pk)


@require_safe
@permission_required("fairs.view_entry", raise_exception=True)
def entry_detail(request, pk):
    """Its papers, what is lacking, points, result, and where its product went from here."""
    entry = visible_entry(request, pk)
    papers = checklist(entry)
    staff = request.user.has_perm("fairs.change_entry")
    row = dossier_list.EntryRow(entry, mark_of(entry.round))
    context = {
        "entry": entry,
        "row": row,
        "papers": papers,
        "missing": missing(papers),
        "moves": dossiers.steps_of(entry) if staff else [],
        "may_add_papers": entry.round.status != "concluded" and request.user.has_perm("fairs.add_entrypaper"),
        "received": ReceivedForm(initial={"received_on": entry.registered_on}),
        "sheets": entry.sheets.select_related("juror").order_by("juror__pk"),
        "promotions": row.certificate.promotions.standing().for_list() if row.certificate else [],
        "complaints": entry.complaints.all(),
    }
    return render(request, "fairs/selection/entry_detail.html", context)


def mark_of(round):
    """The pass mark of the round; None where no scale was in force."""
    scale = dossier_list.scale_of(round)
    return scale.pass_mark if scale else None


@require_safe
@permission_required("fairs.view_entry", raise_exception=True)
def entry_history(request, pk):
    """The dossier, its papers and its score sheets."""
    entry = visible_entry(request, pk)
    parts = (model.pgh_event_model.objects.filter(entry=entry) for model in (EntryPaper, ScoreSheet))
    entries = history.entries(entry.events.all(), *parts)
    return render(request, "history.html", {"record": entry, "entries": entries})


@require_safe
@permission_required("fairs.add_entry", raise_exception=True)
def entry_products(request, pk):
    """Products for a select that is typed into: at most 20 of the round's province, those without a dossier in it."""
    round = visible_round(request, pk)
    found = products_for(round, request.user).matching(request.GET.get("q", ""))
    found = found.exclude(entries__round=round).select_related("facility").order_by("sort_key", "pk")[:OPTIONS]
    results = [{"value": one.pk, "text": one.name, "note": one.facility.name} for one in found]
    return JsonResponse({"results": results})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_entry", raise_exception=True)
def entry_create(request, pk):
    """First which product, received when (`?product=&registered_on=`), then the rest: what it may rest on depends on both."""
    round = visible_round(request, pk)
    if not round.is_open:
        messages.error(request, CLOSED.format(round.get_status_display()))
        return redirect(round)
    asked = ProductForm(request.GET if "product" in request.GET else None, round=round, user=request.user)
    if not asked.is_valid():
        context = {"form": asked, "round": round, "product_create": _product_create()}
        return render(request, "fairs/selection/entry_product.html", context)
    entry = Entry(
        round=round,
        product=asked.cleaned_data["product"],
        registered_on=asked.cleaned_data["registered_on"] or dossiers.first_day(round),
        created_by=request.user,
    )
    return _edit(request, entry)


def _product_create():
    """Where a product is added; '' while there is no such page."""
    try:
        return reverse("fairs:product-create")
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_entry", raise_exception=True)
def entry_edit(request, pk):
    return _edit(request, visible_entry(request, pk))


def _edit(request, entry):
    form = EntryForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(entry, request.POST.get("seen", ""))
            dossiers.register(form.save(commit=False))
        if not form.errors:
            messages.success(request, f"Đã lưu hồ sơ của “{entry.product}”.")
            return redirect(entry)
    context = {"form": form, "entry": entry, "ground": form.ground, "seen": versions.newest(entry)}
    context["others"] = versions.since(entry, request.POST.get("seen", ""))
    return render(request, "fairs/selection/entry_form.html", context)


@require_POST
@permission_required("fairs.change_entry", raise_exception=True)
def entry_step(request, pk):
    """`status`: complete, registered or withdrawn."""
    entry, asked = visible_entry(request, pk), request.POST.get("status", "")
    if asked in EntryStatus.values:
        try:
            moved = dossiers.move(entry, EntryStatus(asked))
        except (DatabaseError, refusals.RefusedError) as error:
            messages.error(request, refusals.explain(error).sentence)
        else:
            messages.success(request, f"Hồ sơ của “{entry.product}”: {moved.get_status_display().lower()}.")
    return redirect(entry)


@require_POST
@permission_required("fairs.delete_entry", raise_exception=True)
def entry_delete(request, pk):
    """Only a dossier that was merely registered; the others are withdrawn."""
    entry = visible_entry(request, pk)
    try:
        dossiers.delete(entry)
    except (DatabaseError, refusals.RefusedError) as error:
        messages.error(request, refusals.explain(error).sentence)
        return redirect(entry)
    messages.success(request, f"Đã xóa hồ sơ của “{entry.product}”.")
    return redirect(entry.round)
