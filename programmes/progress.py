"""Where a scheme stands, how it came there and what can be done next."""

from django.utils import timezone
from django.utils.formats import date_format

from programmes.deadlines import waiting, worktable
from programmes.enums import Level, Status
from programmes.models import Scheme

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
    Status.APPRAISED: "Thẩm định cấp cơ sở",
    Status.REGISTERED: "Đăng ký với Cục",
    Status.MINISTRY: "Cục thẩm định",
    Status.APPROVED: "Phê duyệt",
    Status.CONTRACTED: "Ký hợp đồng",
    Status.DETAILED: "Duyệt kế hoạch chi tiết",
    Status.IN_PROGRESS: "Bắt đầu thực hiện",
    Status.ACCEPTED: "Nghiệm thu",
    Status.LIQUIDATED: "Thanh lý hợp đồng",
    Status.SETTLED: "Quyết toán",
    Status.CLOSED: "Kết thúc",
    Status.TERMINATED: "Dừng thực hiện",
}
TAKEN_BACK = {
    (Status.SUBMITTED, Status.DRAFT): "Rút lại",
    (Status.ACCEPTED, Status.IN_PROGRESS): "Hủy nghiệm thu",
    (Status.LIQUIDATED, Status.IN_PROGRESS): "Hủy nghiệm thu",
    (Status.SETTLED, Status.ACCEPTED): "Hủy quyết toán",
}


def road_of(scheme):
    """The stops of the scheme's level; a group also stops at its detailed plan."""
    road = list(ROADS[scheme.level])
    if scheme.is_group:
        at = [status for status, _ in road].index(Status.IN_PROGRESS)
        road.insert(at, (Status.DETAILED, "Kế hoạch chi tiết"))
    return road


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
    road = road_of(scheme)
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
    """What happened to the scheme, newest first, from its history: nothing that was stamped is missing. Two queries."""
    papers = list(scheme.papers.all())
    found, before = [], None
    for event in scheme.events.order_by("pgh_id").select_related("status_by"):
        if before is None or event.status != before.status:
            found.append(_event(event, before, _papers_of(papers, before, event)))
        before = event
    return found[::-1]


def _papers_of(papers, before, event):
    """The papers that were written for the step from `before` to `event`."""
    return [paper for paper in papers if before and before.status_at < paper.recorded_at <= event.status_at]


def _title(event, before):
    """What the step was; a step back by its own name."""
    return TAKEN_BACK.get((before and before.status, event.status), TITLES[event.status])


def _event(event, before, papers):
    number = event.settlement_number if event.status == Status.SETTLED else event.decision_number
    day = {Status.ACCEPTED: event.accepted_on, Status.SETTLED: event.settled_on}.get(event.status, event.decision_on)
    decided = event.status in {Status.RETURNED, Status.REJECTED, Status.APPROVED, Status.SETTLED}
    detail = [f"Số {number} ngày {_day(day)}" if decided and number else ""]
    detail.append(f"Ngày {_day(day)}" if event.status == Status.ACCEPTED else "")
    detail += [_paper(paper) for paper in papers]
    detail.append(event.status_reason)
    return {
        "title": _title(event, before),
        "detail": ". ".join(part.rstrip(".") for part in detail if part),
        "when": date_format(timezone.localtime(event.status_at), "DATETIME_FORMAT"),
        "who": str(event.status_by),
    }


def _paper(paper):
    """'Văn bản số 01/HĐ ngày 02/03/2020, Nguyễn Văn A ký: nội dung'."""
    signed = f", {paper.signer} ký" if paper.signer else ""
    return f"Văn bản số {paper.number} ngày {_day(paper.issued_on)}{signed}" + (f": {paper.note}" if paper.note else "")


def waits(scheme, user):
    """For whom the scheme waits, since when and by when (`deadlines.worktable.Row`); None when nobody has to act."""
    found = waiting.waiting(Scheme.objects.filter(pk=scheme.pk))
    return next(iter(worktable.rows(found, waiting.Clock.read(timezone.localdate()), user)), None)


def years(scheme):
    """{"columns": years, "rows": [{source, amounts}]} of a scheme of several years; None of another."""
    found = {}
    for one in scheme.years.select_related("source"):
        found.setdefault(one.source, {})[one.year] = one.planned_amount
    columns = sorted({year for amounts in found.values() for year in amounts})
    rows = [
        {"source": source, "amounts": [{"year": year, "amount": amounts.get(year)} for year in columns]}
        for source, amounts in found.items()
    ]
    return {"columns": columns, "rows": sorted(rows, key=lambda row: row["source"].position)} if rows else None
