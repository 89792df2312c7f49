"""All participants of an event on one screen."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from fairs.events.participant_rows import SHOWN
from fairs.events.participants import ParticipantsEditor
from fairs.views.events import CONFIRMED, visible_events
from khuyencong.back import back_query, carrying


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_participation", raise_exception=True)
def participants_edit(request, pk):
    event = get_object_or_404(visible_events(request), pk=pk)
    if event.is_confirmed:
        messages.error(request, CONFIRMED)
        return redirect(carrying(request, event.get_absolute_url()))
    page, pages = _page(request, event)
    editor = ParticipantsEditor(event, request.user, page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and editor.rows.is_valid() and editor.save():
        messages.success(request, "Đã lưu danh sách tham gia.")
        again = "more" in request.POST
        return redirect(carrying(request, request.path if again else event.get_absolute_url()))
    context = {"event": event, "editor": editor, "page": page, "pages": pages, "back": back_query(request)}
    return render(request, "fairs/events/participants_form.html", context)


def _page(request, event):
    """(the page asked for, all page numbers when there is more than one)."""
    count = -(-event.participations.count() // SHOWN)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return max(1, min(page, count)), range(1, count + 1) if count > 1 else ()
