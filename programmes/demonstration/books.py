"""The book of demonstration schemes: advances, what was settled paid and booked, what was given back."""

from programmes.demonstration.courses import moment
from programmes.models import FundingLine, LedgerEntry

ADVANCE = 50  # percent of what was approved: less than any rule allows
Kind = LedgerEntry.Kind
CODES = {Kind.ADVANCE: "TU", Kind.PAYMENT: "TT", Kind.REFUND: "HT", Kind.SETTLEMENT: "QT"}


def advance(day, schemes, by):
    """The first advance of each source of support."""
    _book(((line, Kind.ADVANCE, line.agreed_amount * ADVANCE // 100, day) for line in _lines(schemes)), by)


def give_back(day, schemes, by):
    """Everything that was paid goes back, on the day that the work was stopped."""
    paid = _paid(schemes)
    _book(((line, Kind.REFUND, paid.get(_key(line), 0), day) for line in _lines(schemes)), by)


def pay_and_settle(day, schemes, by):
    """Each source of support pays what is settled and was not yet paid, and books it, on the day of the settlement."""
    paid, lines = _paid(schemes), _lines(schemes)
    payments = [(line, Kind.PAYMENT, line.settled_amount - paid.get(_key(line), 0), day) for line in lines]
    _book([*payments, *((line, Kind.SETTLEMENT, line.settled_amount, day) for line in lines)], by)


def _lines(schemes):
    return list(FundingLine.objects.support().filter(scheme__in=schemes))


def _key(line):
    return line.scheme_id, line.source_id


def _paid(schemes):
    """{(scheme id, source code): đồng paid net of refunds}."""
    sums = LedgerEntry.objects.filter(scheme__in=schemes).sums()
    return {key: sum(amounts.get(kind, 0) for kind in (Kind.ADVANCE, Kind.PAYMENT)) for key, amounts in sums.items()}


def _book(entries, by):
    """`entries`: (line, kind, đồng, day); those of nothing are left out."""
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            scheme_id=line.scheme_id,
            source_id=line.source_id,
            kind=kind,
            amount=amount,
            entered_on=day,
            document_number=f"{line.pk:05d}/{CODES[kind]}-MH",
            note="Số liệu minh họa.",
            recorded_by=by,
            recorded_at=moment(day, 14),
        )
        for line, kind, amount, day in entries
        if amount > 0
    )
