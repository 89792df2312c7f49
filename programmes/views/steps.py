"""The steps that staff take with a scheme: send, take back, start, record, accept."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from khuyencong import refusals
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from programmes import services, workflow
from programmes.actions import RECORDED_IN, SETTLED_IN
from programmes.dossier.checklist import checklist
from programmes.dossier_steps import STEP_OF
from programmes.enums import Verb
from programmes.forms.steps import (
    AcceptanceForm,
    AcceptedFormSet,
    ActualFormSet,
    NoPaperForm,
    PaperForm,
    SettledFormSet,
)
from programmes.models import Scheme, StepPaper
from programmes.views.schemes import anchor_of, visible_scheme


def _take(request, pk, step, done):
    """Take one step and go back to the scheme's page with what happened. A second click finds it done and changes nothing."""
    scheme, anchor = visible_scheme(request, pk), ""
    try:
        step(scheme)
    except (IntegrityError, refusals.RefusedError) as error:
        refusal = refusals.explain(error)
        anchor = anchor_of(refusal)
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(carrying(request, scheme.get_absolute_url()) + anchor)


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
def scheme_step(request, pk):
    """A step (`?verb=`) of staff that waits for its paper: registration, contract, liquidation, or what a province asks."""
    scheme, verb = visible_scheme(request, pk), request.GET.get("verb", "")
    step = workflow.find(scheme, verb)
    if step is None or step.role != request.user.role or verb == Verb.ACCEPT:
        messages.error(
            request, f"Đề án đang ở trạng thái “{scheme.get_status_display()}” nên không thực hiện được bước này."
        )
        return redirect(carrying(request, scheme.get_absolute_url()))
    form = PaperForm(request.POST or None) if step.paper else NoPaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            _step_with(scheme, verb, request.user, form.paper)
        if not form.errors:
            messages.success(request, f"Đã ghi bước “{Verb(verb).label}”.")
            return redirect(carrying(request, scheme.get_absolute_url()))
    context = {"scheme": scheme, "step": step, "form": form, "back": back_query(request)}
    return render(request, "programmes/scheme_step.html", context | {"lacking": _lacking(scheme, step)})


def _lacking(scheme, step):
    """The papers of the dossier that the step still waits for."""
    asked = next((one for one in checklist(scheme).steps if one.step == STEP_OF.get(step.target)), None)
    return asked.missing if asked else []


STAMPS = {Verb.SUBMIT: services.submit_scheme, Verb.WITHDRAW: services.withdraw_scheme}


def _step_with(scheme, verb, user, paper):
    """Take the step; those that stamp more than the state have a service of their own."""
    if verb not in STAMPS:
        return services.take_step(scheme, verb, by=user, paper=paper)
    if paper:
        StepPaper.objects.create(scheme=scheme, verb=verb, recorded_by=user, recorded_at=timezone.now(), **paper)
    return STAMPS[verb](scheme, by=user)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_accept(request, pk):
    """The acceptance: its day, what the work is worth of each source, and the paper where the procedure asks for one."""
    scheme = visible_scheme(request, pk)
    step = workflow.find(scheme, Verb.ACCEPT)
    if step is None:
        messages.error(request, f"Chưa nghiệm thu được khi đề án ở trạng thái “{scheme.get_status_display()}”.")
        return redirect(carrying(request, scheme.get_absolute_url()))
    data = request.POST or None
    form, paper = AcceptanceForm(data), PaperForm(data) if step.paper else None
    lines = AcceptedFormSet(data, queryset=scheme.funding_lines.select_related("source"), prefix="lines")
    checked = [part.is_valid() for part in (form, lines, paper) if part is not None]
    if request.method == "POST" and all(checked):
        with saving(form):
            _accept(scheme, request.user, form, lines, paper)
        if not form.errors:
            messages.success(request, "Đã ghi nghiệm thu. Bước tiếp theo: nhập số quyết toán.")
            return redirect(carrying(request, scheme.get_absolute_url()))
    context = {
        "scheme": scheme,
        "step": step,
        "form": form,
        "lines": lines,
        "paper": paper,
        "back": back_query(request),
    }
    return render(request, "programmes/scheme_accept.html", context | {"lacking": _lacking(scheme, step)})


def _accept(scheme, user, form, lines, paper):
    if paper:
        stamp = {"recorded_by": user, "recorded_at": timezone.now()}
        StepPaper.objects.create(scheme=scheme, verb=Verb.ACCEPT, **stamp, **paper.paper)
    amounts = {one.instance.source_id: one.cleaned_data["accepted_amount"] for one in lines.forms}
    services.accept_scheme(scheme, by=user, amounts=amounts, **form.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_record(request, pk):
    """Results as they come and, once accepted, what was settled of each source."""
    scheme: Scheme = visible_scheme(request, pk)
    if scheme.status not in RECORDED_IN:
        messages.error(request, f"Chưa ghi được kết quả khi đề án ở trạng thái “{scheme.get_status_display()}”.")
        return redirect(carrying(request, scheme.get_absolute_url()))
    data = request.POST or None
    results = ActualFormSet(data, queryset=scheme.results.named(), prefix="results")
    lines = None
    if scheme.status in SETTLED_IN:
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
    """Save all formsets or none; the refusal when somebody else was faster or a rule of money forbids it."""
    version = request.POST.get("version", "")
    try:
        services.record_progress(
            scheme,
            lambda: [formset.save() for formset in formsets],
            version=int(version) if version.isdecimal() else 0,
        )
    except (IntegrityError, refusals.RefusedError) as error:
        return refusals.explain(error)
    return None
