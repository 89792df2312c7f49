"""Everything that a round's desk shows beside its decision, and what a person may do there now."""

from django.db.models import Count, DateTimeField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce

from fairs.admin.deciding import ConcludeForm, IssueForm
from fairs.admin.forms import ReopenForm
from fairs.enums import Body, EntryStatus, RoundStatus
from fairs.models import Complaint, SelectionRound

OWN = "Bạn là người lập kỳ bình chọn này nên không được kết luận."
TONES = {RoundStatus.SCORING: "wait", RoundStatus.OPEN: "wait", RoundStatus.CONCLUDED: "good"}


def tone(round):
    """The colour of a round's state."""
    return TONES.get(round.status, "")


def offered(round, results, data=None):
    """{decision: form} of what may be done with a round in its state; `data` binds the one that was sent."""
    forms = {}
    if round.status == RoundStatus.SCORING:
        forms["conclude"] = (ConcludeForm, {"round": round, "results": results})
    if round.status == RoundStatus.CONCLUDED and results.to_certify:
        forms["issue"] = (IssueForm, {"round": round, "results": results})
    if round.status == RoundStatus.CONCLUDED and not results.has_certificates:
        forms["reopen"] = (ReopenForm, {})
    sent = data and data.get("decision")
    return {name: form(data if name == sent else None, **given) for name, (form, given) in forms.items()}


def why_not(round, user):
    """Why a reviewer may not conclude this round, '' when nothing stands against it."""
    return OWN if round.status == RoundStatus.SCORING and round.created_by_id == user.pk else ""


def about(round, results):
    """People, dossiers, complaints; a fixed number of queries."""
    members = list(round.members.all())
    return {
        "results": results,
        "bodies": [(body.label, [one for one in members if one.body == body]) for body in Body],
        "complaints": list(Complaint.objects.filter(round=round).select_related("entry__product")),
        "tone": tone(round),
    }


def counted(rounds):
    """Rounds with how many dossiers stand and how many certificates were given (`registered`, `certified`)."""
    standing = ~Q(entries__status=EntryStatus.WITHDRAWN)
    return rounds.annotate(
        registered=Count("entries", filter=standing, distinct=True), certified=Count("certificates", distinct=True)
    )


def scoring_since():
    """When a round in scoring last went there, from its history; without one, its last day for dossiers."""
    versions = SelectionRound.pgh_event_model.objects
    before = versions.filter(pgh_obj=OuterRef("pgh_obj")).exclude(status=RoundStatus.SCORING).order_by("-pgh_id")
    last = Coalesce(Subquery(before.values("pgh_id")[:1]), 0)
    steps = versions.filter(pgh_obj=OuterRef("pk"), status=RoundStatus.SCORING, pgh_id__gt=last).order_by("pgh_id")
    return Coalesce(Subquery(steps.values("pgh_created_at")[:1]), Cast("closes_on", DateTimeField()))
