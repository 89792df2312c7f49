"""The budget of a year and the targets of a programme, as workbooks made while one waits."""

from io import BytesIO

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.budgets.filters import BudgetFilter
from programmes.budgets.table import year_table
from programmes.models import Allocation
from programmes.targets.page import sections
from programmes.targets.visible import programmes_for
from reports import workbook
from reports.layouts import budget_export, programme_export

MOST_DECISIONS = 2_000


@require_safe
@permission_required("programmes.view_yearbudget", raise_exception=True)
def budget_export_file(request):
    """The page of a year as it is filtered."""
    filters = BudgetFilter(request.GET, queryset=Allocation.objects.visible_to(request.user), request=request)
    decisions = list(filters.qs.named().order_by("decision_on", "pk")[:MOST_DECISIONS])
    table = year_table(filters.provinces, filters.chosen_year)
    basis = f"{filters.basis.label}, " if filters.basis else ""
    subtitle = f"{basis}lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"
    return as_file(budget_export.sheets(table, decisions, subtitle), f"du-toan-{table.year}")


@require_safe
@permission_required("programmes.view_programmetarget", raise_exception=True)
def programme_export_file(request, pk):
    """The page of one programme."""
    programme = get_object_or_404(programmes_for(request.user), pk=pk)
    moment = f"lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"
    sheets = programme_export.sheets(programme, *sections(programme, request.user, timezone.localdate()), moment)
    return as_file(sheets, f"chuong-trinh-{programme.first_year}-{programme.last_year}")


def as_file(sheets, name):
    """A download of these sheets."""
    file = BytesIO()
    workbook.write(sheets, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}-{timezone.localdate():%Y-%m-%d}.xlsx")
