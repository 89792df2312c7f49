"""What was allocated, approved, committed, disbursed and settled, by province and source of one year; in đồng."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Count, F, Q, Sum

from programmes.models import FundingLine, LedgerEntry, PlanFunding, YearBudget, budget_guards

ZERO = Decimal(0)


@dataclass(slots=True)
class Cell:
    """The money of one province and source in one year, or of several together.

    `allocated` is None while no decision is confirmed: then nothing is limited, and `free` counts what is committed
    without a budget. `waiting` decisions are not confirmed yet, worth `waiting_amount` together.
    """

    allocated: Decimal | None = None
    waiting: int = 0
    waiting_amount: Decimal = ZERO
    approved: Decimal = ZERO
    committed: Decimal = ZERO
    free: Decimal = ZERO
    disbursed: Decimal = ZERO
    settled: Decimal = ZERO

    @property
    def left(self):
        """What may still be committed; None when not limited."""
        return None if self.allocated is None else self.allocated - (self.committed - self.free)

    def add(self, other):
        """Count `other` in."""
        if other.allocated is not None:
            self.allocated = (self.allocated or ZERO) + other.allocated
        for name in ("waiting", "waiting_amount", "approved", "committed", "free", "disbursed", "settled"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def cells(provinces, year) -> dict:
    """{(province id, source code): Cell}, only where something is; `provinces`: ids, None for all. Six queries."""
    found = defaultdict(Cell)
    for row in _budgets(provinces, year):
        cell = found[row["province_id"], row["source_id"]]
        cell.allocated, cell.waiting, cell.waiting_amount = row["allocated"], row["waiting"], row["waiting_amount"]
    for name, amounts in (
        ("committed", committed(provinces, year)),
        ("disbursed", disbursed(provinces, year)),
        *_decided(provinces, year).items(),
    ):
        for key, amount in amounts.items():
            setattr(found[key], name, getattr(found[key], name) + amount)
    for cell in found.values():
        cell.free = cell.committed if cell.allocated is None else ZERO
    return dict(found)


def _budgets(provinces, year):
    counts, waits = Q(allocations__confirmed_at__isnull=False), Q(allocations__confirmed_at__isnull=True)
    budgets = _of(YearBudget.objects.of_year(year), "province", provinces)
    return (
        budgets.order_by()
        .values("province_id", "source_id")
        .annotate(
            allocated=Sum("allocations__amount", filter=counts),
            waiting=Count("allocations", filter=waits),
            waiting_amount=Sum("allocations__amount", filter=waits, default=0),
        )
    )


def committed(provinces, year) -> dict:
    """{(province id, source code): đồng}, by the statement that the triggers use; khuyến công money only."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT commitment.province_id, commitment.source_id, sum(commitment.amount)
            FROM ({budget_guards.COMMITMENTS}) commitment
            JOIN programmes_fundingsource source ON source.code = commitment.source_id AND source.is_support
            WHERE commitment.year = %s AND (%s::bigint[] IS NULL OR commitment.province_id = ANY(%s::bigint[]))
            GROUP BY commitment.province_id, commitment.source_id""",
            [year, provinces, provinces],
        )
        return {(province, source): amount for province, source, amount in cursor if amount}


def disbursed(provinces, year) -> dict:
    """{(province id, source code): đồng} paid by the book of the year's schemes, refunds taken off.

    Money without a scheme has no book of its own: it left when it was settled.
    """
    entries = _of(LedgerEntry.objects.filter(scheme__year=year), "scheme__province", provinces)
    schemes = _sums(entries.paid(), "scheme__province_id", "paid")
    plans = _sums(_plans(provinces, year), "province_id", "settled_amount")
    return {key: schemes.get(key, ZERO) + plans.get(key, ZERO) for key in schemes | plans}


def _decided(provinces, year):
    """Approved and settled, of schemes and of money without a scheme."""
    lines = _lines(provinces, year)
    plans = _plans(provinces, year)
    totals = {"approved": defaultdict(Decimal), "settled": defaultdict(Decimal)}
    for rows, place in ((lines, "scheme__province_id"), (plans, "province_id")):
        grouped = rows.order_by().values(place, "source_id")
        for row in grouped.annotate(
            approved=Sum("approved_amount", default=0), settled=Sum("settled_amount", default=0)
        ):
            for name in totals:
                totals[name][row[place], row["source_id"]] += row[name]
    return totals


def _lines(provinces, year):
    lines = FundingLine.objects.support().filter(scheme__status__in=budget_guards.COMMITTED, scheme__year=year)
    return _of(lines, "scheme__province", provinces)


def _plans(provinces, year):
    plans = PlanFunding.objects.confirmed().filter(year=year, source__is_support=True)
    return _of(plans, "province", provinces)


def _sums(rows, place, amount):
    grouped = rows.order_by().values("source_id", place=F(place)).annotate(total=Sum(amount, default=0))
    return {(row["place"], row["source_id"]): row["total"] for row in grouped if row["total"]}


def _of(rows, field, provinces):
    return rows if provinces is None else rows.filter(**{f"{field}__in": provinces})
