"""The dossier of a scheme: give papers, withdraw one, fetch one or all, print the list, draft a paper."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from khuyencong import refusals
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from programmes.dossier import archive, paper_fields, papers, services, storage
from programmes.dossier.checklist import checklist
from programmes.dossier.forms import DocumentsForm
from programmes.dossier.kinds import NAMES
from programmes.models import PaperTemplate, SchemeDocument
from programmes.views.schemes import visible_scheme


def visible_document(request, pk):
    """The paper, or 404 when it does not exist or is another province's."""
    rows = SchemeDocument.objects.visible_to(request.user).select_related("scheme", "item")
    return get_object_or_404(rows, pk=pk)


def page_of(request, scheme):
    """The dossier's place on the scheme's page, with the way back to the list."""
    return f"{carrying(request, scheme.get_absolute_url())}#dossier"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.add_schemedocument", raise_exception=True)
def dossier_add(request, pk):
    """Files and papers received, for as many items as one likes; `?step=` shows the items of one step only."""
    scheme = visible_scheme(request, pk)
    dossier = checklist(scheme)
    steps = [one for one in dossier.steps if one.step == request.GET.get("step")] or dossier.steps
    items = [entry.item for one in steps for entry in one.entries]
    form = DocumentsForm(request.POST or None, request.FILES or None, items=items)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            added = services.add_documents(
                scheme,
                form.papers,
                by=request.user,
                received_on=form.cleaned_data["received_on"],
                note=form.cleaned_data["note"],
            )
        if not form.errors:
            messages.success(request, _said(added, form.papers))
            return redirect(page_of(request, scheme))
    context = {
        "scheme": scheme,
        "form": form,
        "steps": _rows(form, steps),
        "accepted": NAMES,
        "limit": settings.DOSSIER_FILE_LIMIT // 2**20,
        "back": back_query(request),
    }
    return render(request, "programmes/dossier/dossier_add.html", context)


def _rows(form, steps):
    """(step, [(entry, its fields)]) of the form's page."""
    fields = {item.pk: (files, paper) for item, files, paper in form.rows}
    return [(one, [(entry, *fields[entry.item.pk]) for entry in one.entries]) for one in steps]


def _said(added, asked):
    if not added:
        return "Các giấy tờ này đã có trong hồ sơ, không ghi lần nữa."
    known = f" {len(asked) - len(added)} giấy tờ đã có từ trước." if len(added) < len(asked) else ""
    return f"Đã ghi {len(added)} giấy tờ vào hồ sơ.{known}"


@require_POST
@permission_required("programmes.change_schemedocument", raise_exception=True)
def document_withdraw(request, pk):
    """Withdraw with a reason; a paper of a draft that was never sent is deleted."""
    document = visible_document(request, pk)
    try:
        if services.is_sent(document.scheme):
            services.withdraw_document(document, by=request.user, reason=request.POST.get("reason", ""))
            done = f"Đã rút lại “{document}”."
        else:
            services.delete_document(document)
            done = f"Đã xóa “{document}” khỏi bản nháp."
    except (IntegrityError, refusals.RefusedError) as error:
        messages.error(request, refusals.explain(error).sentence)
    else:
        messages.success(request, done)
    return redirect(page_of(request, document.scheme))


@require_safe
@permission_required("programmes.view_scheme", raise_exception=True)
def document_download(request, pk):
    """The file as it was given; 409 when it is gone or was altered. A paper has no file: the scheme's page."""
    document = visible_document(request, pk)
    if document.is_paper:
        return redirect(page_of(request, document.scheme))
    try:
        file = storage.open_intact(document)
    except storage.DamagedFileError:
        return damaged(request, document.scheme, [document])
    return sent(FileResponse(file, as_attachment=True, filename=document.original_name), document.content_type)


def damaged(request, scheme, documents):
    context = {"scheme": scheme, "documents": documents}
    return render(request, "programmes/dossier/damaged.html", context, status=409)


def sent(response, content_type):
    """A file to be saved, never shown in the portal's own name."""
    response.headers["Content-Type"] = content_type
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
@permission_required("programmes.view_scheme", raise_exception=True)
def dossier_archive(request, pk):
    """All files and the list of papers as one .zip, made while it is sent."""
    scheme = visible_scheme(request, pk)
    dossier = checklist(scheme)
    bad = archive.damaged(dossier.documents)
    if bad:
        return damaged(request, scheme, bad)
    response = StreamingHttpResponse(archive.stream(scheme, dossier, by=request.user, at=timezone.localtime()))
    response.headers["Content-Disposition"] = f'attachment; filename="ho-so-{scheme.code}.zip"'
    return sent(response, "application/zip")


@require_safe
@permission_required("programmes.view_scheme", raise_exception=True)
def dossier_print(request, pk):
    scheme = visible_scheme(request, pk)
    context = archive.contents(scheme, checklist(scheme), by=request.user, at=timezone.localtime())
    return render(request, "programmes/dossier/dossier_print.html", context | {"back": back_query(request)})


@require_safe
@permission_required("programmes.view_scheme", raise_exception=True)
def dossier_paper(request, pk):
    """`?template=` of the scheme's own list, filled in as a .docx; without it the scheme's page."""
    scheme = visible_scheme(request, pk)
    today = timezone.localdate()
    asked = request.GET.get("template", "")
    offered = PaperTemplate.objects.for_scheme(scheme, today)
    template = next((one for one in offered if str(one.pk) == asked), None)
    if template is None:
        return redirect(page_of(request, scheme))
    try:
        content = papers.fill(template, paper_fields.about(scheme, today))
    except refusals.RefusedError as error:
        messages.error(request, error.refusal.sentence)
        return redirect(page_of(request, scheme))
    name = f"{template.kind}-{scheme.code}.docx"
    return sent(FileResponse(content, as_attachment=True, filename=name), papers.DOCX)
