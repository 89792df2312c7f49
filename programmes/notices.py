"""Who is told what about schemes. One place: services call `after_step` and `after_assignment`, the calendar `remind`."""

from django.urls import reverse
from django.utils import timezone

from khuyencong.enums import Role
from khuyencong.models import Delegation, NoticeKind
from khuyencong.notices import people_of, seeing, tell
from programmes.enums import Status

ANSWERS = {
    Status.RETURNED: "trả lại để bổ sung",
    Status.REJECTED: "không được phê duyệt",
    Status.APPRAISED: "đã thẩm định cấp cơ sở",
    Status.REGISTERED: "đã đăng ký với Cục",
    Status.MINISTRY: "đã được Cục thẩm định",
    Status.APPROVED: "được phê duyệt",
    Status.DETAILED: "được duyệt kế hoạch chi tiết",
    Status.SETTLED: "đã duyệt quyết toán",
    Status.CLOSED: "đã kết thúc",
    Status.TERMINATED: "dừng thực hiện",
}
TAKEN_BACK = {
    "unaccept": "bị hủy kết quả nghiệm thu, cần ghi lại",
    "unsettle": "bị hủy quyết toán, cần ghi lại",
}


def after_step(scheme, verb, by):
    """A step was taken: reviewers are told of what was sent to them, staff of what became of it; `by` knows already."""
    key = f"{verb}:{scheme.pk}:{scheme.status_at:%Y%m%d%H%M%S%f}"
    if verb in TAKEN_BACK:
        title = f"{scheme.code} {TAKEN_BACK[verb]}: {scheme.name}"
        _tell(staff_of(scheme), by, NoticeKind.DECIDED, title, scheme, key)
    elif scheme.status == Status.SUBMITTED:
        title = f"{scheme.code} gửi đến chờ thẩm định: {scheme.name}"
        _tell(reviewers_of(scheme), by, NoticeKind.SENT, title, scheme, key)
    elif scheme.status == Status.LIQUIDATED:
        title = f"{scheme.code} đã thanh lý hợp đồng, chờ duyệt quyết toán: {scheme.name}"
        _tell(reviewers_of(scheme), by, NoticeKind.SENT, title, scheme, key)
    elif scheme.status in ANSWERS:
        title = f"{scheme.code} {ANSWERS[scheme.status]}: {scheme.name}"
        _tell(staff_of(scheme), by, NoticeKind.DECIDED, title, scheme, key)


def after_assignment(scheme, by):
    """The scheme has another assignee, who is told, and so is who stands in for them."""
    if scheme.assigned_to:
        title = f"Bạn được giao thụ lý {scheme.code}: {scheme.name}"
        key = f"assigned:{scheme.pk}:{scheme.version}"
        _tell(with_deputies([scheme.assigned_to]), by, NoticeKind.ASSIGNED, title, scheme, key)


def reviewers_of(scheme):
    """The assigned reviewer and who stands in today; without one, every reviewer of the place."""
    assigned = scheme.assigned_to
    if assigned and assigned.role == Role.REVIEWER:
        return with_deputies([assigned])
    return people_of(scheme.province_id, Role.REVIEWER)


def staff_of(scheme):
    """Who wrote or sent the scheme and who stands in today."""
    people = [scheme.created_by, scheme.submitted_by]
    if scheme.assigned_to and scheme.assigned_to.role == Role.STAFF:
        people.append(scheme.assigned_to)
    return with_deputies([person for person in people if person])


def with_deputies(people, day=None):
    """`people` and those who act for them on `day` (today)."""
    given = Delegation.objects.on(day or timezone.localdate()).filter(from_person__in=people)
    return [*people, *(delegation.to_person for delegation in given.select_related("to_person"))]


def page_of(scheme):
    """Where a person works on the scheme: reviewers in the admin, others in the portal."""
    admin = reverse("admin:programmes_scheme_change", args=[scheme.pk])
    return lambda user: admin if user.role == Role.REVIEWER else scheme.get_absolute_url()


def _tell(people, by, kind, title, scheme, key):
    people = [person for person in people if person and person != by]
    if people:
        tell(seeing(people, scheme.province_id), kind, title, page_of(scheme), key)


def remind(people, kind, title, scheme, key):
    """Tell of a deadline, whoever let it pass."""
    _tell(people, None, kind, title, scheme, key)
