"""Where a scheme stands, how it came there and what can be done next."""

from django.utils import timezone
from django.utils.formats import date_format

from programmes.enums import BY_VERB, TRANSITIONS, Status

MAIN_ROAD = (
    (Status.DRAFT, "Lập đề án"),
    (Status.SUBMITTED, "Gửi thẩm định"),
    (Status.APPROVED, "Phê duyệt"),
    (Status.IN_PROGRESS, "Thực hiện"),
    (Status.ACCEPTED, "Nghiệm thu"),
    (Status.SETTLED, "Quyết toán"),
)
# Where the next move is expected, for each state; None when nothing is left to do.
WAITS_AT = {
    Status.DRAFT: Status.DRAFT,
    Status.SUBMITTED: Status.APPROVED,
    Status.RETURNED: Status.SUBMITTED,
    Status.REJECTED: Status.APPROVED,
    Status.APPROVED: Status.IN_PROGRESS,
    Status.IN_PROGRESS: Status.IN_PROGRESS,
    Status.ACCEPTED: Status.SETTLED,
    Status.SETTLED: None,
}
TITLES = {
    Status.DRAFT: "Lập bản nháp",
    Status.SUBMITTED: "Gửi thẩm định",
    Status.RETURNED: "Trả lại bổ sung",
    Status.REJECTED: "Không phê duyệt",
    Status.APPROVED: "Phê duyệt",
    Status.IN_PROGRESS: "Bắt đầu thực hiện",
    Status.ACCEPTED: "Nghiệm thu",
    Status.SETTLED: "Quyết toán",
}


def _day(value):
    return date_format(timezone.localtime(value) if hasattr(value, "hour") else value, "DATE_FORMAT") if value else ""


def steps(scheme):
    """The road from draft to settled, for `_components/steps.html`."""
    notes = {
        Status.DRAFT: _day(scheme.created_at),
        Status.SUBMITTED: _day(scheme.submitted_at),
        Status.APPROVED: f"{scheme.decision_number}, {_day(scheme.decision_on)}" if scheme.decision_on else "",
        Status.ACCEPTED: _day(scheme.accepted_on),
        Status.SETTLED: _day(scheme.settled_on),
    }
    order = [status for status, _ in MAIN_ROAD]
    waits_at = WAITS_AT[scheme.status]
    here = order.index(waits_at) if waits_at else len(order)
    return [
        {
            "label": label,
            "note": scheme.get_status_display() if place == here else notes.get(status, "") if place < here else "",
            "state": "current" if place == here else "done" if place < here else "todo",
        }
        for place, (status, label) in enumerate(MAIN_ROAD)
    ]


def timeline(scheme):
    """What happened to the scheme, newest first, from its history: nothing that was stamped is missing."""
    found, before = [], None
    for event in scheme.events.order_by("pgh_id").select_related("status_by"):
        if event.status != before:
            found.append(_event(event, withdrawn=before == Status.SUBMITTED and event.status == Status.DRAFT))
        before = event.status
    return found[::-1]


def _event(event, withdrawn):
    number = event.settlement_number if event.status == Status.SETTLED else event.decision_number
    day = {Status.ACCEPTED: event.accepted_on, Status.SETTLED: event.settled_on}.get(event.status, event.decision_on)
    decided = event.status not in {Status.DRAFT, Status.SUBMITTED, Status.IN_PROGRESS}
    detail = [f"Số {number} ngày {_day(day)}" if decided and number and event.status != Status.ACCEPTED else ""]
    detail.append(f"Ngày {_day(day)}" if event.status == Status.ACCEPTED else "")
    detail.append(event.status_reason)
    return {
        "title": "Rút lại" if withdrawn else TITLES[event.status],
        "detail": ". ".join(part for part in detail if part),
        "when": date_format(timezone.localtime(event.status_at), "DATETIME_FORMAT"),
        "who": str(event.status_by),
    }


def next_actions(scheme, user):
    """{verb: True} for the steps that this person may take now, and 'edit', 'record', 'delete' for staff."""
    allowed = {t.verb: True for t in TRANSITIONS if scheme.status in t.source and user.role == t.role}
    writes = user.has_perm("programmes.change_scheme")
    return allowed | {
        "edit": writes and scheme.is_editable,
        "record": writes and scheme.status in (Status.IN_PROGRESS, Status.ACCEPTED),
        "delete": user.has_perm("programmes.delete_scheme") and scheme.status == Status.DRAFT,
        "decide": user.role == BY_VERB["approve"].role and scheme.status in (Status.SUBMITTED, Status.ACCEPTED),
    }
