"""Which steps a scheme may take now, by the procedure in force: one reading of `WorkflowStep`."""

from django.utils import timezone

from programmes.enums import Status, Verb
from programmes.models import WorkflowStep
from programmes.models.guards import binds

# Positional parameters: the database wrapper of `pgtrigger.ignore` adds its own and mixes them with no others.
STEPS = f"""WITH it AS (SELECT scheme.*, %s::date AS day FROM programmes_scheme scheme WHERE scheme.id = %s)
    SELECT step.* FROM programmes_workflowstep step, it WHERE {binds("step", "it", "it.day")} ORDER BY step.position, step.id"""


def procedure(scheme, day=None):
    """Every step that binds the scheme on `day` (today): its province's own for its level, else the general ones."""
    return list(WorkflowStep.objects.raw(STEPS, [day or timezone.localdate(), scheme.pk]))


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
