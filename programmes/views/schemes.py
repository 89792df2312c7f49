"""Schemes: list, page, form, history."""

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
from programmes.filters import SchemeFilter
from programmes.forms.editor import SchemeEditor
from programmes.models import FundingLine, Scheme, SchemeBeneficiary, SchemeResult

LIST_ORDER = ("-year", "-pk")
PARTS = (FundingLine, SchemeBeneficiary, SchemeResult)


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
        "can": progress.next_actions(scheme, request.user),
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
    today = timezone.localdate()
    provinces = Province.objects.visible_to(request.user).on(today)
    return _edit(request, Scheme(year=today.year, province=provinces.first()))


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
        if "submit" in request.POST:
            return _submit_saved(request, editor)
        return redirect(carrying(request, scheme.get_absolute_url()))
    return render(request, "programmes/scheme_form.html", {"editor": editor, "back": back_query(request)})


def _submit_saved(request, editor):
    """The form's second button: save, then send; when it cannot be sent, what was saved stays and the reason is said."""
    try:
        services.submit_scheme(editor.scheme, by=request.user)
    except (IntegrityError, refusals.RefusedError) as error:
        messages.error(request, f"Chưa gửi được: {refusals.explain(error).sentence}")
    else:
        messages.success(request, "Đã gửi thẩm định.")
    return redirect(carrying(request, editor.scheme.get_absolute_url()))


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
