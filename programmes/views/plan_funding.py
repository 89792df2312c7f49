"""Money of a plan without a scheme of its own: list and form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from khuyencong.forms import saving
from khuyencong.models import Province
from khuyencong.paging import paginate
from khuyencong.refusals import RefusedError
from programmes.filters import PlanFundingFilter
from programmes.forms.plan_funding import PlanFundingForm
from programmes.models import PlanFunding

STALE = "Người khác vừa sửa khoản này. Những gì bạn gõ vẫn còn: đối chiếu với danh sách rồi lưu lại nếu vẫn đúng."


@require_safe
@permission_required("programmes.view_planfunding", raise_exception=True)
def plan_funding_list(request):
    fundings = PlanFunding.objects.visible_to(request.user)
    filters = PlanFundingFilter(request.GET, queryset=fundings, request=request)
    page = paginate(request, filters.qs.for_list(), ("-year", "-pk"))
    context = {"filters": filters, "page": page, "totals": filters.qs.totals(), "here": request.GET.urlencode()}
    return render(request, "programmes/plan_funding_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.add_planfunding", raise_exception=True)
def plan_funding_create(request):
    today = timezone.localdate()
    province = Province.objects.visible_to(request.user).on(today).first()
    return _edit(request, PlanFunding(year=today.year, province=province, created_by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_planfunding", raise_exception=True)
def plan_funding_edit(request, pk):
    """Only what is not confirmed yet; a confirmed line is found in the list but no longer changes."""
    open_ones = PlanFunding.objects.visible_to(request.user).awaiting_confirmation()
    return _edit(request, get_object_or_404(open_ones, pk=pk))


def _edit(request, funding):
    form = PlanFundingForm(request.POST or None, instance=funding, user=request.user)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            _refuse_stale(request, funding)
            form.save()
        if not form.errors:
            messages.success(request, "Đã lưu. Khoản này được tính vào báo cáo sau khi người thẩm định xác nhận.")
            return redirect("programmes:plan-funding-list")
    return render(request, "programmes/plan_funding_form.html", {"form": form})


def _refuse_stale(request, funding):
    """Nobody saved the row since the page was opened; what was typed stays in the form, which then has the new version."""
    if funding.pk is None:
        return
    saved = PlanFunding.objects.select_for_update(of=("self",)).get(pk=funding.pk)
    if request.POST.get("version") != str(saved.version):
        funding.version = saved.version
        raise RefusedError(STALE, "stale")
