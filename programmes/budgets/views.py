"""The budget of a year: its table, and the decisions under it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from khuyencong import back
from khuyencong.forms import saving
from khuyencong.models import Province
from khuyencong.paging import paginate
from khuyencong.refusals import RefusedError
from programmes.budgets import table
from programmes.budgets.filters import BudgetFilter
from programmes.budgets.forms import AllocationForm
from programmes.models import Allocation, YearBudget

SAVED = "Đã lưu. Quyết định này được tính vào dự toán sau khi người thẩm định xác nhận."
STALE = "Người khác vừa sửa quyết định này. Những gì bạn gõ vẫn còn: đối chiếu với danh sách rồi lưu lại nếu vẫn đúng."


@require_safe
@permission_required("programmes.view_yearbudget", raise_exception=True)
def budget_list(request):
    filters = BudgetFilter(request.GET, queryset=Allocation.objects.visible_to(request.user), request=request)
    page = paginate(request, filters.qs.named(), ("-decision_on", "-pk"))
    year = table.year_table(filters.provinces, filters.chosen_year)
    context = {
        "filters": filters,
        "page": page,
        "table": year,
        "totals": table.strip(year),
        "chart": table.chart(year),
        "here": request.GET.urlencode(),
    }
    return render(request, "programmes/budgets/budget_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.add_yearbudget", raise_exception=True)
def allocation_create(request):
    today = timezone.localdate()
    year = request.GET.get("year", "")
    initial = {
        "year": int(year) if year.isdecimal() and len(year) == 4 else today.year,
        "province": Province.objects.visible_to(request.user).on(today).first(),
    }
    return _edit(request, Allocation(created_by=request.user), initial)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_yearbudget", raise_exception=True)
def allocation_edit(request, pk):
    """Only a decision that is not confirmed yet."""
    return _edit(request, _open_one(request, pk), {})


@require_POST
@permission_required("programmes.change_yearbudget", raise_exception=True)
def allocation_delete(request, pk):
    """A decision written down by mistake, before it is confirmed; the history keeps it."""
    allocation = _open_one(request, pk)
    budget = allocation.budget
    allocation.delete()
    YearBudget.objects.filter(pk=budget.pk, allocations__isnull=True).delete()
    messages.success(request, "Đã xóa quyết định chưa xác nhận.")
    return redirect(budget)


def _open_one(request, pk):
    return get_object_or_404(Allocation.objects.visible_to(request.user).awaiting_confirmation().named(), pk=pk)


def _edit(request, allocation, initial):
    form = AllocationForm(request.POST or None, instance=allocation, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            _refuse_stale(request, allocation)
            form.save()
        if not form.errors:
            messages.success(request, SAVED)
            return redirect(allocation.budget)
    context = {"form": form, "back": back.back_query(request)}
    return render(request, "programmes/budgets/allocation_form.html", context)


def _refuse_stale(request, allocation):
    """Nobody saved the row since the page was opened; what was typed stays in the form, which then has the new version."""
    if allocation.pk is None:
        return
    saved = Allocation.objects.select_for_update(of=("self",)).get(pk=allocation.pk)
    if request.POST.get("version") != str(saved.version):
        allocation.version = saved.version
        raise RefusedError(STALE, "stale")
