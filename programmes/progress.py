"""Where a scheme stands, how it came there and what can be done next."""

from django.utils import timezone
from django.utils.formats import date_format

from programmes import workflow
from programmes.enums import Level, Status

ROADS = {
    Level.LOCAL: (
        (Status.DRAFT, "Lập đề án"),
        (Status.SUBMITTED, "Gửi thẩm định"),
        (Status.APPROVED, "Phê duyệt"),
        (Status.IN_PROGRESS, "Thực hiện"),
        (Status.ACCEPTED, "Nghiệm thu"),
        (Status.SETTLED, "Quyết toán"),
    ),
    Level.NATIONAL: (
        (Status.DRAFT, "Lập đề án"),
        (Status.SUBMITTED, "Gửi Sở thẩm định"),
        (Status.APPRAISED, "Thẩm định cơ sở"),
        (Status.REGISTERED, "Đăng ký với Cục"),
        (Status.MINISTRY, "Cục thẩm định"),
        (Status.APPROVED, "Phê duyệt"),
        (Status.CONTRACTED, "Hợp đồng"),
        (Status.IN_PROGRESS, "Thực hiện"),
        (Status.ACCEPTED, "Nghiệm thu"),
        (Status.SETTLED, "Quyết toán"),
    ),
}
# The stop of the road that stands for a state that has none of its own; the move is expected at the next one.
STANDS_AT = {
    Status.RETURNED: Status.DRAFT,
    Status.CONTRACTED: Status.APPROVED,
    Status.DETAILED: Status.CONTRACTED,
    Status.LIQUIDATED: Status.ACCEPTED,
    Status.CLOSED: Status.SETTLED,
    Status.TERMINATED: Status.APPROVED,
}
WORKED_AT = (Status.DRAFT, Status.IN_PROGRESS)  # work goes on there until the next step
TITLES = {status: status.label for status in Status} | {
    Status.DRAFT: "Lập bản nháp",
    Status.SUBMITTED: "Gửi thẩm định",
    Status.APPROVED: "Phê duyệt",
    Status.IN_PROGRESS: "Bắt đầu thực hiện",
    Status.ACCEPTED: "Nghiệm thu",
    Status.SETTLED: "Quyết toán",
}


def _here(scheme, order):
    """The number of the stop where the next move is expected; behind the last when nothing is left to do."""
    if scheme.status == Status.REJECTED:
        return order.index(Status.APPROVED)
    at = scheme.status
    while at not in order:
        at = STANDS_AT[at]
    return order.index(at) + (at not in WORKED_AT or scheme.status == Status.RETURNED)


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
    road = ROADS[scheme.level]
    here = _here(scheme, [status for status, _ in road])
    return [
        {
            "label": label,
            "note": scheme.get_status_display() if place == here else notes.get(status, "") if place < here else "",
            "state": "current" if place == here else "done" if place < here else "todo",
        }
        for place, (status, label) in enumerate(road)
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
    decided = event.status in {Status.RETURNED, Status.REJECTED, Status.APPROVED, Status.SETTLED}
    detail = [f"Số {number} ngày {_day(day)}" if decided and number else ""]
    detail.append(f"Ngày {_day(day)}" if event.status == Status.ACCEPTED else "")
    detail.append(event.status_reason)
    return {
        "title": "Rút lại" if withdrawn else TITLES[event.status],
        "detail": ". ".join(part for part in detail if part),
        "when": date_format(timezone.localtime(event.status_at), "DATETIME_FORMAT"),
        "who": str(event.status_by),
    }


def next_actions(scheme, user):
    """{verb: step} that this person may take now, and 'edit', 'record', 'delete' for staff, 'decide' for reviewers."""
    steps = {step.verb: step for step in workflow.steps_from(scheme) if user.role == step.role}
    writes = user.has_perm("programmes.change_scheme")
    return steps | {
        "edit": writes and scheme.is_editable,
        "record": writes and scheme.status in (Status.IN_PROGRESS, Status.ACCEPTED, Status.LIQUIDATED),
        "delete": user.has_perm("programmes.delete_scheme") and scheme.status == Status.DRAFT,
        "decide": user.has_perm("programmes.decide_scheme") and bool(steps),
    }
