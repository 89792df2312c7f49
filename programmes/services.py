"""What must happen together: the steps of a scheme. Each writes its stamp; the history writes itself (triggers)."""

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from khuyencong.refusals import RefusedError
from khuyencong.scope import province_ids
from programmes import notices, workflow
from programmes.enums import Verb
from programmes.models import LedgerEntry, PlanFunding, Scheme, StepPaper

STALE = "Người khác vừa lưu đề án này. Hãy mở lại trang để xem nội dung mới rồi thực hiện lại."
NOT_YOUR_STEP = "Vai trò của bạn không thực hiện được bước “%s”."
STALE_FUNDING = "Khoản này vừa được sửa. Hãy mở lại trang để đối chiếu số mới rồi xác nhận."
NOT_YOUR_PROVINCE = "Đề án này không thuộc địa bàn của bạn."
OUT_OF_ORDER = "Không thực hiện được bước “%s” khi đề án ở trạng thái “%s”."
NO_REASON = "Nhập lý do hoặc ý kiến."


def next_code(province, year):
    """'KC-40-2020-017': the next free code of a province code and year; serialised until the transaction ends."""
    prefix = f"KC-{province.code}-{year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [prefix])
    events = Scheme.pgh_event_model.objects  # also the codes of drafts that were deleted
    codes = set(events.filter(code__startswith=prefix).values_list("code", flat=True))
    taken = [int(code.removeprefix(prefix)) for code in codes if code.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(taken, default=0) + 1:03d}"


def lock_scheme(pk, version=None):
    """The scheme, locked until the transaction ends; refused when it is no longer at `version`."""
    scheme = Scheme.objects.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and scheme.version != version:
        raise RefusedError(STALE, "stale")
    return scheme


def _step(scheme, verb, *, by, at, reason=""):
    """Move `scheme` along one step of its procedure; the database checks that the step is allowed."""
    step = workflow.find(scheme, verb, timezone.localdate(at))
    if step is None:
        raise RefusedError(OUT_OF_ORDER % (Verb(verb).label, scheme.get_status_display()), "scheme_transition")
    if by.role != step.role:
        raise RefusedError(NOT_YOUR_STEP % Verb(verb).label, "scheme_role")
    ids = province_ids(by)
    if ids is not None and scheme.province_id not in ids:
        raise RefusedError(NOT_YOUR_PROVINCE, "scheme_scope")
    scheme.status, scheme.status_by, scheme.status_at, scheme.status_reason = step.target, by, at, reason
    scheme.save()
    connection.check_constraints()
    notices.after_step(scheme, verb, by)
    return scheme


@transaction.atomic
def take_step(scheme, verb, *, by, reason="", paper=None, version=None):
    """Take a step that writes nothing else: appraise, register, contract, detail, liquidate, close, terminate.

    `paper`: {number, issued_on, signer, note} of the step's own paper, where the procedure asks for one.
    """
    scheme, now = lock_scheme(scheme.pk, version), timezone.now()
    if paper:
        StepPaper.objects.create(scheme=scheme, verb=verb, recorded_by=by, recorded_at=now, **paper)
    return _step(scheme, verb, by=by, at=now, reason=reason)


@transaction.atomic
def submit_scheme(scheme, *, by, version=None):
    """Send a draft or a returned scheme to appraisal; the previous decision's stamp goes (the history keeps it)."""
    scheme, now = lock_scheme(scheme.pk, version), timezone.now()
    scheme.submitted_at, scheme.submitted_by = now, by
    scheme.decision_number = scheme.decision_on = scheme.decided_at = scheme.decided_by = None
    return _step(scheme, "submit", by=by, at=now)


@transaction.atomic
def withdraw_scheme(scheme, *, by, reason="", version=None):
    """Take a submitted scheme back before it is decided."""
    scheme = lock_scheme(scheme.pk, version)
    scheme.submitted_at = scheme.submitted_by = None
    return _step(scheme, "withdraw", by=by, at=timezone.now(), reason=reason)


def _decide(scheme, verb, *, by, reason, number, on, version=None):
    if not reason.strip():
        raise RefusedError(NO_REASON, "reason")
    scheme, now = lock_scheme(scheme.pk, version), timezone.now()
    scheme.decision_number, scheme.decision_on, scheme.decided_at, scheme.decided_by = number, on, now, by
    return _step(scheme, verb, by=by, at=now, reason=reason)


@transaction.atomic
def approve_scheme(scheme, *, by, reason, number, on, amounts=None, benefits=None, version=None):
    """Approve, with `amounts` {source code: (approved, adjustment reason)} and `benefits` {facility id: approved}.

    Left out: what was proposed is approved.
    """
    lock_scheme(scheme.pk, version)
    for line in scheme.funding_lines.all():
        line.approved_amount, line.adjustment_reason = (amounts or {}).get(line.source_id, (line.proposed_amount, ""))
        line.save()
    for benefit in scheme.beneficiaries.all():
        benefit.approved_amount = (benefits or {}).get(benefit.facility_id, benefit.proposed_amount)
        benefit.save()
    return _decide(scheme, "approve", by=by, reason=reason, number=number, on=on)


@transaction.atomic
def return_scheme(scheme, *, by, reason, number, on, version=None):
    """Send back for completion, saying what is missing."""
    return _decide(scheme, "return", by=by, reason=reason, number=number, on=on, version=version)


@transaction.atomic
def reject_scheme(scheme, *, by, reason, number, on, version=None):
    """Refuse for good."""
    return _decide(scheme, "reject", by=by, reason=reason, number=number, on=on, version=version)


@transaction.atomic
def start_scheme(scheme, *, by, version=None):
    """The approved scheme is being carried out."""
    return _step(lock_scheme(scheme.pk, version), "start", by=by, at=timezone.now())


@transaction.atomic
def record_progress(scheme, save, *, version):
    """Write results and settled amounts (`save()`) of a scheme that nobody else has touched since `version`.

    The scheme counts a version, so that a reviewer who read other amounts is told.
    """
    lock_scheme(scheme.pk, version)
    save()
    Scheme.objects.filter(pk=scheme.pk).update(version=F("version"))  # the trigger counts on


@transaction.atomic
def accept_scheme(scheme, *, by, on, reason="", amounts=None, version=None):
    """Record the acceptance (nghiệm thu) of the work, with `amounts` {source code: value accepted in đồng}.

    Left out: all that was approved, as adjusted since.
    """
    scheme = lock_scheme(scheme.pk, version)
    for line in scheme.funding_lines.all():
        line.accepted_amount = (amounts or {}).get(line.source_id, line.agreed_amount)
        line.save()
    scheme.accepted_on = on
    return _step(scheme, "accept", by=by, at=timezone.now(), reason=reason)


@transaction.atomic
def unaccept_scheme(scheme, *, by, reason, paper=None, version=None):
    """Take a wrong acceptance back: work is under way again, and what was accepted is to be written anew."""
    scheme = lock_scheme(scheme.pk, version)
    scheme.funding_lines.exclude(settled_amount=None).update(settled_amount=None)
    scheme.accepted_on = None
    scheme = _step_back(scheme, "unaccept", by=by, reason=reason, paper=paper)
    scheme.funding_lines.exclude(accepted_amount=None).update(accepted_amount=None)
    return scheme


@transaction.atomic
def unsettle_scheme(scheme, *, by, reason, paper=None, version=None):
    """Take a wrong settlement back: its entries in the book are reversed on this day, and it is to be settled anew."""
    scheme = lock_scheme(scheme.pk, version)
    scheme.settled_by = scheme.settled_on = scheme.settlement_number = None
    scheme = _step_back(scheme, "unsettle", by=by, reason=reason, paper=paper)
    paper = scheme.papers.filter(verb="unsettle").latest("recorded_at")
    for entry in scheme.entries.filter(kind=LedgerEntry.Kind.SETTLEMENT, reverses=None, reversed_by=None):
        entry.reverses, entry.amount, entry.pk = LedgerEntry(pk=entry.pk), -entry.amount, None
        entry.entered_on, entry.document_number, entry.note = timezone.localdate(), paper.number, reason[:250]
        entry.recorded_by, entry.recorded_at, entry.token = by, timezone.now(), None
        entry.save(force_insert=True)
    connection.check_constraints()
    return scheme


def _step_back(scheme, verb, *, by, reason, paper):
    """A reviewer's step back, with a reason and a paper (`paper` as in `take_step`; None when it is written already)."""
    if not reason.strip():
        raise RefusedError(NO_REASON, "reason")
    now = timezone.now()
    if paper:
        StepPaper.objects.create(scheme=scheme, verb=verb, recorded_by=by, recorded_at=now, **paper)
    return _step(scheme, verb, by=by, at=now, reason=reason)


@transaction.atomic
def settle_scheme(scheme, *, by, reason, number, on, version=None):
    """Approve the settlement; staff wrote the settled amounts before. Each source of support is booked at its amount."""
    scheme = lock_scheme(scheme.pk, version)
    _book_settlement(scheme, by=by, number=number, on=on)
    scheme.settled_by, scheme.settled_on, scheme.settlement_number = by, on, number
    return _step(scheme, "settle", by=by, at=timezone.now(), reason=reason)


def _book_settlement(scheme, **stamp):
    for line in scheme.funding_lines.filter(source__is_support=True, settled_amount__gt=0):
        LedgerEntry.objects.create(
            scheme=scheme,
            source_id=line.source_id,
            kind=LedgerEntry.Kind.SETTLEMENT,
            amount=line.settled_amount,
            entered_on=stamp["on"],
            document_number=stamp["number"],
            recorded_by=stamp["by"],
            recorded_at=timezone.now(),
        )


@transaction.atomic
def confirm_plan_funding(funding, *, by, version=None):
    """A second person has checked the money against its decision: it now counts in reports.

    Refused when the row is no longer at the `version` that was checked.
    """
    funding = PlanFunding.objects.select_for_update(of=("self",)).get(pk=funding.pk)
    if version is not None and funding.version != version:
        raise RefusedError(STALE_FUNDING, "stale")
    if not by.has_perm("programmes.decide_planfunding"):
        raise RefusedError(NOT_YOUR_STEP % "Xác nhận", "plan_funding_role")
    funding.confirmed_by, funding.confirmed_at = by, timezone.now()
    funding.save()
    return funding
