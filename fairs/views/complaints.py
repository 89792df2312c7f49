"""Complaints about the result of a round."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from facilities import versions
from fairs.models import Complaint
from fairs.selection import complaints
from fairs.selection.forms.complaint import ComplaintForm
from fairs.views.rounds import visible_round
from khuyencong.forms import saving

NOT_ANNOUNCED = "Kỳ bình chọn chưa công bố kết quả: ghi ngày công bố trước."


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_complaint", raise_exception=True)
def complaint_create(request, pk):
    """About the round `pk`, once its result was announced."""
    round = visible_round(request, pk)
    if round.announced_on is None:
        messages.error(request, NOT_ANNOUNCED)
        return redirect(round)
    complaint = Complaint(round=round, received_on=timezone.localdate(), recorded_by=request.user)
    return _edit(request, complaint)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_complaint", raise_exception=True)
def complaint_edit(request, pk):
    rows = Complaint.objects.visible_to(request.user).select_related("round__cycle__province", "round__level")
    return _edit(request, get_object_or_404(rows.select_related("round__unit", "round__region"), pk=pk))


def _edit(request, complaint):
    is_new = complaint.pk is None
    form = ComplaintForm(request.POST or None, instance=complaint)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(complaint, request.POST.get("seen", ""))
            if is_new:
                complaints.refuse_second(complaint)
            form.save()
        if not form.errors:
            complaint.refresh_from_db(fields=["due_on"])
            messages.success(request, f"Đã lưu khiếu nại; hạn trả lời {complaint.due_on:%d/%m/%Y}.")
            return redirect(f"{complaint.round.get_absolute_url()}#complaints")
    context = {
        "form": form,
        "complaint": complaint,
        "round": complaint.round,
        "today": timezone.localdate(),
        "seen": versions.newest(complaint),
        "others": versions.since(complaint, request.POST.get("seen", "")),
    }
    return render(request, "fairs/selection/complaint_form.html", context)
