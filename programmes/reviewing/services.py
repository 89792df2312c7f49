"""What a reviewer writes down together with a step, in one transaction: all of it or nothing."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from khuyencong.refusals import RefusedError
from khuyencong.scope import province_ids
from programmes import services
from programmes.enums import Verb
from programmes.models import Appraisal, CeilingException, ReviewComment, Scheme, StepPaper
from programmes.models.workflow import Verdict

NO_BENEFICIARIES = "Kế hoạch chi tiết chưa có đơn vị thụ hưởng. Chuyên viên ghi các cơ sở trước, rồi mới duyệt được."
CONFIRMED = "Lý do vượt mức này đã được xác nhận."
NOT_REVIEWER = "Chỉ người thẩm định mới ghi được việc này."


@transaction.atomic
def record_sheet(scheme, *, by, stage, sheet, version=None):
    """Write an appraisal sheet that moves nothing; `sheet`: the fields of `Appraisal` that a person types.

    The scheme counts a version, so that a second click, or who read the page before, is told.
    """
    _may_review(by)
    scheme = services.lock_scheme(scheme.pk, version)
    made = _write_sheet(scheme, by, stage, sheet)
    Scheme.objects.filter(pk=scheme.pk).update(version=F("version"))  # the trigger counts on
    return made


@transaction.atomic
def appraise_scheme(scheme, verb, *, by, stage, sheet, version=None, **given):
    """Write the sheet and, when it recommends the scheme, take the step that waits for it.

    Returns the scheme's row after it; its status tells whether the step was taken.
    """
    if sheet["verdict"] == Verdict.PASS:
        return decide(scheme, verb, by=by, version=version, stage=stage, sheet=sheet, **given)
    record_sheet(scheme, by=by, stage=stage, sheet=sheet, version=version)
    return Scheme.objects.get(pk=scheme.pk)


@transaction.atomic
def decide(scheme, verb, *, by, version=None, stage="", sheet=None, paper=None, comments=(), benefits=None, **given):
    """Take a reviewer's step with all that belongs to it: sheet, paper of the step, comments on fields, amounts.

    `comments`: dicts field, label, text. `benefits`: {facility id: đồng}. `given`: what the service of the step takes.
    """
    scheme, now = services.lock_scheme(scheme.pk, version), timezone.now()
    if sheet:
        _write_sheet(scheme, by, stage, sheet)
    if paper:
        StepPaper.objects.create(scheme=scheme, verb=verb, recorded_by=by, recorded_at=now, **paper)
    for comment in comments:
        ReviewComment.objects.create(
            scheme=scheme, made_by=by, made_at=now, submitted_at=scheme.submitted_at, **comment
        )
    if verb == Verb.DETAIL:
        _approve_benefits(scheme, benefits or {})
    elif benefits is not None:
        given["benefits"] = benefits
    return _take(scheme, verb, by, given)


def _take(scheme, verb, by, given):
    service = DECISIONS.get(verb)
    return service(scheme, by=by, **given) if service else services.take_step(scheme, verb, by=by, **given)


DECISIONS = {
    Verb.APPROVE: services.approve_scheme,
    Verb.RETURN: services.return_scheme,
    Verb.REJECT: services.reject_scheme,
    Verb.SETTLE: services.settle_scheme,
    Verb.UNACCEPT: services.unaccept_scheme,
    Verb.UNSETTLE: services.unsettle_scheme,
}


def _write_sheet(scheme, by, stage, sheet):
    return Appraisal.objects.create(
        scheme=scheme, stage=stage, submitted_at=scheme.submitted_at, made_by=by, made_at=timezone.now(), **sheet
    )


def _approve_benefits(scheme, benefits):
    rows = list(scheme.beneficiaries.all())
    if not rows:
        raise RefusedError(NO_BENEFICIARIES, "scheme_detail_beneficiaries")
    for row in rows:
        row.approved_amount = benefits.get(row.facility_id, row.proposed_amount)
        row.save()


def _may_review(by):
    if not by.has_perm("programmes.decide_scheme"):
        raise RefusedError(NOT_REVIEWER, "scheme_role")


@transaction.atomic
def confirm_exception(exception, *, by):
    """The second person: the reason to go beyond a rule holds. Refused to who wrote it; a second click is told."""
    _may_review(by)
    exception = CeilingException.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=exception.pk)
    ids = province_ids(by)
    if ids is not None and exception.scheme.province_id not in ids:
        raise RefusedError(services.NOT_YOUR_PROVINCE, "scheme_scope")
    if exception.confirmed_at:
        raise RefusedError(CONFIRMED, "ceiling_exception_confirmed_only")
    exception.confirmed_by, exception.confirmed_at = by, timezone.now()
    exception.save()
    return exception
