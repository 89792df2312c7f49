"""The block "Sổ thu chi" on the page of a scheme: its entries by source with the running net, and what may be paid now."""

from dataclasses import dataclass
from decimal import Decimal

from programmes.ledger import standing
from programmes.models import LedgerEntry
from programmes.models.money_guards import PAYABLE
from programmes.scheme_sections import Section

Kind = LedgerEntry.Kind
SIGNS = {Kind.ADVANCE: 1, Kind.PAYMENT: 1, Kind.REFUND: -1, Kind.SETTLEMENT: 0}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, how it moves what was paid, and the net after it; a settlement moves nothing."""

    entry: LedgerEntry
    change: Decimal
    net: Decimal
    reversal: LedgerEntry | None

    @property
    def can_be_reversed(self):
        """It is no reversal, was not reversed, and is no settlement, which a decision books."""
        return self.entry.reverses_id is None and self.reversal is None and self.entry.kind != Kind.SETTLEMENT


def lines(entries) -> list[Line]:
    """The entries of one source, oldest first, with the running net; `entries` in the order of booking."""
    reversals = {entry.reverses_id: entry for entry in entries if entry.reverses_id}
    found, net = [], Decimal(0)
    for entry in entries:
        change = SIGNS[entry.kind] * entry.amount
        net += change
        found.append(Line(entry, change, net, reversals.get(entry.pk)))
    return found


def section(scheme, user):
    """None before money can move, unless something is booked."""
    entries = list(
        scheme.entries.select_related("source", "recorded_by", "benefit__facility", "reverses").order_by("pk")
    )
    if scheme.status not in PAYABLE and not entries:
        return None
    rule = standing.rule_of(scheme)
    books = {}
    for entry in entries:
        books.setdefault(entry.source_id, []).append(entry)
    context = {
        "scheme": scheme,
        "rule": rule,
        "rate": rule and standing.rate_text(rule),
        "before_acceptance": scheme.status in standing.ADVANCED_UNTIL,
        "sources": [(one, lines(books.get(one.row.source, []))) for one in standing.standings(scheme, rule)],
        "may_record": scheme.status in PAYABLE and user.has_perm("programmes.add_ledgerentry"),
    }
    return Section("programmes/ledger/_on_scheme.html", context)
