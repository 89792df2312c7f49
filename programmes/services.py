"""What must happen together: the steps of a scheme. Each writes its stamp; the history writes itself (triggers)."""

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from khuyencong.refusals import RefusedError
from khuyencong.scope import province_ids
from programmes.enums import BY_VERB
from programmes.models import PlanFunding, Scheme

STALE = "Người khác vừa lưu đề án này. Hãy mở lại trang để xem nội dung mới rồi thực hiện lại."
NOT_YOUR_STEP = "Vai trò của bạn không thực hiện được bước “%s”."
STALE_FUNDING = "Khoản này vừa được sửa. Hãy mở lại trang để đối chiếu số mới rồi xác nhận."
NOT_YOUR_PROVINCE = "Đề án này không thuộc địa bàn của bạn."
OUT_OF_ORDER = "Không thể chuyển đề án từ “%s” sang “%s”."
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
    """Move `scheme` along one transition; the database checks that the step is allowed."""
    transition = BY_VERB[verb]
    if by.role != transition.role:
        raise RefusedError(NOT_YOUR_STEP % transition.label, "scheme_role")
    ids = province_ids(by)
    if ids is not None and scheme.province_id not in ids:
        raise RefusedError(NOT_YOUR_PROVINCE, "scheme_scope")
    if scheme.status not in transition.source:
        raise RefusedError(OUT_OF_ORDER % (scheme.get_status_display(), transition.target.label), "scheme_transition")
    scheme.status, scheme.status_by, scheme.status_at, scheme.status_reason = transition.target, by, at, reason
    scheme.save()
    connection.check_constraints()
    return scheme


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
def accept_scheme(scheme, *, by, on, reason="", version=None):
    """Record the acceptance (nghiệm thu) of the work."""
    scheme = lock_scheme(scheme.pk, version)
    scheme.accepted_on = on
    return _step(scheme, "accept", by=by, at=timezone.now(), reason=reason)


@transaction.atomic
def settle_scheme(scheme, *, by, reason, number, on, version=None):
    """Approve the settlement; staff wrote the settled amounts before."""
    scheme = lock_scheme(scheme.pk, version)
    scheme.settled_by, scheme.settled_on, scheme.settlement_number = by, on, number
    return _step(scheme, "settle", by=by, at=timezone.now(), reason=reason)


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
