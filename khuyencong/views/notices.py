"""Notices of the person who is signed in: list, mark as read, preferences."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from khuyencong import notices
from khuyencong.models import Notice
from khuyencong.notice_forms import preference_forms
from khuyencong.paging import paginate

ORDER = ("-created_at", "-pk")


@require_safe
def notice_list(request):
    """`?unread=1`: only what was not read."""
    mine = Notice.objects.in_portal().filter(user=request.user)
    only_unread = request.GET.get("unread") == "1"
    page = paginate(request, mine.unread() if only_unread else mine, ORDER)
    context = {"page": page, "only_unread": only_unread, "unread": mine.unread().count()}
    return render(request, "notices/notice_list.html", context)


@require_POST
def notice_open(request):
    """Mark one as read and go to what it is about; another person's is a 404, none at all leads back."""
    typed = request.POST.get("notice", "")
    if not typed.isdecimal() or len(typed) > 18:
        return redirect("notices:list")
    notice = get_object_or_404(Notice, pk=int(typed), user=request.user)
    notices.read(request.user, [notice.pk])
    return redirect(notice.url)


@require_POST
def notice_read(request):
    """Mark all as read."""
    count = notices.read(request.user)
    messages.success(request, f"Đã đánh dấu {count} thông báo là đã đọc.")
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """All kinds on one page, saved together."""
    forms = preference_forms(notices.preferences(request.user), request.POST or None)
    checked = [form.is_valid() for form in forms]
    if request.method == "POST" and all(checked):
        with transaction.atomic():
            for form in forms:
                form.save()
        messages.success(request, "Đã lưu cách nhận thông báo.")
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"forms": forms})
