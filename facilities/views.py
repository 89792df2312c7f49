"""The register of facilities: list, page, form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Sum
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from facilities.filters import FacilityFilter
from facilities.forms import FacilityForm
from facilities.models import Facility
from khuyencong import history
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from khuyencong.paging import paginate

OPTIONS = 20


@require_safe
@permission_required("facilities.view_facility", raise_exception=True)
def facility_list(request):
    facilities = Facility.objects.visible_to(request.user).for_list()
    filters = FacilityFilter(request.GET, queryset=facilities, request=request)
    page = paginate(request, filters.qs, ("sort_key", "pk"))
    return render(request, "facilities/facility_list.html", {"filters": filters, "page": page})


@require_safe
@permission_required("facilities.view_facility", raise_exception=True)
def facility_options(request):
    """Facilities for a select that is typed into: at most 20, exact places first by name."""
    found = Facility.objects.visible_to(request.user).matching(request.GET.get("q", "")).order_by("sort_key", "pk")
    results = [{"value": one.pk, "text": one.name, "note": one.place or one.tax_code} for one in found[:OPTIONS]]
    return JsonResponse({"results": results})


@require_safe
@permission_required("facilities.view_facility", raise_exception=True)
def facility_detail(request, pk):
    facility = get_object_or_404(Facility.objects.visible_to(request.user).for_list(), pk=pk)
    received = facility.benefits.visible_to(request.user)
    benefits = received.select_related("scheme", "scheme__content").order_by("-scheme__year", "-pk")
    context = {
        "facility": facility,
        "benefits": benefits,
        "received": received.aggregate(proposed=Sum("proposed_amount"), approved=Sum("approved_amount")),
        "back": back_query(request),
    }
    return render(request, "facilities/facility_detail.html", context)


@require_safe
@permission_required("facilities.view_facility", raise_exception=True)
def facility_history(request, pk):
    facility = get_object_or_404(Facility.objects.visible_to(request.user), pk=pk)
    context = {"record": facility, "entries": history.entries(facility.events.all())}
    return render(request, "history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.add_facility", raise_exception=True)
def facility_create(request):
    return _edit(request, Facility())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.change_facility", raise_exception=True)
def facility_edit(request, pk):
    return _edit(request, get_object_or_404(Facility.objects.visible_to(request.user), pk=pk))


def _edit(request, facility):
    form = FacilityForm(request.POST or None, instance=facility, user=request.user)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            form.save()
        if not form.errors:
            messages.success(request, f"Đã lưu cơ sở {facility}.")
            return redirect(carrying(request, facility.get_absolute_url()))
    return render(request, "facilities/facility_form.html", {"form": form, "back": back_query(request)})
