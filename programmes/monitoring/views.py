"""Following facilities after support: the list of all, and the figures of one scheme for one year."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from khuyencong.back import back_query, carrying
from khuyencong.paging import paginate
from programmes.models import SchemeBeneficiary
from programmes.monitoring import lists
from programmes.monitoring.filters import FOLLOWED_SENTENCE, MonitoringFilter
from programmes.monitoring.sheet import MonitoringSheet, usual_year, years_of
from programmes.views.schemes import visible_scheme

NOT_YET = "Đề án ở trạng thái “{}”: số liệu trước hỗ trợ ghi được khi đề án đã phê duyệt, sau hỗ trợ khi đã nghiệm thu."
NOBODY = "Đề án không có đơn vị thụ hưởng riêng nên không có gì để theo dõi."
SAVED = "Đã lưu số liệu năm {} của {} cơ sở."
NOTHING = "Không có ô nào thay đổi nên không lưu gì."


@require_safe
@permission_required("programmes.view_monitoringrecord", raise_exception=True)
def monitoring_list(request):
    """The facilities that are followed in `?year=`, those that told nothing among them."""
    benefits = SchemeBeneficiary.objects.visible_to(request.user)
    filters = MonitoringFilter(request.GET, queryset=benefits, request=request)
    page = paginate(request, lists.for_list(filters.qs), ("-pk",))
    sums = lists.sums(filters.qs, filters.year)
    context = {
        "filters": filters,
        "year": filters.year,
        "page": page,
        "rows": lists.rows(page.rows, filters.year),
        "totals": lists.strip(filters.qs, filters.year, sums),
        "rule": FOLLOWED_SENTENCE,
        "here": request.GET.urlencode(),
    }
    return render(request, "programmes/monitoring/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_monitoringrecord", raise_exception=True)
def monitoring_edit(request, pk):
    """The figures of all beneficiaries of a scheme for `?year=`."""
    scheme = visible_scheme(request, pk)
    years = years_of(scheme, timezone.localdate())
    if not years or not scheme.beneficiaries.exists():
        messages.error(request, NOBODY if years else NOT_YET.format(scheme.get_status_display()))
        return redirect(carrying(request, scheme.get_absolute_url()))
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else usual_year(scheme, years)
    sheet = MonitoringSheet(scheme, year, request.user, request.POST or None)
    if request.method == "POST" and _is_saved(request, sheet):
        return redirect(carrying(request, f"{scheme.get_absolute_url()}"))
    context = {"scheme": scheme, "sheet": sheet, "year": year, "years": years, "back": back_query(request)}
    return render(request, "programmes/monitoring/edit.html", context)


def _is_saved(request, sheet):
    changed = sheet.save()
    if changed:
        messages.success(request, SAVED.format(sheet.year, changed))
    elif changed == 0:
        messages.info(request, NOTHING)
    return changed is not None
