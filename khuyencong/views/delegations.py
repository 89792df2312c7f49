"""Absences of the person who is signed in: who stands in for them, and for whom they do."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from khuyencong import delegations
from khuyencong.delegation_forms import DelegationForm
from khuyencong.forms import saving
from khuyencong.models import Delegation
from khuyencong.refusals import RefusedError

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_list(request):
    """What was given and received, newest first, with the form for a new absence."""
    today = timezone.localdate()
    absence = Delegation(from_person=request.user, created_by=request.user)
    form = DelegationForm(request.POST or None, instance=absence, today=today)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            delegations.begin(form.instance)
        if not form.errors:
            messages.success(request, f"Đã ủy quyền cho {absence.to_person}; người này được báo trong cổng.")
            return redirect("delegations:list")
    found = list(Delegation.objects.concerning(request.user).named()[:SHOWN])
    for one in found:
        one.in_force = one.first_day <= today <= one.last_day and one.ended_on is None
        one.to_come = one.first_day > today and one.ended_on is None
    return render(request, "delegations/delegation_list.html", {"form": form, "delegations": found})


@require_POST
def delegation_end(request):
    """End one's own early; another person's is a 404, none at all leads back."""
    typed = request.POST.get("delegation", "")
    if not typed.isdecimal() or len(typed) > 18:
        return redirect("delegations:list")
    found = get_object_or_404(Delegation, pk=int(typed), from_person=request.user)
    try:
        delegations.end(found, by=request.user, on=timezone.localdate())
    except RefusedError as error:
        messages.error(request, error.refusal.sentence)
    else:
        messages.success(request, "Đã kết thúc ủy quyền; từ hôm nay bạn tự xử lý.")
    return redirect("delegations:list")
