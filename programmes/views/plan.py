"""The detailed plan of a group scheme."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from khuyencong.back import back_query, carrying
from programmes.actions import PLANNED_IN
from programmes.forms.plan import PlanEditor
from programmes.views.scheme_form import ABOVE
from programmes.views.schemes import visible_scheme

CLOSED = "Kế hoạch chi tiết chỉ lập cho đề án nhóm đã được phê duyệt, trước khi bắt đầu thực hiện."


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_plan(request, pk):
    """Name the beneficiaries of an approved group scheme, within the approved support."""
    scheme = visible_scheme(request, pk)
    if not scheme.is_group or scheme.status not in PLANNED_IN:
        messages.error(request, CLOSED)
        return redirect(carrying(request, scheme.get_absolute_url()))
    editor = PlanEditor(scheme, request.user, request.POST if request.method == "POST" else None)
    version = request.POST.get("version", "")
    if request.method == "POST" and editor.is_valid() and editor.save(int(version) if version.isdecimal() else 0):
        messages.success(request, "Đã lưu kế hoạch chi tiết. Bước tiếp theo: người thẩm định duyệt kế hoạch.")
        above = editor.reasons.missing
        if above:
            messages.warning(request, ABOVE % len(above))
        return redirect(carrying(request, request.path if above else scheme.get_absolute_url()))
    return render(
        request, "programmes/scheme_plan.html", {"scheme": scheme, "editor": editor, "back": back_query(request)}
    )
