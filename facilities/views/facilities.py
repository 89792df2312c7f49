"""The register of facilities: list, page, form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q, Sum
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from facilities import merged, priority, sections
from facilities.eligibility import hint
from facilities.figures import year_chart
from facilities.filters import FacilityFilter
from facilities.forms.editor import FacilityEditor
from facilities.models import Facility, FacilityYear
from khuyencong import history
from khuyencong.back import back_query, carrying
from khuyencong.money import format_amount
from khuyencong.paging import paginate

OPTIONS = 20
DIVIDED = "{commune} đã chia tách: chọn xã, phường hiện nay của cơ sở trong hàng chờ “Địa bàn đã chia tách”."
MERGED = "Cơ sở này đã gộp vào “{kept}”: hãy sửa ở cơ sở được giữ lại."


@require_safe
@permission_required("facilities.view_facility", raise_exception=True)
def facility_list(request):
    """Facilities that stand; those merged into another one are found under it."""
    facilities = Facility.objects.visible_to(request.user).standing()
    filters = FacilityFilter(request.GET, queryset=facilities, request=request)
    page = paginate(request, filters.qs.for_list(), ("sort_key", "pk"))
    totals = _totals(filters.qs, page.count_label)
    context = {
        "filters": filters,
        "page": page,
        "former_names": merged.former_names(page.rows),
        "totals": totals,
        "here": request.GET.urlencode(),
    }
    return render(request, "facilities/facility_list.html", context)


def _totals(facilities, count_label):
    found = facilities.order_by().aggregate(people=Sum("workers", default=0), silent=Count("pk", Q(workers=None)))
    strip = [
        {"label": "Số cơ sở", "value": count_label},
        {"label": "Tổng lao động", "value": format_amount(found["people"]), "unit": "người"},
    ]
    if found["silent"]:
        strip.append({"label": "Chưa ghi lao động", "value": format_amount(found["silent"]), "unit": "cơ sở"})
    return strip


@require_safe
@permission_required("facilities.view_facility", raise_exception=True)
def facility_options(request):
    """Facilities for a select that is typed into: at most 20 that stand, also by the names of those merged into them.

    `?legal_form=village`: only of that form.
    """
    found = Facility.objects.visible_to(request.user).matching(request.GET.get("q", "")).for_page()
    if form := request.GET.get("legal_form"):
        found = found.filter(Q(merged_into=None, legal_form=form) | Q(merged_into__legal_form=form))
    options = {}
    for one in found.order_by("sort_key", "pk")[: 2 * OPTIONS]:
        kept = one.merged_into or one
        note = f"tên cũ: {one.name}" if one.merged_into else one.place or one.tax_code
        options.setdefault(kept.pk, {"value": kept.pk, "text": kept.name, "note": note})
    return JsonResponse({"results": list(options.values())[:OPTIONS]})


@require_safe
@permission_required("facilities.view_facility", raise_exception=True)
def facility_detail(request, pk):
    """All that is known of one facility. What it received is told by the apps above (`facilities.sections`)."""
    facility = get_object_or_404(Facility.objects.visible_to(request.user).for_page(), pk=pk)
    today = timezone.localdate()
    marks, years = priority.marks(facility), merged.years_of(facility)
    context = {
        "facility": facility,
        "sections": sections.sections_of(facility, request.user, today),
        "marks": marks,
        "laws": list(dict.fromkeys(mark.law for mark in marks)),
        "hint": hint(facility, today),
        "years": years,
        "year_chart": year_chart(years),
        "back": back_query(request),
    } | merged.panel(facility, request.user)
    return render(request, "facilities/facility_detail.html", context)


@require_safe
@permission_required("facilities.view_facility", raise_exception=True)
def facility_history(request, pk):
    facility = get_object_or_404(Facility.objects.visible_to(request.user), pk=pk)
    years = history.entries(FacilityYear.pgh_event_model.objects.filter(facility=facility))
    entries = sorted([*merged.history_of(facility), *years], key=lambda entry: entry.at, reverse=True)
    context = {"record": facility, "entries": entries}
    return render(request, "history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.add_facility", raise_exception=True)
def facility_create(request):
    return _edit(request, Facility())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.change_facility", raise_exception=True)
def facility_edit(request, pk):
    facility = get_object_or_404(Facility.objects.visible_to(request.user).for_page(), pk=pk)
    if facility.merged_into:
        messages.error(request, MERGED.format(kept=facility.merged_into))
        return redirect(carrying(request, facility.merged_into.get_absolute_url()))
    return _edit(request, facility)


def _edit(request, facility):
    editor = FacilityEditor(facility, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and editor.is_valid() and editor.save():
        messages.success(request, f"Đã lưu cơ sở {facility}.")
        _tell_if_divided(request, facility)
        return redirect(carrying(request, facility.get_absolute_url()))
    context = {
        "editor": editor,
        "form": editor.form,
        "hint": hint(facility, timezone.localdate()) if facility.pk or editor.form.is_bound else None,
        "back": back_query(request),
    }
    return render(request, "facilities/facility_form.html", context)


def _tell_if_divided(request, facility):
    facility.refresh_from_db(fields=["commune_today"])
    if facility.commune and not facility.commune_today:
        messages.warning(request, DIVIDED.format(commune=capfirst(facility.commune.full_name)))
