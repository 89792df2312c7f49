"""Decisions that changed approved demonstration schemes, and reasons to go beyond the rules of support."""

from django.db import connection
from django.utils import timezone

from programmes.demonstration.courses import moment
from programmes.models import Adjustment, AdjustmentBenefit, AdjustmentLine, CeilingException, FundingLine
from programmes.models.ceiling_guards import PROPOSED, over_ceilings


def change(drafts, by):
    """Write the decisions of `drafts` {scheme id: draft} in their order; a single facility shares its source's fate."""
    for scheme, draft in drafts.items():
        for one in draft.changes:
            adjustment = Adjustment.objects.create(
                scheme_id=scheme,
                kind=one.kind,
                authority=one.authority,
                number=one.number,
                decided_on=one.decided_on,
                reason=one.reason,
                end_on=one.end_on,
                made_by=by,
                recorded_at=moment(one.decided_on, 16),
            )
            if one.support is not None:
                _set_support(adjustment, one.support)


def _set_support(adjustment, amount):
    line = FundingLine.objects.support().get(scheme=adjustment.scheme_id)
    AdjustmentLine.objects.create(
        adjustment=adjustment, source_id=line.source_id, before_amount=line.agreed_amount, after_amount=amount
    )
    for benefit in adjustment.scheme.beneficiaries.all():
        AdjustmentBenefit.objects.create(
            adjustment=adjustment,
            facility_id=benefit.facility_id,
            before_amount=benefit.agreed_amount,
            after_amount=amount,
        )


def explain(drafts, at, by):
    """Why each of `drafts` that says so asks for more than a rule leaves."""
    for scheme, draft in drafts.items():
        if draft.beyond:
            CeilingException.objects.bulk_create(
                CeilingException(
                    scheme_id=scheme,
                    rule_id=rule,
                    benefit_id=benefit,
                    most=most,
                    amount=asked,
                    reason=draft.beyond,
                    requested_by=by,
                    requested_at=at,
                )
                for rule, benefit, asked, most in _excesses(scheme, timezone.localdate(at))
            )


def _excesses(scheme, day):
    """(rule id, beneficiary id or None, đồng asked, đồng left) of every rule that the scheme exceeds."""
    with connection.cursor() as cursor:
        found = over_ceilings(str(int(scheme)), f"DATE '{day}'", PROPOSED)
        cursor.execute(f"SELECT rule_id, benefit_id, asked, most FROM ({found}) excess")
        return cursor.fetchall()


def confirm(schemes, at, by):
    """A second person confirms the reasons."""
    CeilingException.objects.filter(scheme__in=schemes).update(confirmed_by=by, confirmed_at=at)
