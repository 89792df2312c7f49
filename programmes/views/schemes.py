"""Schemes: list, page, form, history."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from khuyencong import history, refusals
from khuyencong.back import back_query, carrying
from khuyencong.models import Province
from khuyencong.paging import paginate
from programmes import progress, scheme_sections, services, tables
from programmes.actions import actions
from programmes.filters import SchemeFilter
from programmes.forms.editor import SchemeEditor
from programmes.models import (
    Appraisal,
    CeilingException,
    FundingLine,
    ReviewComment,
    Scheme,
    SchemeBeneficiary,
    SchemeContent,
    SchemeCoordinator,
    SchemeResult,
    SchemeYear,
    StepPaper,
)

LIST_ORDER = ("-year", "-pk")
PARTS = (
    *(FundingLine, SchemeBeneficiary, SchemeResult, SchemeContent, SchemeYear, SchemeCoordinator),
    *(Appraisal, ReviewComment, StepPaper, CeilingException),
)
ABOVE = "Có %s chỗ vượt mức hỗ trợ. Giảm số tiền, hoặc ghi lý do ngay dưới cơ sở rồi lưu lại."
UNANSWERED = "Đã lưu, chưa gửi: còn %s ý kiến thẩm định chưa có giải trình."
IN_THE_FORM = {  # refusals that the form itself can mend, and where
    "scheme_within_ceilings": "part-beneficiaries",
    "scheme_flagship_contents": "id_other_contents",
    "scheme_asks_for_money": "part-funding",
}


def anchor_of(refusal):
    """Where on the scheme's page a refused step can be mended: '#dossier' when papers are missing."""
    return "#dossier" if refusal.code == "scheme_dossier_complete" else ""


def visible_scheme(request, pk):
    """The scheme, or 404 when it does not exist or belongs to another province."""
    return get_object_or_404(Scheme.objects.visible_to(request.user).for_page(), pk=pk)


@require_safe
@permission_required("programmes.view_scheme", raise_exception=True)
def scheme_list(request):
    filters = SchemeFilter(request.GET, queryset=Scheme.objects.visible_to(request.user), request=request)
    page = paginate(request, filters.qs.for_list(), LIST_ORDER)
    columns, rows = tables.list_columns(filters.qs), tables.list_rows(page.rows)
    context = {
        "filters": filters,
        "page": page,
        "rows": rows,
        "columns": columns,
        "totals": tables.list_totals(columns, page.count_label),
        "page_totals": tables.page_totals(rows, columns),
        "here": request.GET.urlencode(),
    }
    return render(request, "programmes/scheme_list.html", context)


@require_safe
@permission_required("programmes.view_scheme", raise_exception=True)
def scheme_detail(request, pk):
    scheme = visible_scheme(request, pk)
    context = {
        "scheme": scheme,
        "money": tables.stages_table(scheme),
        "beneficiaries": scheme.beneficiaries.named(),
        "results": scheme.results.named(),
        "steps": progress.steps(scheme),
        "timeline": progress.timeline(scheme),
        "actions": actions(scheme, request.user),
        "waits": progress.waits(scheme, request.user),
        "years": progress.years(scheme),
        "other_contents": scheme.other_contents.select_related("content"),
        "coordinators": scheme.coordinators.select_related("unit"),
        "comments": scheme.comments.filter(submitted_at=scheme.submitted_at).select_related("answered_by"),
        "sections": scheme_sections.sections_of(scheme, request.user),
        "back": back_query(request),
    }
    return render(request, "programmes/scheme_detail.html", context)


@require_safe
@permission_required("programmes.view_scheme", raise_exception=True)
def scheme_history(request, pk):
    scheme = visible_scheme(request, pk)
    parts = [model.pgh_event_model.objects.filter(scheme_id=scheme.pk) for model in PARTS]
    context = {"record": scheme, "entries": history.entries(scheme.events.all(), *parts)}
    return render(request, "history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.add_scheme", raise_exception=True)
def scheme_create(request):
    """The form of a new scheme. The same opened form sent twice, also at once, makes one draft."""
    token = _token(request.POST.get("entry"))
    if made := _made_of(request, token):
        return _edit_made(request, made)
    today = timezone.localdate()
    province = Province.objects.visible_to(request.user).on(today).first()
    return _edit(request, Scheme(year=today.year, province=province, entry_token=token))


def _made_of(request, token):
    """The scheme that this very form has made already."""
    made = Scheme.objects.visible_to(request.user).filter(created_by=request.user)
    return made.filter(entry_token=token).first() if token else None


def _token(text):
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _edit_made(request, scheme):
    """A new form came once more after it had been saved: the same again changes nothing, other text goes on as an edit."""
    editor = SchemeEditor(scheme, request.user, request.POST)
    if not scheme.is_editable or ("version" not in request.POST and editor.is_repeat()):
        messages.success(request, f"Đề án này đã được lưu thành {scheme.code}.")
        return redirect(carrying(request, scheme.get_absolute_url()))
    return _edit(request, visible_scheme(request, scheme.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_edit(request, pk):
    scheme = visible_scheme(request, pk)
    if not scheme.is_editable:
        messages.error(request, f"Đề án đang ở trạng thái “{scheme.get_status_display()}” nên không sửa được nội dung.")
        return redirect(carrying(request, scheme.get_absolute_url()))
    return _edit(request, scheme)


def _edit(request, scheme):
    editor = SchemeEditor(scheme, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and editor.is_valid() and editor.save():
        messages.success(request, f"Đã lưu đề án {scheme.code}.")
        return _send_saved(request, editor) if "submit" in request.POST else _after_save(request, editor)
    if editor.form.errors and scheme.pk is None and (made := _made_of(request, scheme.entry_token)):
        return _edit_made(request, made)  # the other of two posts at once was faster
    return render(request, "programmes/scheme_form.html", {"editor": editor, "back": back_query(request)})


def _after_save(request, editor):
    """To the scheme's page, or back to the form when something asked is above the rules of support."""
    above = editor.reasons.missing
    if above:
        messages.warning(request, ABOVE % len(above))
    return _to_form(request, editor, "part-beneficiaries") if above else _to_page(request, editor)


def _send_saved(request, editor):
    """The form's second button: save, then send; when it cannot be sent, what was saved stays and the reason is said."""
    if editor.answers.unanswered:
        messages.error(request, UNANSWERED % len(editor.answers.unanswered))
        return _to_form(request, editor, "comments")
    try:
        services.submit_scheme(editor.scheme, by=request.user)
    except (IntegrityError, refusals.RefusedError) as error:
        refusal = refusals.explain(error)
        messages.error(request, f"Chưa gửi được: {refusal.sentence}")
        if anchor := IN_THE_FORM.get(refusal.code):
            return _to_form(request, editor, anchor)
        return _to_page(request, editor, anchor_of(refusal))
    messages.success(request, "Đã gửi thẩm định.")
    return _to_page(request, editor)


def _to_form(request, editor, anchor):
    address = reverse("programmes:scheme-edit", args=[editor.scheme.pk])
    return redirect(f"{carrying(request, address)}#{anchor}")


def _to_page(request, editor, anchor=""):
    return redirect(carrying(request, editor.scheme.get_absolute_url()) + anchor)


@require_POST
@permission_required("programmes.delete_scheme", raise_exception=True)
def scheme_delete(request, pk):
    scheme = visible_scheme(request, pk)
    try:
        with transaction.atomic():
            scheme.delete()
    except IntegrityError as error:
        messages.error(request, refusals.explain(error).sentence)
        return redirect(carrying(request, scheme.get_absolute_url()))
    messages.success(request, f"Đã xóa bản nháp {scheme.code}.")
    return redirect(f"{reverse('programmes:scheme-list')}{back_query(request)}")
