"""The register as it is filtered, as a workbook: small enough to be made while one waits."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from facilities.filters import FacilityFilter
from facilities.models import Facility
from reports import workbook
from reports.layouts import facility_export as layout

MOST_ROWS = 2_000
TOO_MANY = "Danh sách này có hơn 2.000 cơ sở. Hãy lọc bớt (theo xã, huyện cũ, ngành nghề, loại hình) rồi xuất lại."


@require_safe
@permission_required("facilities.view_facility", raise_exception=True)
def facility_export(request):
    """The filtered list of facilities; above 2.000 rows the list again, with the way out."""
    standing = Facility.objects.visible_to(request.user).standing()
    filters = FacilityFilter(request.GET, queryset=standing, request=request)
    found = filters.qs.for_list().select_related("cluster", "craft_village").order_by("sort_key", "pk")
    facilities = list(found[: MOST_ROWS + 1])
    if len(facilities) > MOST_ROWS:
        messages.error(request, TOO_MANY)
        return redirect(f"{reverse('facilities:facility-list')}?{request.GET.urlencode()}")
    basis = f", {filters.basis.label.lower()}" if filters.basis else ""
    subtitle = f"{len(facilities)} cơ sở theo bộ lọc{basis}, lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"
    file = BytesIO()
    workbook.write((layout.sheet(facilities, subtitle),), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"co-so-{timezone.localdate():%Y-%m-%d}.xlsx")
