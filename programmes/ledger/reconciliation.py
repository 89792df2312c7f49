"""Reconciliation of a scheme's money, source by source: what was approved, paid, accepted and settled, and why they differ.

The difference is what was paid less what is to be paid: settled, else accepted, else approved as adjusted. It is 0 or has
a reason in words (TT 36/2013 Đ12.6: what is to be given back = paid - settled). All amounts are whole đồng.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum

from khuyencong.money import format_amount
from khuyencong.text import sort_key
from programmes.enums import AGREED, FINISHED, Status
from programmes.models import FundingLine, LedgerEntry

ZERO = Decimal(0)


class State(Enum):
    """Why paid and payable differ; the value is what stands before the amount."""

    REFUND = "còn phải hoàn trả"
    PAY = "còn được thanh toán"
    NOT_ACCEPTED = "chưa nghiệm thu, chưa chi"
    NOT_BEGUN = "chưa bắt đầu thực hiện, chưa chi"
    STOPPED = "đã dừng, không chi tiếp"
    EVEN = "khớp"
    UNDECIDED = "chưa phê duyệt"


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts that add up over sources and schemes; what has not come is None in a row, and nothing in a total."""

    proposed: Decimal | None = None
    approved: Decimal | None = None
    adjusted: Decimal | None = None
    advance: Decimal = ZERO
    payment: Decimal = ZERO
    refund: Decimal = ZERO
    accepted: Decimal | None = None
    settled: Decimal | None = None

    @property
    def paid(self):
        """Net: advances + payments - refunds."""
        return self.advance + self.payment - self.refund


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Sums):
    """One source of one scheme."""

    scheme_id: int
    code: str
    name: str
    year: int
    level: str
    status: str
    province_id: int
    province: str
    unit: str
    source: str
    source_name: str
    position: int
    is_support: bool = True

    @property
    def agreed(self):
        """Approved as adjusted since; None before the decision."""
        return self.approved if self.adjusted is None else self.adjusted

    @property
    def payable(self):
        """What is to be paid in the end as far as is known today; None before the decision."""
        if self.settled is not None:
            return self.settled
        return self.accepted if self.accepted is not None and self.status in FINISHED else self.agreed

    @property
    def difference(self):
        """Paid less payable: above zero is to be given back; None where there is nothing to compare."""
        return None if self.payable is None or not self.is_support else self.paid - self.payable


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Sums):
    """Rows added up; `open` says how much of the difference stands for which reason, none netted against another."""

    count: int = 0
    agreed: Decimal = ZERO
    difference: Decimal = ZERO
    open: dict


COLUMNS = (
    *("scheme_id", "scheme__code", "scheme__name", "scheme__year", "scheme__level", "scheme__status"),
    *("scheme__province_id", "scheme__province__name", "scheme__implementing_unit__name"),
    *("source_id", "source__name", "source__position", "source__is_support"),
    *("proposed_amount", "approved_amount", "adjusted_amount", "accepted_amount", "settled_amount"),
)
NAMES = (
    *("scheme_id", "code", "name", "year", "level", "status", "province_id", "province", "unit"),
    *("source", "source_name", "position", "is_support", "proposed", "approved", "adjusted", "accepted", "settled"),
)
KINDS = (LedgerEntry.Kind.ADVANCE, LedgerEntry.Kind.PAYMENT, LedgerEntry.Kind.REFUND)


def rows(schemes, *, support_only=True) -> list[Row]:
    """Every source of `schemes` (a QuerySet, or ids), newest scheme first; two queries for any number of schemes."""
    schemes = schemes.order_by().values("pk") if hasattr(schemes, "order_by") else schemes
    lines = FundingLine.objects.filter(scheme__in=schemes)
    lines = lines.support() if support_only else lines
    book = LedgerEntry.objects.filter(scheme__in=schemes).sums()
    ordered = lines.order_by("-scheme__year", "-scheme_id", "source__position").values_list(*COLUMNS)
    return [_row(dict(zip(NAMES, values, strict=True)), book) for values in ordered]


def _row(values, book):
    kinds = book.get((values["scheme_id"], values["source"]), {})
    return Row(**values, **{kind.value: kinds.get(kind, ZERO) for kind in KINDS})


def state(row) -> State:
    """Why the row's difference is what it is."""
    if row.difference is None:
        return State.UNDECIDED
    if row.difference > 0:
        return State.REFUND
    if row.difference == 0:
        return State.EVEN
    if row.status in FINISHED:
        return State.PAY
    if row.status == Status.TERMINATED:
        return State.STOPPED
    return State.NOT_BEGUN if row.status in AGREED else State.NOT_ACCEPTED


def reason(row) -> str:
    """Why in a few words, without the amount: 'còn phải hoàn trả'; what was approved and not used is said beside 'khớp'."""
    return explain(row) if state(row) == State.EVEN else state(row).value


def explain(row) -> str:
    """The difference in words, never empty: 'còn phải hoàn trả 5.000.000 đồng'; of a `Total` each reason with its amount."""
    if isinstance(row, Total):
        return "; ".join(_worded(why, amount) for why, amount in row.open.items()) or State.EVEN.value
    if not row.is_support:
        return "không chi qua sổ"
    why = state(row)
    if why == State.EVEN and row.settled is not None and row.settled < row.agreed:
        return f"khớp; không dùng hết {format_amount(row.agreed - row.settled)} đồng được duyệt"
    return why.value if why in {State.EVEN, State.UNDECIDED} else _worded(why, abs(row.difference))


def _worded(why, amount):
    return f"{why.value} {format_amount(amount)} đồng"


def total(rows: Iterable[Row]) -> Total:
    """The rows added up; `agreed` and `difference` of those that are decided."""
    rows = list(rows)
    sums = {one.name: _sum(rows, one.name) for one in fields(Sums)}
    sums |= {kind.value: sums[kind.value] or ZERO for kind in KINDS}
    if sums["adjusted"] is not None:
        sums["adjusted"] = _sum(rows, "agreed")
    return Total(
        **sums,
        count=len({row.scheme_id for row in rows}),
        agreed=_sum(rows, "agreed") or ZERO,
        difference=_sum(rows, "difference") or ZERO,
        open=_open(rows),
    )


def _sum(rows, name):
    """What has come; None where nothing has."""
    known = [getattr(row, name) for row in rows if getattr(row, name) is not None]
    return sum(known, ZERO) if known else None


def _open(rows):
    """{reason: đồng}, in the order of the reasons, where there is something."""
    found = dict.fromkeys(State, ZERO)
    for row in rows:
        found[state(row)] += abs(row.difference or ZERO)
    return {why: amount for why, amount in found.items() if amount}


def by_source(rows: Iterable[Row]) -> list[tuple[str, Total]]:
    """(source name, its total), in the order of the sources."""
    groups = _grouped(sorted(rows, key=lambda row: row.position), lambda row: row.source)
    return [(group[0].source_name, total(group)) for group in groups]


def by_province(rows: Iterable[Row]) -> list[tuple[str, Total]]:
    """(province of the scheme's time, its total), in the order of names."""
    groups = _grouped(sorted(rows, key=lambda row: sort_key(row.province)), lambda row: row.province_id)
    return [(group[0].province, total(group)) for group in groups]


def by_scheme(rows: Iterable[Row]) -> list[tuple[list[Row], Total]]:
    """(the sources of one scheme, their total), in the order in which the rows come."""
    return [(group, total(group)) for group in _grouped(rows, lambda row: row.scheme_id)]


def _grouped(rows, key):
    groups = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())
