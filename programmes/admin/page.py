"""What a decision needs to know about a scheme, ready for its page."""

from collections import defaultdict

from django.db.models import Sum
from django.utils import timezone

from khuyencong.delegations import may_act
from programmes.budgets.left import left_rows
from programmes.ceilings.section import section as ceilings_section
from programmes.dossier import section as dossier
from programmes.enums import Status
from programmes.grounds import with_grounds
from programmes.models import Scheme, SchemeBeneficiary
from programmes.models.money_guards import ADJUSTABLE
from programmes.progress import TITLES
from programmes.reviewing.comparison import compare
from programmes.tables import money_table
from programmes.warnings import sections as warnings

STAGES = ("proposed_amount", "approved_amount")
OWN = "Bạn là người lập đề án này nên không được quyết định."
SENT = "Bạn là người gửi đề án này nên không được quyết định."
ASSIGNED = "Đề án đã giao %s thụ lý: chỉ người đó, hoặc người được ủy quyền khi vắng mặt, thực hiện bước này."


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
    benefits, earlier = with_grounds(scheme.beneficiaries), earlier_support(scheme, user)
    return {
        "rows": [(benefit, earlier.get(benefit.counted_id, [])) for benefit in benefits],
        "totals": {stage: _total(benefits, stage) for stage in STAGES},
    }


def steps_taken(scheme):
    """Versions of the scheme at each step of its life, oldest first: who, when, with what decision and words."""
    steps, last = [], None
    for version in scheme.events.select_related("status_by").order_by("pgh_id"):
        if version.status_at != last:
            version.label = TITLES[version.status] if steps else "Lập đề án"
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


def why_not(scheme, user):
    """Why a reviewer may not decide on this scheme, '' when nothing stands against it. At most one query."""
    if user == scheme.created_by:
        return OWN
    if user == scheme.submitted_by:
        return SENT
    assigned = scheme.assigned_to
    if assigned and assigned.role == user.role and not may_act(user, assigned, timezone.localdate()):
        return ASSIGNED % assigned
    return ""


def sheets(scheme):
    """{'rows' appraisal sheets, 'comments', 'papers'}, the newest first; those of this sending have `is_current`."""
    rows = list(scheme.appraisals.select_related("made_by").order_by("-pk"))
    comments = list(scheme.comments.select_related("made_by", "answered_by").order_by("-pk"))
    for one in (*rows, *comments):
        one.is_current = one.submitted_at == scheme.submitted_at
    for sheet in rows:
        sheet.items = [_item(sheet, name) for name in sheet.ITEMS]
    return {"rows": rows, "comments": comments, "papers": list(scheme.papers.select_related("recorded_by"))}


def _item(sheet, name):
    label = str(sheet._meta.get_field(name).verbose_name)
    return {"label": label, "finding": getattr(sheet, f"get_{name}_display")(), "note": getattr(sheet, f"{name}_note")}


def about(scheme, user):
    """Everything that `decision.html` shows beside the scheme itself, in a fixed number of queries."""
    steps = steps_taken(scheme)
    funding = money_table(scheme.funding_lines.select_related("source"))
    benefits, written = beneficiary_table(scheme, user), sheets(scheme)
    limits = ceilings_section(scheme, user)
    parts = (warnings.scheme_section, dossier.section)
    return {
        "funding": funding,
        "is_adjusted": any(line.adjusted_amount is not None for line in funding.lines),
        "agreed_total": _total(funding.lines, "agreed_amount"),
        "accepted_total": _total(funding.lines, "accepted_amount"),
        "benefits": benefits,
        "results": list(scheme.results.named()),
        "contents": list(scheme.other_contents.select_related("content")),
        "coordinators": list(scheme.coordinators.select_related("unit")),
        "years": list(scheme.years.select_related("source")),
        "left": left_rows(scheme, funding.lines),
        "limits": limits and limits.context,
        "sheets": written,
        "comparison": compare(scheme, written["comments"]),
        "adjustments": list(scheme.adjustments.select_related("made_by")) if scheme.decided_by_id else [],
        "may_confirm": user.has_perm("programmes.decide_scheme"),
        "may_adjust": scheme.status in ADJUSTABLE and user.has_perm("programmes.decide_scheme"),
        "sections": [section for make in parts if (section := make(scheme, user))],
        "steps": steps[::-1],
        "returns": returns(steps)[-1:],
    }
