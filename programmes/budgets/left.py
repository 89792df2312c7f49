"""What is left of each source when somebody decides about a scheme."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from programmes.models import FundingSource, budget_guards
from programmes.models.budget_guards import COMMITTED


def left_of(scheme) -> dict:
    """{source: đồng that may still be committed, None when no budget limits it} for the support that a scheme asks for.

    In the order of the sources; two queries. What the scheme itself takes is in it once the scheme is decided.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT source_id, allocated - committed FROM ({budget_guards.BALANCES}) budget "
            "WHERE province_id = %s AND year = %s",
            [scheme.province_id, scheme.year],
        )
        left = dict(cursor.fetchall())
    asked = FundingSource.objects.filter(is_support=True, fundingline__scheme=scheme)
    return {source: left.get(source.pk) for source in asked.distinct()}


@dataclass(frozen=True, slots=True)
class Left:
    """One source of a scheme: what is asked or approved, what is left of the source, and what would be left after it."""

    source: FundingSource
    amount: Decimal
    left: Decimal | None

    @property
    def after(self):
        """None when not limited; below zero when the scheme does not fit."""
        return None if self.left is None else self.left - self.amount


def left_rows(scheme, lines) -> dict:
    """Context of `programmes/budgets/_left.html`: rows for `lines`, and whether the scheme is counted already."""
    amounts = {line.source_id: line.amount for line in lines}
    counted = scheme.status in COMMITTED
    rows = [Left(source, amounts.get(source.pk, Decimal(0)), left) for source, left in left_of(scheme).items()]
    return {"rows": rows, "is_counted": counted}
