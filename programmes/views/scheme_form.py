"""The form of a scheme: a new one, a draft, a returned one; save, or save and send."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from khuyencong import refusals
from khuyencong.back import back_query, carrying
from khuyencong.models import Province
from programmes import services
from programmes.forms.editor import SchemeEditor
from programmes.models import Scheme
from programmes.views.schemes import anchor_of, visible_scheme

ABOVE = "Có %s chỗ vượt mức hỗ trợ. Giảm số tiền, hoặc ghi lý do ngay dưới cơ sở rồi lưu lại."
UNANSWERED = "Đã lưu, chưa gửi: còn %s ý kiến thẩm định chưa có giải trình."
IN_THE_FORM = {  # refusals that the form itself can mend, and where
    "scheme_within_ceilings": "part-beneficiaries",
    "scheme_flagship_contents": "id_other_contents",
    "scheme_asks_for_money": "part-funding",
}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.add_scheme", raise_exception=True)
def scheme_create(request):
    """The form of a new scheme. The same opened form sent twice, also at once, makes one draft."""
    token = _token(request.POST.get("entry"))
    if made := _made_of(request, token):
        return _edit_made(request, made)
    today = timezone.localdate()
    province = Province.objects.visible_to(request.user).on(today).first()
    return _edit(request, Scheme(year=today.year, province=province, entry_token=token))


def _made_of(request, token):
    """The scheme that this very form has made already."""
    made = Scheme.objects.visible_to(request.user).filter(created_by=request.user)
    return made.filter(entry_token=token).first() if token else None


def _token(text):
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _edit_made(request, scheme):
    """A new form came once more after it had been saved: the same again changes nothing, other text goes on as an edit."""
    editor = SchemeEditor(scheme, request.user, request.POST)
    if not scheme.is_editable or ("version" not in request.POST and editor.is_repeat()):
        messages.success(request, f"Đề án này đã được lưu thành {scheme.code}.")
        return redirect(carrying(request, scheme.get_absolute_url()))
    return _edit(request, visible_scheme(request, scheme.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_edit(request, pk):
    scheme = visible_scheme(request, pk)
    if not scheme.is_editable:
        messages.error(request, f"Đề án đang ở trạng thái “{scheme.get_status_display()}” nên không sửa được nội dung.")
        return redirect(carrying(request, scheme.get_absolute_url()))
    return _edit(request, scheme)


def _edit(request, scheme):
    editor = SchemeEditor(scheme, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and editor.is_valid() and editor.save():
        messages.success(request, f"Đã lưu đề án {scheme.code}.")
        return _send_saved(request, editor) if "submit" in request.POST else _after_save(request, editor)
    if editor.form.errors and scheme.pk is None and (made := _made_of(request, scheme.entry_token)):
        return _edit_made(request, made)  # the other of two posts at once was faster
    return render(request, "programmes/scheme_form.html", {"editor": editor, "back": back_query(request)})


def _after_save(request, editor):
    """To the scheme's page, or back to the form when something asked is above the rules of support."""
    above = editor.reasons.missing
    if above:
        messages.warning(request, ABOVE % len(above))
    return _to_form(request, editor, "part-beneficiaries") if above else _to_page(request, editor)


def _send_saved(request, editor):
    """The form's second button: save, then send; when it cannot be sent, what was saved stays and the reason is said."""
    if editor.answers.unanswered:
        messages.error(request, UNANSWERED % len(editor.answers.unanswered))
        return _to_form(request, editor, "comments")
    try:
        services.submit_scheme(editor.scheme, by=request.user)
    except (IntegrityError, refusals.RefusedError) as error:
        refusal = refusals.explain(error)
        messages.error(request, f"Chưa gửi được: {refusal.sentence}")
        if anchor := IN_THE_FORM.get(refusal.code):
            return _to_form(request, editor, anchor)
        return _to_page(request, editor, anchor_of(refusal))
    messages.success(request, "Đã gửi thẩm định.")
    return _to_page(request, editor)


def _to_form(request, editor, anchor):
    address = reverse("programmes:scheme-edit", args=[editor.scheme.pk])
    return redirect(f"{carrying(request, address)}#{anchor}")


def _to_page(request, editor, anchor=""):
    return redirect(carrying(request, editor.scheme.get_absolute_url()) + anchor)
