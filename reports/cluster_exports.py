"""Workbooks of clusters that are made while one waits: the filtered list, and Biểu 03 of one commune."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from facilities.clusters import totals
from facilities.clusters.filters import ClusterFilter
from facilities.clusters.report_form import CommuneReportForm
from facilities.models import IndustrialCluster
from khuyencong import text
from khuyencong.ratios import percentage
from reports import cluster_sources, workbook
from reports.figures.clusters import cluster_report, total
from reports.figures.rows import Agencies, Subject, Territory
from reports.layouts import cluster_export as layout
from reports.layouts.clusters import commune_sheets

MOST_ROWS = 2_000
TOO_MANY = "Danh sách này có hơn 2.000 cụm công nghiệp. Hãy lọc bớt rồi xuất lại."
TITLE = "Báo cáo cụm công nghiệp"


@dataclass(frozen=True)
class ExportRow:
    """A cluster with its `area` and `leased` land."""

    cluster: IndustrialCluster

    @property
    def occupancy(self):
        return percentage(self.cluster.leased, self.cluster.industrial_land)


@dataclass(frozen=True)
class ExportTotals:
    """What the columns of hectares add up to; None when nothing is known."""

    area: Decimal | None
    land: Decimal | None
    leased: Decimal | None


@require_safe
@permission_required("facilities.view_industrialcluster", raise_exception=True)
def cluster_export(request):
    """The filtered list of clusters; above 2.000 rows the list again, with the way out."""
    visible = IndustrialCluster.objects.visible_to(request.user)
    filters = ClusterFilter(request.GET, queryset=visible.for_list(), request=request)
    found = list(totals.with_area(totals.with_leased(filters.qs), timezone.localdate())[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        messages.error(request, TOO_MANY)
        return redirect("facilities:cluster-list")
    sums = ExportTotals(
        total(one.area for one in found),
        total(one.industrial_land for one in found),
        total(one.leased for one in found),
    )
    basis = f", {filters.basis.label.lower()}" if filters.basis else ""
    subtitle = f"{len(found)} cụm công nghiệp theo bộ lọc{basis}, lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"
    sheet = layout.sheet([ExportRow(one) for one in found], sums, subtitle)
    return _file((sheet,), f"cum-cong-nghiep-{timezone.localdate():%Y-%m-%d}.xlsx")


@require_safe
@permission_required("facilities.view_industrialcluster", raise_exception=True)
def cluster_form_03(request):
    """`?commune=<id>&period=2026-H1`: Biểu 03 of a commune of today; without a right choice the list, with a sentence."""
    form = CommuneReportForm(request.GET, user=request.user, today=timezone.localdate())
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, " ".join(sentences))
        return redirect("facilities:cluster-list")
    commune, period = form.cleaned_data["commune"], form.cleaned_data["period"]
    rows = cluster_sources.read_commune(commune, request.user, period)
    name = f"bieu-03-{text.search_key(commune.name).replace(' ', '-')}-{period.code}.xlsx"
    return _file(commune_sheets(cluster_report(rows, _subject(commune, period))), name)


def _subject(commune, period):
    agencies = Agencies(
        issuer=f"UBND {commune.full_name}",
        authority=f"UBND {commune.province.full_name}",
        abbreviation="UBND",
        seat=commune.name,
    )
    territory = Territory(commune.code, f"{commune.name}, {commune.province.full_name}", commune.get_kind_display())
    return Subject("ccn", TITLE, territory, period, timezone.localdate(), timezone.localtime(), agencies=agencies)


def _file(sheets, name):
    file = BytesIO()
    workbook.write(sheets, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)
