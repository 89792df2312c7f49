"""The book and the reconciliation as their pages show them."""

from dataclasses import dataclass

from khuyencong.templatetags.portal import million
from programmes.ledger import reconciliation
from programmes.ledger.reconciliation import Total
from programmes.models import LedgerEntry

Kind = LedgerEntry.Kind
MONEY = "triệu đồng"


def book_totals(sums, count_label) -> list:
    """The strip above the book: `sums` are {kind: net đồng}."""
    paid = sums.get(Kind.ADVANCE, 0) + sums.get(Kind.PAYMENT, 0) - sums.get(Kind.REFUND, 0)
    figures = [(kind.label, sums.get(kind, 0)) for kind in (Kind.ADVANCE, Kind.PAYMENT, Kind.REFUND)]
    figures += [("Đã chi ròng", paid), (Kind.SETTLEMENT.label, sums.get(Kind.SETTLEMENT, 0))]
    strip = [{"label": label, "value": million(amount) or "0", "unit": MONEY} for label, amount in figures]
    return [{"label": "Số bút toán", "value": count_label}, *strip]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the reconciliation: a source, a province, a scheme or one of its sources.

    `why` explains the difference: (words, đồng), the amount None where it is all of the difference.
    """

    name: str
    money: object
    why: list


@dataclass(frozen=True, slots=True)
class Reconciled:
    """`sources` and `provinces` add up to `total`; `schemes` are (first row, its lines, its total) of one page."""

    total: Line
    sources: list
    provinces: list
    schemes: list
    is_adjusted: bool


def reconciled(schemes, shown) -> Reconciled:
    """All of `schemes` added up, and those `shown` on this page one by one; two queries."""
    rows = reconciliation.rows(schemes)
    total, here = reconciliation.total(rows), {scheme.pk for scheme in shown}
    groups = reconciliation.by_scheme(row for row in rows if row.scheme_id in here)
    provinces = lines(reconciliation.by_province(rows))
    return Reconciled(
        total=_line("Tổng cộng", total),
        sources=lines(reconciliation.by_source(rows)),
        provinces=provinces if len(provinces) > 1 else [],
        schemes=[
            (group[0], [_line(row.source_name, row) for row in group], _line("Cộng", sums)) for group, sums in groups
        ],
        is_adjusted=total.adjusted is not None,
    )


def lines(named: list[tuple[str, Total]]) -> list[Line]:
    """A line for each (name, total)."""
    return [_line(name, money) for name, money in named]


def _line(name, money):
    if not isinstance(money, Total):
        return Line(name, money, [(reconciliation.reason(money), None)])
    found = list(money.open.items())
    if len(found) > 1:
        return Line(name, money, [(why.value, amount) for why, amount in found])
    return Line(name, money, [(found[0][0].value if found else reconciliation.explain(money), None)])
