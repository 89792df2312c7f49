"""Faults of the money of schemes, of their beneficiaries and results."""

import datetime
from decimal import Decimal

from tests.factories import BeneficiaryFactory, FacilityFactory, ResultFactory, SchemeFactory, SourceFactory
from tests.faults.places import other_province
from tests.faults.planting import change, fault
from tests.faults.register import merged_long_ago
from tests.faults.steps import scheme

LINE, BENEFIT = "programmes_fundingline", "programmes_schemebeneficiary"
ACCEPTED = "funding_line_settled_within_accepted"
AFTER_THE_DISTRICTS = datetime.date(2025, 12, 1)


def line(state, source="province"):
    """The line of that source of a scheme in that state."""
    return scheme(state).funding_lines.get(source=source)


def benefit(state, amount=100):
    return scheme(state, benefits={FacilityFactory(): amount}).beneficiaries.get()


@fault("scheme-asks-for-money")
def _():
    for one in scheme("submitted").funding_lines.all():
        change(one, proposed_amount=0)


@fault("scheme-every-line-decided")
def _():
    change(line("approved", "counterpart"), approved_amount=None)


@fault("scheme-approves-money")
def _():
    for one in scheme("approved").funding_lines.all():
        change(one, approved_amount=0)


@fault("scheme-every-line-settled", also=["settlement-booked"])
def _():
    change(line("settled"), settled_amount=None)


@fault("funding-settled-too-early", f"{LINE}.{ACCEPTED}", also=["funding-settled-within-accepted"])
def _():
    change(line("in_progress"), settled_amount=1)


@fault(
    "funding-settled-within-approved",
    f"{LINE}.funding_line_settled_within_approved",
    f"{LINE}.{ACCEPTED}",
    also=["funding-settled-within-accepted"],
)
def _():
    change(line("accepted"), settled_amount=151)


@fault("funding-approved-within-proposed", f"{LINE}.funding_line_approved_within_proposed")
def _():
    change(line("approved"), approved_amount=151)


@fault("funding-not-negative", f"{LINE}.funding_line_proposed_amount_not_negative")
def _():
    change(line("draft", "counterpart"), proposed_amount=-1)


@fault("funding-source-twice", f"{LINE}.funding_line_source_once")
def _():
    scheme().funding_lines.create(source=SourceFactory(code="province"), proposed_amount=1)


@fault("source-open-in-year")
def _():
    SchemeFactory(code="KC-40-2026-001", year=2026, money={"district": 150})


@fault("source-open-on-decision", also=["scheme-decision-kept"])
def _():
    late = SchemeFactory(code="KC-40-2025-001", year=2025, money={"district": 150}, state="approved")
    change(late, decision_on=AFTER_THE_DISTRICTS)


@fault("benefits-within-proposed-support")
def _():
    benefit("draft", 151)


@fault("benefits-within-approved-support")
def _():
    change(benefit("approved"), approved_amount=Decimal(151))


@fault("benefit-every-one-decided")
def _():
    change(benefit("approved"), approved_amount=None)


@fault("benefit-not-negative", f"{BENEFIT}.beneficiary_proposed_amount_not_negative")
def _():
    benefit("draft", -1)


@fault("benefit-twice", f"{BENEFIT}.beneficiary_once")
def _():
    first = benefit("draft", 1)
    BeneficiaryFactory(scheme=first.scheme, facility=first.facility, proposed_amount=1)


@fault("benefit-of-the-place")
def _():
    scheme(benefits={FacilityFactory(province=other_province()): 100})


@fault("benefit-named-after-merge")
def _():
    scheme(benefits={merged_long_ago(): 100})


@fault("result-not-negative", "programmes_schemeresult.result_planned_not_negative")
def _():
    ResultFactory(planned=-1)


@fault("result-too-early")
def _():
    ResultFactory(actual=1)


@fault(
    "funding-settled-within-approved",
    f"{LINE}.funding_line_settled_within_approved",
    f"{LINE}.funding_line_accepted_within_approved",
    also=["scheme-every-line-decided", "funding-accepted-within-agreed"],
)
def _():
    change(line("accepted", "counterpart"), settled_amount=1, approved_amount=None)
