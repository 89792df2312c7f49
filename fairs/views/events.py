"""Market events: list, page, form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairs.events import figures, page, strip, versions
from fairs.events.editor import EventEditor
from fairs.events.filters import EventFilter
from fairs.models import MarketEvent
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from khuyencong.models import Province
from khuyencong.paging import paginate

CONFIRMED = "Số liệu của sự kiện này đã được xác nhận nên không sửa được. Hãy đề nghị người thẩm định mở lại."
IN_USE = (
    "Sự kiện đã có cơ sở tham gia, kinh phí hoặc biên bản nên không xóa được. Xóa các dòng đó trước, hoặc ghi “Hủy”."
)


def visible_events(request):
    return MarketEvent.objects.visible_to(request.user)


@require_safe
@permission_required("fairs.view_marketevent", raise_exception=True)
def event_list(request):
    filters = EventFilter(request.GET, queryset=visible_events(request), request=request)
    rows = figures.with_figures(filters.qs.for_list())
    totals = figures.totals(filters.qs)
    context = {
        "filters": filters,
        "page": paginate(request, rows, ("-starts_on", "-pk")),
        "sums": totals,
        "totals": strip.of_events(totals),
        "here": request.GET.urlencode(),
    }
    return render(request, "fairs/events/event_list.html", context)


@require_safe
@permission_required("fairs.view_marketevent", raise_exception=True)
def event_detail(request, pk):
    rows = visible_events(request).for_list().select_related("created_by", "confirmed_by")
    event = get_object_or_404(rows, pk=pk)
    context = page.context(event, request.user, timezone.localdate())
    return render(request, "fairs/events/event_detail.html", context | {"back": back_query(request)})


@require_safe
@permission_required("fairs.view_marketevent", raise_exception=True)
def event_history(request, pk):
    event = get_object_or_404(visible_events(request), pk=pk)
    return render(request, "history.html", {"record": event, "entries": versions.history_of(event)})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_marketevent", raise_exception=True)
def event_create(request):
    today = timezone.localdate()
    province = Province.objects.visible_to(request.user).on(today).first()
    return _edit(request, MarketEvent(province=province))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_marketevent", raise_exception=True)
def event_edit(request, pk):
    event = get_object_or_404(visible_events(request), pk=pk)
    if event.is_confirmed:
        return _confirmed(request, event)
    return _edit(request, event)


def _confirmed(request, event):
    messages.error(request, CONFIRMED)
    return redirect(carrying(request, event.get_absolute_url()))


def _edit(request, event):
    editor = EventEditor(event, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and editor.is_valid() and editor.save():
        messages.success(request, f"Đã lưu {event}.")
        return redirect(carrying(request, event.get_absolute_url()))
    return render(request, "fairs/events/event_form.html", {"editor": editor, "back": back_query(request)})


class Deletion:
    """Stands in for the form of `saving`: the sentence why a row stays."""

    def __init__(self):
        self.errors = []

    def add_refusal(self, refusal):
        self.errors.append(refusal.sentence)


@require_POST
@permission_required("fairs.delete_marketevent", raise_exception=True)
def event_delete(request, pk):
    """An event written down by mistake, while nothing rests on it; the history keeps it."""
    event = get_object_or_404(visible_events(request), pk=pk)
    if event.participations.exists() or event.funding.exists() or event.deals.exists():
        messages.error(request, IN_USE)
        return redirect(carrying(request, event.get_absolute_url()))
    deletion = Deletion()
    with saving(deletion):
        event.delete()
    if deletion.errors:
        messages.error(request, deletion.errors[0])
        return redirect(carrying(request, event.get_absolute_url()))
    messages.success(request, f"Đã xóa {event}.")
    return redirect("fairs:event-list")
