"""Faults of the book of a scheme."""

from decimal import Decimal

from django.utils import timezone

from programmes.models import AdvanceRule, LedgerEntry
from tests.factories import DAY, FacilityFactory, SourceFactory
from tests.faults.money import line
from tests.faults.planting import change, fault
from tests.faults.procedure import move, reviewer_of
from tests.faults.steps import BEFORE, scheme

TABLE = "programmes_ledgerentry"


def entry(one, kind="advance", amount=50, **values):
    """An entry of the province's money of the scheme, on the day of its decision."""
    plain = {"source_id": "province", "entered_on": DAY, "document_number": "01/TU", "recorded_by": one.created_by}
    row = {"scheme": one, "kind": kind, "amount": Decimal(amount), "recorded_at": timezone.now()} | plain | values
    return LedgerEntry.objects.create(**row)


def reversal(first, amount=None):
    """What takes an entry back, wholly unless an `amount` is given."""
    values = {"reverses": first, "note": "Ghi nhầm", "source_id": first.source_id}
    return entry(first.scheme, first.kind, -first.amount if amount is None else amount, **values)


@fault("ledger-within-agreed")
def _():
    entry(scheme("accepted"), "payment", 151)


@fault("ledger-refund-within-paid")
def _():
    entry(scheme("in_progress"), "refund", 10)


@fault("ledger-within-advance-rate")
def _():
    AdvanceRule.objects.create(rate=70, document="TTLT 26/2014", valid_from=DAY)
    entry(scheme("in_progress"), "advance", 120)


@fault("ledger-settled-within-accepted")
def _():
    entry(scheme("accepted"), "settlement", 151)


@fault("ledger-foreign-source")
def _():
    entry(scheme("in_progress"), source_id=SourceFactory(code="national").pk)


@fault("ledger-foreign-facility")
def _():
    other = scheme("in_progress", benefits={FacilityFactory(): 100})
    entry(scheme("in_progress"), benefit=other.beneficiaries.get())


@fault("ledger-reversal-whole")
def _():
    reversal(entry(scheme("in_progress")), -40)


@fault("ledger-reversed-twice", f"{TABLE}.programmes_ledgerentry_reverses_id_key")
def _():
    one = scheme("in_progress")
    entry(one)
    first = entry(one)
    reversal(first), reversal(first)


@fault("ledger-entry-sign", f"{TABLE}.ledger_entry_document_number_given")
def _():
    entry(scheme("in_progress"), document_number="")


@fault("ledger-entry-sign", f"{TABLE}.ledger_entry_reversal_explained")
def _():
    first = entry(scheme("in_progress"))
    entry(first.scheme, first.kind, -50, reverses=first)


@fault("ledger-entry-dates")
def _():
    entry(scheme("in_progress"), entered_on=BEFORE)


@fault("ledger-entry-of-its-stage")
def _():
    entry(scheme("approved"))


@fault("ledger-entry-of-its-stage", also=["ledger-settled-within-accepted"])
def _():
    entry(scheme("in_progress"), "settlement")


@fault("ledger-entry-kept")
def _():
    change(entry(scheme("in_progress")), amount=40)


@fault("ledger-entry-kept")
def _():
    entry(scheme("in_progress")).delete()


@fault("settlement-booked")
def _():
    reversal(scheme("settled").entries.get(kind="settlement"))


@fault("books-even-at-close")
def _():
    settled = scheme("settled")
    move(settled, "closed", reviewer_of(settled))


@fault("scheme-every-line-accepted")
def _():
    change(line("accepted", "counterpart"), accepted_amount=None)


@fault("funding-accepted-within-agreed", "programmes_fundingline.funding_line_accepted_within_approved")
def _():
    change(line("accepted"), accepted_amount=151)


@fault("funding-settled-within-accepted", "programmes_fundingline.funding_line_settled_within_accepted")
def _():
    change(line("accepted"), accepted_amount=90, settled_amount=100)
