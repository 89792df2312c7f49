"""The book of a province and its reconciliation, as they are filtered, as workbooks made while one waits."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.ledger import reconciliation
from programmes.ledger.filters import LedgerFilter, ReconciliationFilter
from programmes.models import LedgerEntry, Scheme
from reports.budget_exports import as_file
from reports.layouts import ledger_export as layout

MOST_ROWS = 5_000
TOO_MANY = "Danh sách này có hơn 5.000 dòng. Hãy lọc bớt (theo năm, nguồn, địa bàn) rồi xuất lại."


@require_safe
@permission_required("programmes.view_ledgerentry", raise_exception=True)
def ledger_export(request):
    """The filtered book; above 5.000 entries the page again, with the way out."""
    filters = LedgerFilter(request.GET, queryset=LedgerEntry.objects.visible_to(request.user), request=request)
    entries = list(filters.qs.for_list().order_by("entered_on", "pk")[: MOST_ROWS + 1])
    if len(entries) > MOST_ROWS:
        return _too_many(request, "programmes:ledger-list")
    return as_file(
        (layout.book(entries, filters.qs.totals(), _subtitle(f"{len(entries)} bút toán", filters)),), "so-thu-chi"
    )


@require_safe
@permission_required("programmes.view_ledgerentry", raise_exception=True)
def reconciliation_export(request):
    """The filtered reconciliation, all its schemes."""
    filters = ReconciliationFilter(request.GET, queryset=Scheme.objects.visible_to(request.user), request=request)
    rows = reconciliation.rows(filters.qs)
    if len(rows) > MOST_ROWS:
        return _too_many(request, "programmes:reconciliation")
    total = reconciliation.total(rows)
    subtitle = _subtitle(f"{filters.period.capitalize()}: {total.count} đề án", filters)
    sources = reconciliation.by_source(rows)
    return as_file(layout.reconciled(rows, total, sources, reconciliation.explain, subtitle), "doi-chieu")


def _subtitle(what, filters):
    basis = f", {filters.basis.label.lower()}" if filters.basis else ""
    return f"{what} theo bộ lọc{basis}, lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"


def _too_many(request, name):
    messages.error(request, TOO_MANY)
    return redirect(f"{reverse(name)}?{request.GET.urlencode()}")
