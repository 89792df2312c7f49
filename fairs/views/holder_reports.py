"""Yearly reports of those who hold certificates: who owes one, who gave one, the form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities import versions
from facilities.models import Facility
from fairs.models import HolderReport
from fairs.products import holders
from fairs.products.holder_filters import HolderFilter
from fairs.products.holder_forms import HolderReportForm
from khuyencong import history
from khuyencong.back import back_query
from khuyencong.forms import saving
from khuyencong.money import format_amount
from khuyencong.paging import paginate
from khuyencong.templatetags.portal import million


def visible_report(request, pk):
    rows = HolderReport.objects.visible_to(request.user).select_related("facility")
    return get_object_or_404(rows, pk=pk)


def to_list(request):
    return HttpResponseRedirect(f"{reverse('fairs:holder-report-list')}{back_query(request)}")


@require_safe
@permission_required("fairs.view_holderreport", raise_exception=True)
def holder_report_list(request):
    """Facilities that have to report on `?year=`, those that told nothing among them."""
    facilities = Facility.objects.visible_to(request.user).standing()
    filters = HolderFilter(request.GET, queryset=facilities, request=request)
    page = paginate(request, filters.qs.for_list(), ("sort_key", "pk"))
    context = {
        "filters": filters,
        "year": filters.year,
        "page": page,
        "reports": holders.reports_of(page.rows),
        "totals": _strip(holders.totals(filters.qs)),
        "here": request.GET.urlencode(),
    }
    return render(request, "fairs/products/holder_report_list.html", context)


def _strip(found):
    missing = found["holders"] - found["received"]
    return [
        {"label": "Cơ sở phải báo cáo", "value": format_amount(found["holders"])},
        {"label": "Đã báo cáo", "value": format_amount(found["received"])},
        {"label": "Chưa báo cáo", "value": format_amount(missing)},
        {"label": "Doanh thu", "unit": "triệu đồng", "value": million(found["revenue"]) or "—"},
        {"label": "Xuất khẩu", "unit": "triệu đồng", "value": million(found["export_value"]) or "—"},
    ]


@require_safe
@permission_required("fairs.view_holderreport", raise_exception=True)
def holder_report_history(request, pk):
    report = visible_report(request, pk)
    return render(request, "history.html", {"record": report, "entries": history.entries(report.events.all())})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_holderreport", raise_exception=True)
def holder_report_create(request):
    """`?facility=` and `?year=` fill the first two boxes."""
    asked = {name: request.GET.get(name, "") for name in ("facility", "year")}
    year = {} if asked["year"] else {"year": timezone.localdate().year - 1}
    return _edit(request, HolderReport(recorded_by=request.user), initial=asked | year)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_holderreport", raise_exception=True)
def holder_report_edit(request, pk):
    return _edit(request, visible_report(request, pk))


def _edit(request, report, initial=None):
    form = HolderReportForm(request.POST or None, instance=report, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(report, request.POST.get("seen", ""))
            form.save()
        if not form.errors:
            messages.success(request, f"Đã lưu báo cáo của {report}.")
            return to_list(request)
    context = {"form": form, "back": back_query(request), "seen": versions.newest(report)}
    context["others"] = versions.since(report, request.POST.get("seen", ""))
    return render(request, "fairs/products/holder_report_form.html", context)


@require_POST
@permission_required("fairs.delete_holderreport", raise_exception=True)
def holder_report_delete(request, pk):
    report = visible_report(request, pk)
    report.delete()
    messages.success(request, f"Đã xóa báo cáo của {report}.")
    return to_list(request)
