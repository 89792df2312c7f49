"""Schemes whose money moves, and the book of one as plain numbers."""

import datetime
from decimal import Decimal

from khuyencong.enums import Role
from programmes.ledger import services
from programmes.models import AdvanceRule, LedgerEntry, Scheme
from tests.factories import SchemeFactory, UserFactory

DAY = datetime.date(2020, 3, 10)


def advance_rule(rate=70, **values):
    """At most `rate` percent before acceptance, of every content."""
    defaults = {"document": "TTLT 26/2014/TTLT-BTC-BCT", "clause": "Điều 8", "valid_from": datetime.date(2014, 4, 8)}
    return AdvanceRule.objects.create(rate=rate, **defaults | values)


def running_scheme(state="in_progress", money=None, **values):
    """A scheme of 100 đồng of the province unless `money` says else, carried out."""
    return SchemeFactory(money=money or {"province": 100}, state=state, **values)


def book(scheme, kind, amount, *, source="province", by=None, number="PC 01", **values):
    """An entry, by the staff member who made the scheme."""
    values = {"entered_on": DAY, "document_number": number} | values
    by = by or scheme.created_by
    return services.record(scheme, by=by, source=source, kind=kind, amount=Decimal(amount), **values)


def reviewer_of(scheme):
    return UserFactory(role=Role.REVIEWER, province=scheme.province)


def net(scheme, source="province"):
    """Paid less given back, added up entry by entry."""
    signs = {"advance": 1, "payment": 1, "refund": -1, "settlement": 0}
    return sum(signs[one.kind] * one.amount for one in LedgerEntry.objects.filter(scheme=scheme, source=source))


def fresh(scheme):
    return Scheme.objects.get(pk=scheme.pk)
