"""Which steps a scheme may take now, by the procedure in force: one reading of `WorkflowStep`."""

from django.utils import timezone

from programmes.enums import Status, Verb
from programmes.models import WorkflowStep
from programmes.models.guards import binds

STEPS = f"""SELECT step.* FROM programmes_workflowstep step JOIN programmes_scheme scheme ON scheme.id = %(scheme)s
    WHERE {binds("step", "scheme", "%(day)s::date")} ORDER BY step.position, step.id"""


def procedure(scheme, day=None):
    """Every step that binds the scheme on `day` (today): its province's own for its level, else the general ones."""
    return list(WorkflowStep.objects.raw(STEPS, {"scheme": scheme.pk, "day": day or timezone.localdate()}))


def steps_from(scheme, day=None):
    """The steps that the procedure knows from where the scheme stands, in order."""
    return [step for step in procedure(scheme, day) if step.source == scheme.status and _fits(step, scheme)]


def find(scheme, verb, day=None):
    """The step of that verb from where the scheme stands, or None."""
    return next((step for step in steps_from(scheme, day) if step.verb == verb), None)


def _fits(step, scheme):
    """A detailed plan is for groups only, and a group begins only after it."""
    if step.verb == Verb.DETAIL:
        return scheme.is_group
    return not (step.verb == Verb.START and scheme.is_group and step.source != Status.DETAILED)
