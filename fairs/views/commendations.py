"""Commendations of collectives and individuals: list and form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities import versions
from fairs.models import Commendation
from fairs.products.commendation_filters import CommendationFilter, strip
from fairs.products.commendation_forms import CommendationForm
from khuyencong import history
from khuyencong.back import back_query
from khuyencong.forms import saving
from khuyencong.paging import paginate


def visible_commendations(request):
    return Commendation.objects.visible_to(request.user).select_related("province", "facility")


def to_list(request):
    return HttpResponseRedirect(f"{reverse('fairs:commendation-list')}{back_query(request)}")


@require_safe
@permission_required("fairs.view_commendation", raise_exception=True)
def commendation_list(request):
    filters = CommendationFilter(request.GET, queryset=visible_commendations(request), request=request)
    page = paginate(request, filters.qs, ("-year", "-pk"))
    context = {"filters": filters, "page": page, "totals": strip(filters.qs), "here": request.GET.urlencode()}
    return render(request, "fairs/products/commendation_list.html", context)


@require_safe
@permission_required("fairs.view_commendation", raise_exception=True)
def commendation_history(request, pk):
    record = get_object_or_404(visible_commendations(request), pk=pk)
    return render(request, "history.html", {"record": record, "entries": history.entries(record.events.all())})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_commendation", raise_exception=True)
def commendation_create(request):
    return _edit(request, Commendation(created_by=request.user, year=timezone.localdate().year))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_commendation", raise_exception=True)
def commendation_edit(request, pk):
    return _edit(request, get_object_or_404(visible_commendations(request), pk=pk))


def _edit(request, commendation):
    form = CommendationForm(request.POST or None, instance=commendation, user=request.user)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(commendation, request.POST.get("seen", ""))
            form.save()
        if not form.errors:
            messages.success(request, f"Đã lưu {commendation}.")
            return to_list(request)
    context = {"form": form, "back": back_query(request), "seen": versions.newest(commendation)}
    context["others"] = versions.since(commendation, request.POST.get("seen", ""))
    return render(request, "fairs/products/commendation_form.html", context)


@require_POST
@permission_required("fairs.delete_commendation", raise_exception=True)
def commendation_delete(request, pk):
    record = get_object_or_404(visible_commendations(request), pk=pk)
    record.delete()
    messages.success(request, f"Đã xóa {record}.")
    return to_list(request)
