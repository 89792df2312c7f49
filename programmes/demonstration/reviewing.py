"""Sheets and papers of demonstration schemes, many at a time."""

from django.utils import timezone

from programmes.models import Appraisal, StepPaper

CONCLUSION = "Số liệu minh họa: đủ điều kiện, đề nghị phê duyệt."


def appraise(schemes, stage, at, reviewer):
    """A sheet for each scheme that found every item good."""
    findings = dict.fromkeys(Appraisal.ITEMS, "good")
    Appraisal.objects.bulk_create(
        Appraisal(
            scheme=scheme,
            stage=stage,
            submitted_at=scheme.submitted_at,
            verdict="pass",
            conclusion=CONCLUSION,
            made_by=reviewer,
            made_at=at,
            **findings,
        )
        for scheme in schemes
    )


def record(schemes, verb, at, by):
    """The paper of a step, dated on the day of the step."""
    day = timezone.localdate(at)
    StepPaper.objects.bulk_create(
        StepPaper(
            scheme=scheme,
            verb=verb,
            number=f"{scheme.pk:04d}/{verb[:2].upper()}-MH",
            issued_on=day,
            note="Số liệu minh họa.",
            recorded_by=by,
            recorded_at=at,
        )
        for scheme in schemes
    )
