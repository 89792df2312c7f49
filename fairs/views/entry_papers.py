"""The papers of a registration dossier: received, fetched, taken away."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import DatabaseError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairs.models import EntryPaper
from fairs.selection import dossiers
from fairs.selection.checklist import checklist
from fairs.selection.forms.entry import PapersForm, ReceivedForm
from fairs.views.entries import visible_entry
from khuyencong import refusals
from khuyencong.forms import saving
from programmes.dossier import storage
from programmes.dossier.kinds import NAMES
from programmes.dossier.views import sent

DAMAGED = "Tệp “{}” đã mất hoặc không còn nguyên vẹn. Báo quản trị để phục hồi từ bản sao lưu."
KNOWN = "Các giấy tờ này đã có trong hồ sơ, không ghi lần nữa."


def page_of(entry):
    """The papers' place on the dossier's page."""
    return redirect(f"{entry.get_absolute_url()}#papers")


def visible_paper(request, pk):
    """The paper, or 404 when it does not exist or is another province's."""
    return get_object_or_404(EntryPaper.objects.visible_to(request.user).select_related("entry", "item"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_entrypaper", raise_exception=True)
def paper_add(request, pk):
    """Files and papers received, for as many items of the list as one likes."""
    entry = visible_entry(request, pk)
    rows = checklist(entry)
    form = PapersForm(request.POST or None, request.FILES or None, items=[row.item for row in rows])
    if request.method == "POST" and form.is_valid():
        with saving(form):
            day, note = form.cleaned_data["received_on"], form.cleaned_data["note"]
            added = dossiers.add_papers(entry, form.papers, by=request.user, received_on=day, note=note)
        if not form.errors:
            messages.success(request, f"Đã ghi {len(added)} giấy tờ vào hồ sơ." if added else KNOWN)
            return page_of(entry)
    context = {
        "entry": entry,
        "form": form,
        "rows": [(row, files, paper) for row, (_, files, paper) in zip(rows, form.rows, strict=True)],
        "accepted": NAMES,
        "limit": settings.DOSSIER_FILE_LIMIT // 2**20,
    }
    return render(request, "fairs/selection/paper_add.html", context)


@require_POST
@permission_required("fairs.add_entrypaper", raise_exception=True)
def paper_all(request, pk):
    """All required papers that are missing were received on one day."""
    entry = visible_entry(request, pk)
    form = ReceivedForm(request.POST)
    if form.is_valid():
        with saving(form):
            found = dossiers.receive_all(entry, by=request.user, received_on=form.cleaned_data["received_on"])
    if form.errors:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    else:
        messages.success(request, f"Đã ghi nhận {found} giấy tờ." if found else "Hồ sơ đã đủ giấy tờ bắt buộc.")
    return page_of(entry)


@require_safe
@permission_required("fairs.view_entrypaper", raise_exception=True)
def paper_download(request, pk):
    """The file as it was given, to be saved; 409 when it is gone or was altered."""
    paper = visible_paper(request, pk)
    if paper.is_paper:
        return page_of(paper.entry)
    try:
        file = storage.open_intact(paper)
    except storage.DamagedFileError:
        context = {"entry": paper.entry, "sentence": DAMAGED.format(paper.original_name)}
        return render(request, "fairs/selection/paper_damaged.html", context, status=409)
    return sent(FileResponse(file, as_attachment=True, filename=paper.original_name), paper.content_type)


@require_POST
@permission_required("fairs.delete_entrypaper", raise_exception=True)
def paper_delete(request, pk):
    """Take it away while the dossier is merely registered."""
    paper = visible_paper(request, pk)
    try:
        dossiers.remove_paper(paper)
    except DatabaseError as error:
        messages.error(request, refusals.explain(error).sentence)
    else:
        messages.success(request, f"Đã bỏ “{paper.item}” khỏi hồ sơ.")
    return page_of(paper.entry)
