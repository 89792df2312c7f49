"""What the page of one event shows beside its own row."""

from django.db.models import Sum
from django.urls import reverse

from fairs.enums import EventStatus
from fairs.events import deals, figures
from fairs.models import MarketEvent

PASSED = "Sự kiện đã qua ngày tổ chức: cập nhật trạng thái, số gian hàng và doanh thu."
EMPTY = "Chưa có cơ sở nào trong danh sách tham gia."
WAITS = "Số liệu chờ người thẩm định xác nhận; xác nhận rồi thì không sửa được nữa."
TO_CONFIRM = "Số liệu chờ xác nhận. Đối chiếu với hồ sơ của sự kiện rồi xác nhận."
OWN = "Bạn là người ghi sự kiện này nên người khác phải xác nhận."


def context(event, user, day):
    """For templates/fairs/events/event_detail.html; a fixed number of queries."""
    parts = event.participations.select_related("facility__merged_into")
    counts = figures.participants(parts) | _given(parts)
    money = list(event.funding.select_related("source"))
    found = event.deals.all()
    return {
        "event": event,
        "participants": parts,
        "counts": counts,
        "occurrences": counts["listed"] + event.other_participants,
        "money": money,
        "money_total": sum(row.amount for row in money),
        "deals": found.for_list().order_by("outcome", "follow_up_on", "pk"),
        "deal_totals": deals.totals(found, day),
        "day": day,
        "next": next_step(event, user, day, parts),
        "admin_url": admin_url(event),
    }


def _given(parts):
    return parts.order_by().aggregate(
        booths=Sum("booths", default=0),
        supported=Sum("supported_booths", default=0),
        support=Sum("support_amount", default=0),
    )


def next_step(event, user, day, parts):
    """{text, url, label}: what `user` does next about the figures; None when there is nothing to do."""
    if event.is_confirmed or event.status == EventStatus.CANCELLED:
        return None
    if user.has_perm("fairs.change_marketevent"):
        return _of_staff(event, day, parts)
    if event.status == EventStatus.HELD and user.has_perm("fairs.confirm_marketevent"):
        if event.created_by_id == user.pk:
            return {"text": OWN}
        return {"text": TO_CONFIRM, "url": admin_url(event), "label": "Xem và xác nhận"}
    return None


def _of_staff(event, day, parts):
    if event.status == EventStatus.PLANNED:
        edit = {"text": PASSED, "url": reverse("fairs:event-edit", args=[event.pk]), "label": "Cập nhật"}
        return edit if (event.ends_on or event.starts_on) < day else None
    if not parts:
        return {"text": EMPTY, "url": reverse("fairs:event-participants", args=[event.pk]), "label": "Nhập cơ sở"}
    return {"text": WAITS}


def admin_url(event):
    """The page in the admin where a reviewer confirms the figures or opens them again."""
    return reverse(f"admin:{MarketEvent._meta.label_lower.replace('.', '_')}_change", args=[event.pk])
