"""Memoranda and contracts: list, page with what was heard, form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import DatabaseError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities import versions
from fairs.enums import DealOutcome, EventStatus
from fairs.events import deals, strip
from fairs.events.deal_filters import DealFilter
from fairs.events.deal_forms import ContractForm, DealForm, DropForm, FollowUpForm
from fairs.models import Deal, FollowUp
from fairs.views.events import visible_events
from khuyencong import history, refusals
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from khuyencong.paging import paginate

SAVED = "Đã lưu biên bản, hợp đồng với {}."
SAVED_BEFORE = "Biên bản, hợp đồng với {} đã được lưu từ lần gửi trước, không ghi thêm."
NOT_HELD = "Sự kiện chưa diễn ra hoặc đã hủy: chưa ghi biên bản, hợp đồng."
FOLLOWED = "Biên bản đã có lần theo dõi nên không xóa được. Nếu không thành, hãy ghi lý do."


def visible_deals(request):
    return Deal.objects.visible_to(request.user)


@require_safe
@permission_required("fairs.view_deal", raise_exception=True)
def deal_list(request):
    today = timezone.localdate()
    filters = DealFilter(request.GET, queryset=visible_deals(request), request=request)
    order = ("follow_up_on", "pk") if request.GET.get("follow") else ("-pk",)
    context = {
        "filters": filters,
        "page": paginate(request, filters.qs.for_list(), order),
        "totals": strip.of_deals(deals.totals(filters.qs, today)),
        "day": today,
        "here": request.GET.urlencode(),
    }
    return render(request, "fairs/events/deal_list.html", context)


@require_safe
@permission_required("fairs.view_deal", raise_exception=True)
def deal_detail(request, pk):
    return _page(request, get_object_or_404(visible_deals(request).for_list(), pk=pk))


def _page(request, deal, **bound):
    """The page with its small forms; `bound` are those that were sent and refused."""
    today = timezone.localdate()
    may_change = request.user.has_perm("fairs.change_deal")
    forms = {}
    if may_change and deal.outcome == DealOutcome.OPEN:
        forms = {
            "follow_form": FollowUpForm(instance=FollowUp(deal=deal), initial={"asked_on": today}, prefix="follow"),
            "contract_form": ContractForm(instance=deal, prefix="contract"),
            "drop_form": DropForm(instance=deal, prefix="drop"),
        } | bound
    context = {
        "deal": deal,
        "event": deal.event,
        "follow_ups": deal.follow_ups.select_related("by"),
        "is_late": deal.is_late(today),
        "may_change": may_change,
        "back": back_query(request),
    }
    return render(request, "fairs/events/deal_detail.html", context | forms)


@require_safe
@permission_required("fairs.view_deal", raise_exception=True)
def deal_history(request, pk):
    deal = get_object_or_404(visible_deals(request), pk=pk)
    heard = FollowUp.pgh_event_model.objects.filter(deal=deal.pk)
    return render(request, "history.html", {"record": deal, "entries": history.entries(deal.events.all(), heard)})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_deal", raise_exception=True)
def deal_create(request, pk):
    event = get_object_or_404(visible_events(request), pk=pk)
    if event.status != EventStatus.HELD:
        messages.error(request, NOT_HELD)
        return redirect(carrying(request, event.get_absolute_url()))
    return _edit(request, Deal(event=event, created_by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_deal", raise_exception=True)
def deal_edit(request, pk):
    return _edit(request, get_object_or_404(visible_deals(request).for_list(), pk=pk))


def _edit(request, deal):
    is_new, seen = deal.pk is None, request.POST.get("seen", "")
    form = DealForm(request.POST or None, instance=deal)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(deal, seen)
            first = deals.sent_before(deal) if is_new else None
            saved = first or form.save()
        if not form.errors:
            messages.success(request, (SAVED_BEFORE if first else SAVED).format(deal.partner))
            return redirect(carrying(request, saved.get_absolute_url()))
        if is_new:
            deal.pk = None
    context = {"form": form, "deal": deal, "event": deal.event, "seen": versions.newest(deal)}
    context |= {"others": versions.since(deal, seen), "back": back_query(request)}
    return render(request, "fairs/events/deal_form.html", context)


@require_POST
@permission_required("fairs.delete_deal", raise_exception=True)
def deal_delete(request, pk):
    """One that was written down by mistake; not once somebody was asked about it."""
    deal = get_object_or_404(visible_deals(request).for_list(), pk=pk)
    if deal.follow_ups.exists():
        messages.error(request, FOLLOWED)
        return redirect(carrying(request, deal.get_absolute_url()))
    try:
        with transaction.atomic():
            deal.delete()
    except DatabaseError as error:
        messages.error(request, refusals.explain(error).sentence)
        return redirect(carrying(request, deal.get_absolute_url()))
    messages.success(request, "Đã xóa biên bản, hợp đồng ghi nhầm.")
    return redirect(carrying(request, deal.event.get_absolute_url()))


@require_POST
@permission_required("fairs.add_followup", raise_exception=True)
def deal_follow_up(request, pk):
    deal = get_object_or_404(visible_deals(request).for_list(), pk=pk)
    form = FollowUpForm(request.POST, instance=FollowUp(deal=deal, by=request.user), prefix="follow")
    return _step(request, deal, "follow_form", form, deals.follow_up, "Đã ghi lần theo dõi.", by=request.user)


@require_POST
@permission_required("fairs.change_deal", raise_exception=True)
def deal_contract(request, pk):
    deal = get_object_or_404(visible_deals(request).for_list(), pk=pk)
    form = ContractForm(request.POST, instance=deal, prefix="contract")
    return _step(request, deal, "contract_form", form, deals.sign_contract, "Đã ghi thành hợp đồng.")


@require_POST
@permission_required("fairs.change_deal", raise_exception=True)
def deal_drop(request, pk):
    deal = get_object_or_404(visible_deals(request).for_list(), pk=pk)
    form = DropForm(request.POST, instance=deal, prefix="drop")
    return _step(request, deal, "drop_form", form, deals.drop, "Đã ghi là không thành.")


def _step(request, deal, name, form, step, done, **options):
    if form.is_valid():
        with saving(form):
            step(deal, **form.cleaned_data, **options)
        if not form.errors:
            messages.success(request, done)
            return redirect(carrying(request, deal.get_absolute_url()))
    deal = visible_deals(request).for_list().get(pk=deal.pk)
    if deal.outcome != DealOutcome.OPEN:  # somebody decided it meanwhile: its page has no forms
        messages.error(request, deals.DECIDED)
    return _page(request, deal, **{name: form})
