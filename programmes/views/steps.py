"""The steps that staff take with a scheme: send, take back, start, record, accept."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from khuyencong import refusals
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from programmes import services
from programmes.enums import Status
from programmes.forms.steps import AcceptanceForm, ActualFormSet, SettledFormSet
from programmes.models import Scheme
from programmes.views.schemes import visible_scheme


def _take(request, pk, step, done):
    """Take one step and go back to the scheme's page with what happened. A second click finds it done and changes nothing."""
    scheme = visible_scheme(request, pk)
    try:
        step(scheme)
    except (IntegrityError, refusals.RefusedError) as error:
        messages.error(request, refusals.explain(error).sentence)
    else:
        messages.success(request, done)
    return redirect(carrying(request, scheme.get_absolute_url()))


@require_POST
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_submit(request, pk):
    return _take(request, pk, lambda s: services.submit_scheme(s, by=request.user), "Đã gửi thẩm định.")


@require_POST
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_withdraw(request, pk):
    reason = request.POST.get("reason", "")
    done = "Đã rút lại đề án; có thể sửa và gửi lại."
    return _take(request, pk, lambda s: services.withdraw_scheme(s, by=request.user, reason=reason), done)


@require_POST
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_start(request, pk):
    return _take(request, pk, lambda s: services.start_scheme(s, by=request.user), "Đã ghi bắt đầu thực hiện.")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_accept(request, pk):
    scheme = visible_scheme(request, pk)
    form = AcceptanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            services.accept_scheme(scheme, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, "Đã ghi nghiệm thu. Bước tiếp theo: nhập số quyết toán.")
            return redirect(carrying(request, scheme.get_absolute_url()))
    return render(
        request, "programmes/scheme_accept.html", {"scheme": scheme, "form": form, "back": back_query(request)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_record(request, pk):
    """Results as they come and, once accepted, what was settled of each source."""
    scheme: Scheme = visible_scheme(request, pk)
    if scheme.status not in (Status.IN_PROGRESS, Status.ACCEPTED):
        messages.error(request, f"Chưa ghi được kết quả khi đề án ở trạng thái “{scheme.get_status_display()}”.")
        return redirect(carrying(request, scheme.get_absolute_url()))
    data = request.POST or None
    results = ActualFormSet(data, queryset=scheme.results.named(), prefix="results")
    lines = None
    if scheme.status == Status.ACCEPTED:
        lines = SettledFormSet(data, queryset=scheme.funding_lines.select_related("source"), prefix="lines")
    formsets = [formset for formset in (results, lines) if formset is not None]
    checked = [formset.is_valid() for formset in formsets]
    refusal = None
    if request.method == "POST" and all(checked):
        refusal = _record(request, scheme, formsets)
        if refusal is None:
            messages.success(request, "Đã ghi kết quả thực hiện.")
            return redirect(carrying(request, scheme.get_absolute_url()))
    context = {"scheme": scheme, "results": results, "lines": lines, "refusal": refusal, "back": back_query(request)}
    return render(request, "programmes/scheme_record.html", context)


def _record(request, scheme, formsets):
    """Save all formsets or none; the refusal when somebody else was faster."""
    version = request.POST.get("version", "")
    try:
        services.record_progress(
            scheme,
            lambda: [formset.save() for formset in formsets],
            version=int(version) if version.isdecimal() else 0,
        )
    except refusals.RefusedError as error:
        return error.refusal
    return None
