"""The facilities that are followed after support, as they are filtered, as a workbook."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.models import SchemeBeneficiary
from programmes.monitoring import lists
from programmes.monitoring.filters import MonitoringFilter
from reports import workbook
from reports.layouts import monitoring_export as layout

MOST_ROWS = 2_000
TOO_MANY = "Danh sách này có hơn 2.000 dòng. Hãy lọc bớt (theo địa bàn, nội dung, tình trạng) rồi xuất lại."


@require_safe
@permission_required("programmes.view_monitoringrecord", raise_exception=True)
def monitoring_export(request):
    """The filtered list of one year; above 2.000 rows the list again, with the way out."""
    benefits = SchemeBeneficiary.objects.visible_to(request.user)
    filters = MonitoringFilter(request.GET, queryset=benefits, request=request)
    found = list(lists.for_list(filters.qs).order_by("-pk")[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        messages.error(request, TOO_MANY)
        return redirect(f"{reverse('programmes:monitoring-list')}?{request.GET.urlencode()}")
    rows = lists.rows(found, filters.year)
    basis = f", {filters.basis.label.lower()}" if filters.basis else ""
    subtitle = (
        f"Năm {filters.year}: {len(rows)} dòng theo bộ lọc{basis}, lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"
    )
    file = BytesIO()
    workbook.write((layout.sheet(rows, filters.year, lists.sums(filters.qs, filters.year), subtitle),), file)
    file.seek(0)
    name = f"theo-doi-{filters.year}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)
