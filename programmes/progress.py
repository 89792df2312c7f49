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
ASIDE = {Status.RETURNED: Status.SUBMITTED, Status.REJECTED: Status.APPROVED}
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
    here = order.index(ASIDE.get(scheme.status, scheme.status))
    found = []
    for position, (status, label) in enumerate(MAIN_ROAD):
        is_current = position == here and scheme.status != Status.SETTLED
        state = "current" if is_current else "done" if position <= here else "todo"
        shown = scheme.get_status_display() if is_current and scheme.status in ASIDE else label
        found.append({"label": shown, "note": notes.get(status, "") if position <= here else "", "state": state})
    return found


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
