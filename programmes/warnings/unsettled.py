"""What is still to be settled of schemes whose day to settle has passed, by the book of entries."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, F, OuterRef, Subquery, Sum, When
from django.db.models.functions import Coalesce

from khuyencong.fields import AmountField
from programmes.models import FundingLine, LedgerEntry, Scheme
from programmes.warnings import late

GIVEN_BACK = (LedgerEntry.Kind.REFUND, LedgerEntry.Kind.SETTLEMENT)


@dataclass(frozen=True, slots=True)
class Owed:
    """Of one scheme, in đồng: support approved; of what was paid, what is neither given back nor settled.

    `open` is None when nothing was ever booked.
    """

    approved: Decimal
    open: Decimal | None


def find(standings, day):
    """Alerts of these standings, in one query."""
    overdue = [one for one in standings if late.is_settlement_overdue(one, day)]
    owed = owed_by([one.pk for one in overdue])
    found = (late.unsettled(one, day, owed[one.pk].approved, owed[one.pk].open) for one in overdue)
    return [alert for alert in found if alert]


def owed_by(schemes):
    """{scheme id: Owed} of the schemes of these ids."""
    if not schemes:
        return {}
    approved = FundingLine.objects.support().annotate(today=Coalesce("adjusted_amount", "approved_amount"))
    signed = Case(When(kind__in=GIVEN_BACK, then=-F("amount")), default="amount", output_field=AmountField())
    net = LedgerEntry.objects.annotate(net=signed)
    rows = Scheme.objects.filter(pk__in=schemes).annotate(
        approved=Subquery(_total(approved, "today")), open=Subquery(_total(net, "net"))
    )
    return {pk: Owed(approved or Decimal(0), paid) for pk, approved, paid in rows.values_list("pk", "approved", "open")}


def _total(rows, column):
    """The sum of `column` over the rows of the outer scheme."""
    of_scheme = rows.filter(scheme=OuterRef("pk")).order_by().values("scheme")
    return of_scheme.annotate(total=Sum(column)).values("total")
