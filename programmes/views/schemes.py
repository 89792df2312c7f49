"""Schemes: list, page, history."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from khuyencong import history, refusals
from khuyencong.back import back_query, carrying
from khuyencong.paging import paginate
from programmes import progress, scheme_sections, tables
from programmes.actions import actions
from programmes.filters import SchemeFilter
from programmes.grounds import with_grounds
from programmes.models import (
    Adjustment,
    Appraisal,
    CeilingException,
    FundingLine,
    LedgerEntry,
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
    *(Appraisal, ReviewComment, StepPaper, CeilingException, Adjustment, LedgerEntry),
)


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
        "beneficiaries": with_grounds(scheme.beneficiaries),
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
