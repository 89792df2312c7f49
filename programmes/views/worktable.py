"""The worktable: what waits for the person who opens it."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from khuyencong.enums import Role
from programmes import divided
from programmes.enums import Status
from programmes.models import PlanFunding, Scheme

SHOWN = 8


@dataclass(frozen=True)
class Heap:
    """Schemes that wait for one thing: what to do, since when, and where all of them are."""

    title: str
    hint: str
    schemes: list
    count: int
    url: str


# role -> (status, title, what to do)
HEAPS = {
    Role.STAFF: (
        (Status.RETURNED, "Trả lại, cần bổ sung", "Sửa theo ý kiến rồi gửi lại."),
        (Status.DRAFT, "Bản nháp", "Hoàn thiện rồi gửi thẩm định."),
        (Status.APPROVED, "Đã duyệt, chưa bắt đầu", "Ghi bắt đầu thực hiện."),
        (Status.IN_PROGRESS, "Đang thực hiện", "Ghi kết quả; xong thì ghi nghiệm thu."),
        (Status.ACCEPTED, "Đã nghiệm thu, chờ quyết toán", "Nhập số quyết toán của từng nguồn."),
        (Status.SUBMITTED, "Đang chờ thẩm định", "Chờ người thẩm định; có thể rút lại để sửa."),
    ),
    Role.REVIEWER: (
        (Status.SUBMITTED, "Chờ thẩm định", "Mở trang thẩm định để quyết định."),
        (Status.ACCEPTED, "Đã nghiệm thu, chờ duyệt quyết toán", "Đối chiếu số quyết toán rồi duyệt."),
    ),
}
WATCHED = (
    (Status.SUBMITTED, "Chờ thẩm định", "Chờ lâu nhất đứng đầu."),
    (Status.RETURNED, "Trả lại bổ sung", ""),
    (Status.IN_PROGRESS, "Đang thực hiện", ""),
)


def _heap(user, status, title, hint):
    schemes = (
        Scheme.objects.visible_to(user).filter(status=status).order_by("status_at", "pk").select_related("content")
    )
    found = list(schemes[: SHOWN + 1])
    count = len(found) if len(found) <= SHOWN else schemes.count()
    url = f"{reverse('programmes:scheme-list')}?{urlencode({'status': status})}"
    return Heap(title, hint, found[:SHOWN], count, url)


@require_safe
def home(request):
    user = request.user
    heaps = [_heap(user, *heap) for heap in HEAPS.get(user.role, WATCHED)]
    context = {
        "heaps": [heap for heap in heaps if heap.count],
        "waiting": sum(heap.count for heap in heaps),
        "undecided_places": divided.count(user) if user.has_perm("facilities.choose_commune") else 0,
        "unconfirmed": PlanFunding.objects.visible_to(user).awaiting_confirmation().count(),
    }
    return render(request, "programmes/worktable.html", context)
