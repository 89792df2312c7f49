"""Takes drafts step by step along the only way that the database allows, many at a time."""

from collections import defaultdict

from django.db.models import F, Value
from django.db.models.functions import Concat

from khuyencong.text import search_key
from programmes.demonstration.courses import moment
from programmes.demonstration.writing import write
from programmes.enums import Status
from programmes.models import FundingLine, Indicator, Scheme, SchemeBeneficiary, SchemeResult


def carry_out(drafts, *, province, staff, reviewer):
    """Write the drafts of one province row and take each as far as its course goes. Two people, as the law asks."""
    groups = defaultdict(dict)
    for draft, scheme in zip(drafts, write(drafts, province=province, staff=staff), strict=True):
        groups[draft.course][scheme.pk] = draft
    for course, group in groups.items():
        _take(course, group, staff, reviewer)


def _take(course, drafts, staff, reviewer):
    """`drafts`: scheme id -> draft, all of this course. Hours keep steps of one day in order."""
    schemes = Scheme.objects.filter(pk__in=drafts)
    schemes.update(created_at=F("status_at"))
    if course.submitted:
        at = moment(course.submitted, 9)
        _step(schemes, Status.SUBMITTED, at, staff, submitted_at=at, submitted_by=staff)
    if course.decided:
        _decide(course, schemes, drafts, reviewer)
    if course.started:
        _step(schemes, Status.IN_PROGRESS, moment(course.started, 11), staff)
    if course.accepted:
        _accept(course, schemes, drafts, staff)
    if course.settled:
        _settle(course, schemes, reviewer)


def _step(schemes, status, at, by, reason="", **stamps):
    schemes.update(status=status, status_at=at, status_by=by, status_reason=reason, **stamps)


def _decide(course, schemes, drafts, reviewer):
    if course.verdict == Status.APPROVED:
        _approve_money(drafts)
    at = moment(course.decided, 10)
    stamp = {"decision_number": course.number, "decision_on": course.decided, "decided_at": at, "decided_by": reviewer}
    stamp["search_key"] = Concat("search_key", Value(f" {search_key(course.number)}"))  # update() derives no key
    _step(schemes, course.verdict, at, reviewer, course.reason, **stamp)


def _approve_money(drafts):
    lines = {(pk, code): money.approved for pk, draft in drafts.items() for code, money in draft.money.items()}
    benefits = {(pk, who): money.approved for pk, draft in drafts.items() for who, money in draft.benefits.items()}
    _fill(FundingLine, "approved_amount", "source_id", lines)
    _fill(SchemeBeneficiary, "approved_amount", "facility_id", benefits)


def _accept(course, schemes, drafts, staff):
    """Finished on the planned day, with what came of it."""
    ids = dict(Indicator.objects.values_list("code", "pk"))
    figures = {(pk, ids[code]): figure.actual for pk, draft in drafts.items() for code, figure in draft.results.items()}
    _fill(SchemeResult, "actual", "indicator_id", figures)
    _step(schemes, Status.ACCEPTED, moment(course.accepted, 14), staff, accepted_on=F("end_on"))


def _settle(course, schemes, reviewer):
    """Every line is settled at what was approved."""
    FundingLine.objects.filter(scheme__in=schemes).update(settled_amount=F("approved_amount"))
    stamp = {"settled_on": course.settled, "settled_by": reviewer, "settlement_number": course.settlement_number}
    _step(schemes, Status.SETTLED, moment(course.settled, 15), reviewer, **stamp)


def _fill(model, field, part, values):
    """Set `field` of the parts of schemes from `values` {(scheme id, value of `part`): value}."""
    rows = list(model.objects.filter(scheme__in={scheme for scheme, _ in values}))
    for row in rows:
        setattr(row, field, values[row.scheme_id, getattr(row, part)])
    model.objects.bulk_update(rows, [field], batch_size=200)
