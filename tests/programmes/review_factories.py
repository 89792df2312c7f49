"""Rows of the life of a scheme, each valid, one of each kind."""

from django.utils import timezone

from programmes.adjustments.services import adjust
from programmes.models import (
    AdjustmentAuthority,
    AdvanceRule,
    CeilingException,
    LedgerEntry,
    ReviewComment,
    StepPaper,
    WorkflowStep,
)
from tests.factories import DAY, SchemeFactory, SupportRuleFactory, UserFactory, appraise

MONEY = {"province": 150_000_000}


def workflow_step(province):
    """A step of the general procedure, which people of `province` see."""
    return WorkflowStep.objects.filter(province=None).first()


def advance_rule():
    return AdvanceRule.objects.create(document="TTLT mẫu", rate=70, valid_from=DAY)


def authority():
    return AdjustmentAuthority.objects.create(level="local", kind="stop", authority="chair", valid_from=DAY)


def _scheme(province, state):
    return SchemeFactory(province=province, money=MONEY, state=state)


def _reviewer(province):
    return UserFactory(role="reviewer", province=province)


def sheet(province):
    return appraise(_scheme(province, "submitted"))


def comment(province):
    scheme = _scheme(province, "submitted")
    return ReviewComment.objects.create(
        scheme=scheme,
        submitted_at=scheme.submitted_at,
        field="name",
        label="Tên đề án",
        text="Ghi đủ tên",
        made_by=_reviewer(province),
        made_at=timezone.now(),
    )


def paper(province):
    scheme = _scheme(province, "approved")
    return StepPaper.objects.create(
        scheme=scheme,
        verb="contract",
        number="01/HĐ",
        issued_on=DAY,
        recorded_by=scheme.created_by,
        recorded_at=timezone.now(),
    )


def entry(province):
    scheme = _scheme(province, "contracted")
    return LedgerEntry.objects.create(
        scheme=scheme,
        source_id="province",
        kind="advance",
        amount=30_000_000,
        entered_on=DAY,
        document_number="UNC 1",
        recorded_by=scheme.created_by,
        recorded_at=timezone.now(),
    )


def adjustment(province):
    scheme = _scheme(province, "approved")
    changes = [("Địa điểm", "xóm 1", "xóm 2")]
    decision = {"kind": "place", "authority": "chair", "number": "2/QĐ", "decided_on": DAY, "reason": "Theo thực tế"}
    return adjust(scheme, by=_reviewer(province), changes=changes, **decision)


def exception(province):
    scheme = SchemeFactory(province=province, money=MONEY)
    return CeilingException.objects.create(
        scheme=scheme,
        rule=SupportRuleFactory(),
        most=1,
        amount=2,
        reason="Đặc thù",
        requested_by=scheme.created_by,
        requested_at=timezone.now(),
    )
