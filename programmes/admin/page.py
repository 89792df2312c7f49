"""What a decision needs to know about a scheme, ready for its page."""

from collections import defaultdict

from django.db.models import Sum

from programmes.enums import TRANSITIONS, Status
from programmes.models import Scheme, SchemeBeneficiary
from programmes.tables import money_table

STAGES = ("proposed_amount", "approved_amount")
STEP_LABELS = {transition.target: transition.label for transition in TRANSITIONS}


def _total(rows, stage):
    amounts = [getattr(row, stage) for row in rows if getattr(row, stage) is not None]
    return sum(amounts) if amounts else None


def earlier_support(scheme, user):
    """{id of the facility that counts: [{'year', 'amount'}, …]} of other schemes that `user` may see, oldest first.

    What was approved for facilities that were merged counts for the kept one. One query.
    """
    rows = (
        SchemeBeneficiary.objects.counted()
        .filter(
            counted_id__in=scheme.beneficiaries.counted().values("counted_id"),
            scheme__in=Scheme.objects.visible_to(user).decided().exclude(pk=scheme.pk),
            approved_amount__gt=0,
        )
        .order_by("counted_id", "scheme__year")
        .values("counted_id", "scheme__year")
        .annotate(total=Sum("approved_amount"))
    )
    found = defaultdict(list)
    for row in rows:
        found[row["counted_id"]].append({"year": str(row["scheme__year"]), "amount": row["total"]})
    return dict(found)


def beneficiary_table(scheme, user):
    """{'rows' [(benefit, earlier support)], 'totals' {stage: đồng}}."""
    benefits, earlier = list(scheme.beneficiaries.counted().named()), earlier_support(scheme, user)
    return {
        "rows": [(benefit, earlier.get(benefit.counted_id, [])) for benefit in benefits],
        "totals": {stage: _total(benefits, stage) for stage in STAGES},
    }


def steps_taken(scheme):
    """Versions of the scheme at each step of its life, oldest first: who, when, with what decision and words."""
    steps, last = [], None
    for version in scheme.events.select_related("status_by").order_by("pgh_id"):
        if version.status_at != last:
            version.label = STEP_LABELS[version.status] if steps else "Lập đề án"
            version.document = _document(version)
            steps.append(version)
        last = version.status_at
    return steps


def _document(version):
    """'15/QĐ-SCT, 02/03/2020': the paper of a step that has one, else ''."""
    if version.status in {Status.RETURNED, Status.REJECTED, Status.APPROVED}:
        return f"{version.decision_number}, {version.decision_on:%d/%m/%Y}"
    if version.status == Status.SETTLED:
        return f"{version.settlement_number}, {version.settled_on:%d/%m/%Y}"
    return ""


def returns(steps):
    """The times a scheme was sent back, with what was missing."""
    return [step for step in steps if step.status == Status.RETURNED]


def about(scheme, user):
    """Everything that `decision.html` shows beside the scheme itself, in a fixed number of queries."""
    steps = steps_taken(scheme)
    return {
        "funding": money_table(scheme.funding_lines.select_related("source")),
        "benefits": beneficiary_table(scheme, user),
        "results": list(scheme.results.named()),
        "steps": steps[::-1],
        "returns": returns(steps),
    }
