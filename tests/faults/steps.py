"""Faults of the steps of a scheme."""

import datetime

from django.utils import timezone

from programmes.models import Scheme
from tests.factories import DAY, SchemeFactory, UserFactory
from tests.faults.planting import change, fault

BEFORE, FUTURE = DAY - datetime.timedelta(days=1), datetime.date(2099, 1, 1)
TABLE = "programmes_scheme"


def scheme(state="draft", **values):
    return SchemeFactory(money={"province": 150, "counterpart": 70}, state=state, **values)


@fault("scheme-starts-as-draft")
def _():
    person = UserFactory()
    scheme(status="submitted", submitted_by=person, submitted_at=timezone.now())


@fault("scheme-steps-in-order", also=["scheme-every-line-accepted"])
def _():
    change(scheme("approved"), status="accepted", accepted_on=DAY)


@fault("scheme-sent-then-deleted")
def _():
    Scheme.objects.filter(pk=scheme("submitted").pk).delete()


@fault("scheme-submission-stamp", f"{TABLE}.scheme_submitted_stamp")
def _():
    change(scheme(), submitted_at=timezone.now())


@fault("scheme-decision-missing", f"{TABLE}.scheme_decision_stamp", also=["scheme-decision-kept"])
def _():
    change(scheme("approved"), decision_number=None)


@fault("scheme-decision-too-early", f"{TABLE}.scheme_decision_stamp")
def _():
    change(scheme(), decision_number="15/QĐ-SCT")


@fault("scheme-reason-given", f"{TABLE}.scheme_decision_reason_given")
def _():
    change(scheme("approved"), status_reason="")


@fault("scheme-acceptance-stamp", f"{TABLE}.scheme_accepted_stamp")
def _():
    change(scheme("in_progress"), accepted_on=DAY)


@fault("scheme-settlement-stamp", f"{TABLE}.scheme_settled_stamp")
def _():
    change(scheme("settled"), settlement_number=None)


@fault("scheme-four-eyes", f"{TABLE}.scheme_four_eyes", also=["scheme-decision-kept"])
def _():
    decided = scheme("approved")
    change(decided, decided_by=decided.created_by)


@fault("scheme-settled-by-another", f"{TABLE}.scheme_settled_by_another")
def _():
    settled = scheme("settled")
    change(settled, settled_by=settled.submitted_by)


@fault("scheme-dates-in-order", f"{TABLE}.scheme_accepted_on_before_settled_on")
def _():
    change(scheme("settled"), settled_on=BEFORE)


@fault("scheme-dates-in-future", also=["scheme-decision-kept"])
def _():
    change(scheme("approved"), decision_on=FUTURE)


@fault("scheme-submission-stamp", f"{TABLE}.scheme_submitted_stamp")
def _():
    change(scheme("submitted"), submitted_by=None)


@fault("scheme-acceptance-stamp", f"{TABLE}.scheme_accepted_stamp")
def _():
    change(scheme("accepted"), accepted_on=None)


@fault("scheme-settlement-stamp", f"{TABLE}.scheme_settled_stamp")
def _():
    change(scheme("accepted"), settled_on=DAY)


@fault("scheme-four-eyes", f"{TABLE}.scheme_four_eyes")
def _():
    returned = scheme("returned")
    reviewer = returned.decided_by
    change(returned, decided_by=returned.submitted_by)
    change(returned, decided_by=reviewer)


@fault("scheme-dates-in-order", f"{TABLE}.scheme_decision_on_before_accepted_on")
def _():
    change(scheme("accepted"), accepted_on=BEFORE)


@fault("scheme-dates-in-order", f"{TABLE}.scheme_start_on_before_end_on")
def _():
    scheme(start_on=DAY, end_on=BEFORE)


@fault("scheme-dates-in-future")
def _():
    change(scheme("submitted"), status_at=timezone.now() + datetime.timedelta(days=1))
