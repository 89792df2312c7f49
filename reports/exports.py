"""What a list shows, as a workbook: small enough to be made while one waits."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes import tables
from programmes.filters import SchemeFilter
from programmes.models import Scheme
from reports import workbook
from reports.layouts import scheme_export as layout

MOST_ROWS = 2_000
TOO_MANY = (
    "Danh sách này có hơn 2.000 đề án. Hãy lọc bớt (theo năm, cấp, nội dung) rồi xuất lại, hoặc lập báo cáo giai đoạn."
)


@dataclass(frozen=True)
class ExportRow:
    """A scheme, what counts today by source, and the texts that the list makes of its parts."""

    scheme: Scheme
    amounts: dict
    total: Decimal

    @property
    def beneficiaries(self):
        return "; ".join(one.facility.name for one in self.scheme.beneficiaries.all())

    @property
    def decision(self):
        scheme = self.scheme
        return f"{scheme.decision_number}, {scheme.decision_on:%d/%m/%Y}" if scheme.decision_on else ""


@require_safe
@permission_required("programmes.view_scheme", raise_exception=True)
def scheme_export(request):
    """The filtered list of schemes; above 2.000 rows the list again, with the way out."""
    filters = SchemeFilter(request.GET, queryset=Scheme.objects.visible_to(request.user), request=request)
    schemes = list(filters.qs.for_list().select_related("implementing_unit")[: MOST_ROWS + 1])
    if len(schemes) > MOST_ROWS:
        messages.error(request, TOO_MANY)
        return redirect(f"{reverse('programmes:scheme-list')}?{request.GET.urlencode()}")
    rows = [ExportRow(row.scheme, row.amounts, row.total) for row in tables.list_rows(schemes)]
    columns = tables.list_columns(filters.qs)
    total = tables.Row(None, {c.source.pk: c.total for c in columns}, sum(c.total for c in columns))
    basis = f", {filters.basis.label.lower()}" if filters.basis else ""
    subtitle = f"{len(rows)} đề án theo bộ lọc{basis}, lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"
    file = BytesIO()
    workbook.write((layout.sheet(rows, [c.source for c in columns], total, subtitle),), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"de-an-{timezone.localdate():%Y-%m-%d}.xlsx")
