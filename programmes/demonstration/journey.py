"""Takes drafts step by step along the only way that the database allows, many at a time."""

from collections import defaultdict

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils import timezone

from khuyencong.text import search_key
from programmes.demonstration import books, changing, reviewing
from programmes.demonstration.courses import moment
from programmes.demonstration.dossier import illustrate
from programmes.demonstration.writing import write
from programmes.enums import Level, Status, Verb
from programmes.models import FundingLine, Indicator, Scheme, SchemeBeneficiary, SchemeResult
from programmes.models.funding import AGREED_AMOUNT
from programmes.models.workflow import Stage


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
        _submit(course, schemes, drafts, staff)
    if course.registered:
        _register(schemes, moment(course.submitted, 9), moment(course.registered, 10), staff, reviewer)
    if course.decided:
        _decide(course, schemes, drafts, staff, reviewer)
    if course.started:
        _start(course, schemes, staff)
    if course.advanced:
        books.advance(course.advanced, schemes, staff)
    changing.change(drafts, reviewer)
    if course.terminated:
        _terminate(course, schemes, staff, reviewer)
    if course.accepted:
        _accept(course, schemes, drafts, staff)
    if course.settled:
        _settle(course, schemes, staff, reviewer)


def _step(schemes, status, at, by, reason="", **stamps):
    illustrate(schemes, by, status=status, on=timezone.localdate(at))
    schemes.update(status=status, status_at=at, status_by=by, status_reason=reason, **stamps)


def _paper_step(schemes, verb, status, at, by):
    """A step with a paper of its own, which is recorded with it."""
    reviewing.record(schemes, verb, at, by)
    _step(schemes, status, at, by)


def _submit(course, schemes, drafts, staff):
    at = moment(course.submitted, 9)
    changing.explain(drafts, at, staff)
    _step(schemes, Status.SUBMITTED, at, staff, submitted_at=at, submitted_by=staff)


def _register(schemes, sent, at, staff, reviewer):
    """Appraised in the province, then registered with the agency at the moment `at`."""
    reviewing.appraise(schemes, Stage.BASE, sent + (at - sent) / 4, reviewer)
    _step(schemes, Status.APPRAISED, sent + (at - sent) / 2, reviewer)
    _paper_step(schemes, Verb.REGISTER, Status.REGISTERED, at, staff)


def _decide(course, schemes, drafts, staff, reviewer):
    """Appraised and decided; a national scheme that is approved is registered with the agency and appraised there first."""
    sent, at = moment(course.submitted, 9), moment(course.decided, 10)
    if course.verdict == Status.APPROVED:
        _approve_money(drafts)
        local, national = schemes.filter(level=Level.LOCAL), schemes.filter(level=Level.NATIONAL)
        reviewing.appraise(local, Stage.BASE, sent + (at - sent) / 8, reviewer)
        _register(national, sent, sent + (at - sent) / 2, staff, reviewer)
        reviewing.appraise(national, Stage.NATIONAL, sent + (at - sent) / 4 * 3, reviewer)
        _step(national, Status.MINISTRY, sent + (at - sent) / 4 * 3, reviewer)
        changing.confirm(schemes, sent + (at - sent) / 8 * 7, reviewer)
    stamp = {"decision_number": course.number, "decision_on": course.decided, "decided_at": at, "decided_by": reviewer}
    stamp["search_key"] = Concat("search_key", Value(f" {search_key(course.number)}"))  # update() derives no key
    _step(schemes, course.verdict, at, reviewer, course.reason, **stamp)


def _start(course, schemes, staff):
    """National money is given by a contract, local money where the course says so."""
    decided, at = moment(course.decided, 10), moment(course.started, 11)
    with_contract, signed = schemes.filter(level=Level.NATIONAL), decided + (at - decided) / 2
    if course.contracted:
        with_contract, signed = schemes, moment(course.contracted, 10)
    _paper_step(with_contract, Verb.CONTRACT, Status.CONTRACTED, signed, staff)
    _step(schemes, Status.IN_PROGRESS, at, staff)


def _terminate(course, schemes, staff, reviewer):
    """Stopped by a decision; what was advanced comes back."""
    _paper_step(schemes, Verb.TERMINATE, Status.TERMINATED, moment(course.terminated, 9), reviewer)
    books.give_back(course.terminated, schemes, staff)


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
    FundingLine.objects.filter(scheme__in=schemes).update(accepted_amount=AGREED_AMOUNT)
    _step(schemes, Status.ACCEPTED, moment(course.accepted, 14), staff, accepted_on=F("end_on"))


def _settle(course, schemes, staff, reviewer):
    """Every line is settled at what was accepted."""
    if course.liquidated:
        _paper_step(schemes, Verb.LIQUIDATE, Status.LIQUIDATED, moment(course.liquidated, 10), staff)
    FundingLine.objects.filter(scheme__in=schemes).update(settled_amount=F("accepted_amount"))
    books.pay_and_settle(course.settled, schemes, reviewer)
    stamp = {"settled_on": course.settled, "settled_by": reviewer, "settlement_number": course.settlement_number}
    _step(schemes, Status.SETTLED, moment(course.settled, 15), reviewer, **stamp)
    if course.closed:
        _step(schemes, Status.CLOSED, moment(course.closed, 9), reviewer)


def _fill(model, field, part, values):
    """Set `field` of the parts of schemes from `values` {(scheme id, value of `part`): value}."""
    rows = list(model.objects.filter(scheme__in={scheme for scheme, _ in values}))
    for row in rows:
        setattr(row, field, values[row.scheme_id, getattr(row, part)])
    model.objects.bulk_update(rows, [field], batch_size=200)
