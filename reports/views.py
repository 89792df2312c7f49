"""Reports: ask for one, watch it being built, read its figures, fetch its file."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from khuyencong import refusals, text
from khuyencong.forms import saving
from khuyencong.paging import paginate
from reports import kinds, services, storage
from reports.forms import ReportForm
from reports.models import Report, Status

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE_SIZE = 20
NEWEST_FIRST = ("-pk",)


def visible_report(request, pk, *, rows=None):
    """The report, or 404 when it does not exist or is another territory's."""
    rows = Report.objects.for_list() if rows is None else rows
    return get_object_or_404(rows.visible_to(request.user), pk=pk)


@require_safe
@permission_required("reports.view_report", raise_exception=True)
def report_list(request):
    """`?kind=` chooses which report the form asks for; without it the first of the catalogue."""
    reports = Report.objects.visible_to(request.user).for_list()
    may_ask = request.user.has_perm("reports.add_report")
    context = {
        "form": ReportForm(user=request.user, kind=chosen_kind(request.GET)) if may_ask else None,
        "kinds": list(kinds.CATALOGUE.values()),
        "running": reports.in_flight().order_by("pk"),
        "page": paginate(request, reports.ended(), NEWEST_FIRST, size=PAGE_SIZE),
    }
    return render(request, "reports/report_list.html", context)


def chosen_kind(query):
    """The kind that an address or a form names; the first one when it names none that there is."""
    first = next(iter(kinds.CATALOGUE.values()))
    return kinds.CATALOGUE.get(query.get("kind"), first)


@require_POST
@permission_required("reports.add_report", raise_exception=True)
def report_request(request):
    form = ReportForm(request.POST, user=request.user, kind=chosen_kind(request.POST))
    if form.is_valid():
        asked = form.cleaned_data
        with saving(form):
            report = services.request_report(
                asked["kind"],
                province=asked["province"],
                boundaries=asked["boundaries"],
                period=asked["period"],
                cut_off=asked["cut_off"],
                by=request.user,
            )
        if not form.errors:
            return redirect(report)
    return render(request, "reports/report_request.html", {"form": form, "running": form.running()})


@require_safe
@permission_required("reports.view_report", raise_exception=True)
def report_detail(request, pk):
    report = visible_report(request, pk, rows=Report.objects.for_page())
    context = {"report": report}
    if report.status == Status.DONE:
        kind = kinds.find(report.kind)
        context |= {"figures_template": kind.template} | kind.page(report, request.user)
    return render(request, "reports/report_detail.html", context)


@require_safe
@permission_required("reports.view_report", raise_exception=True)
def report_progress(request, pk):
    """The fragment that a page asks for every second; a report's own page is loaded anew when it has ended."""
    report = visible_report(request, pk)
    if not request.htmx:
        return redirect(report)
    if not report.is_in_flight and request.htmx.current_url_abs_path == report.get_absolute_url():
        return HttpResponseClientRefresh()
    return render(request, "reports/_progress.html", {"report": report})


@require_safe
@permission_required("reports.view_report", raise_exception=True)
def report_download(request, pk):
    """The file, byte for byte as it was issued; 409 when it is gone or was altered. Without a file: the report's page."""
    report = visible_report(request, pk)
    if report.status != Status.DONE:
        return redirect(report)
    try:
        content = storage.read(report)
    except storage.DamagedFileError:
        return render(request, "reports/report_damaged.html", {"report": report}, status=409)
    response = FileResponse(BytesIO(content), as_attachment=True, filename=_file_name(report), content_type=XLSX)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _file_name(report):
    """'tong-ket-khuyen-cong-nghe-an-2016-2020.xlsx': plain letters, which every system keeps."""
    place = text.search_key(report.province.name if report.province else "toàn quốc").replace(" ", "-")
    return f"{kinds.find(report.kind).file_stem}-{place}-{report.period.code}.xlsx"


@require_POST
@permission_required("reports.add_report", raise_exception=True)
def report_retry(request, pk):
    report = visible_report(request, pk)
    try:
        report = services.retry_report(report, by=request.user)
    except (IntegrityError, refusals.RefusedError) as error:
        messages.error(request, refusals.explain(error).sentence)
    return redirect(report)


@require_POST
@permission_required("reports.add_report", raise_exception=True)
def report_cancel(request, pk):
    report = visible_report(request, pk)
    try:
        services.cancel_report(report, by=request.user)
    except refusals.RefusedError as error:
        messages.error(request, refusals.explain(error).sentence)
    else:
        messages.success(request, "Đã hủy lập báo cáo.")
    return redirect(report)
