"""Faults of the procedure of a scheme, and of what is written down beside it."""

from django.utils import timezone

from khuyencong.enums import Role
from programmes.models import ReviewComment, SchemeYear, StepPaper
from tests.factories import DAY, SourceFactory, UserFactory, appraise
from tests.faults.planting import change, fault
from tests.faults.steps import FUTURE, scheme


def reviewer_of(one):
    return UserFactory(role=Role.REVIEWER, province=one.province)


def move(one, status, by, **stamps):
    """The scheme takes a step that the law would have refused."""
    return change(one, status=status, status_by=by, status_at=timezone.now(), **stamps)


@fault("scheme-step-doer")
def _():
    sent = scheme()
    move(sent, "submitted", reviewer_of(sent), submitted_at=timezone.now(), submitted_by=sent.created_by)


@fault("scheme-appraised")
def _():
    sent = scheme("submitted")
    for line in sent.funding_lines.all():
        change(line, approved_amount=line.proposed_amount)
    reviewer = reviewer_of(sent)
    decision = {"decision_number": "15/QĐ-SCT", "decision_on": DAY, "decided_at": timezone.now()}
    move(sent, "approved", reviewer, decided_by=reviewer, status_reason="Đủ điều kiện", **decision)


@fault("scheme-step-paper")
def _():
    decided = scheme("approved")
    move(decided, "contracted", decided.created_by)


@fault("scheme-content-kept")
def _():
    change(scheme("approved"), objective="Khác với hồ sơ đã gửi")


@fault("scheme-decision-kept")
def _():
    change(scheme("approved"), decision_number="16/QĐ-SCT")


@fault("scheme-flagship-contents")
def _():
    scheme("submitted", is_flagship=True)


@fault("scheme-group-detailed")
def _():
    decided = scheme("approved", is_group=True)
    move(decided, "in_progress", decided.created_by)


@fault("scheme-years-add-up")
def _():
    SchemeYear.objects.create(scheme=scheme(), source=SourceFactory(), year=2020, planned_amount=100)


@fault("appraisal-pass-with-lacking", "programmes_appraisal.appraisal_pass_needs_items")
def _():
    appraise(scheme("submitted"), capacity="lacking")


@fault("appraisal-four-eyes")
def _():
    sent = scheme("submitted")
    appraise(sent, by=sent.created_by)


@fault("appraisal-kept")
def _():
    change(appraise(scheme("submitted")), conclusion="Khác với phiếu đã ghi")


def paper(one, **values):
    stamp = {"recorded_by": one.created_by, "recorded_at": timezone.now()}
    return StepPaper.objects.create(
        **{"scheme": one, "verb": "contract", "number": "01/HĐ", "issued_on": DAY} | stamp | values
    )


@fault("step-paper-kept")
def _():
    change(paper(scheme("approved")), number="02/HĐ")


@fault("step-paper-in-future")
def _():
    paper(scheme("approved"), issued_on=FUTURE)


@fault("review-comment-kept")
def _():
    sent = scheme("submitted")
    comment = ReviewComment.objects.create(
        scheme=sent,
        submitted_at=sent.submitted_at,
        field="objective",
        label="Mục tiêu",
        text="Nêu rõ hơn.",
        made_by=reviewer_of(sent),
        made_at=timezone.now(),
    )
    change(comment, text="Bỏ mục này.")
