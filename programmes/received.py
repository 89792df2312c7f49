"""What facilities got from schemes, by source and year, in whole đồng."""

from collections import Counter
from dataclasses import dataclass

from khuyencong.money import Unit, distribute, format_in_unit
from programmes.enums import DECIDED
from programmes.models import FundingSource


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year and what each source gave in it: {source code: đồng}."""

    year: int
    amounts: dict

    @property
    def total(self):
        return sum(self.amounts.values())


@dataclass(frozen=True, slots=True)
class Received:
    """Years, newest first, by source; `totals` of each source over the years."""

    sources: list
    rows: list
    totals: dict

    @property
    def total(self):
        return sum(self.totals.values())


def by_source(amount, support) -> dict:
    """`amount` of one facility over the scheme's support {source code: đồng}, in proportion, to the đồng."""
    return dict(zip(support, distribute(amount, list(support.values())), strict=True))


def received(benefits) -> Received:
    """What decided schemes gave. `benefits`: SchemeBeneficiary with scheme, its funding lines and their sources."""
    years = {}
    for benefit in benefits:
        if benefit.scheme.status in DECIDED:
            parts = by_source(benefit.approved_amount or 0, _support(benefit.scheme))
            years.setdefault(benefit.scheme.year, Counter()).update(parts)
    rows = [YearRow(year, dict(amounts)) for year, amounts in sorted(years.items(), reverse=True)]
    totals = sum((Counter(row.amounts) for row in rows), Counter())
    sources = [source for source in FundingSource.objects.all() if totals[source.pk]] if totals else []
    return Received(sources, rows, dict(totals))


def _support(scheme):
    return {line.source_id: line.approved_amount for line in scheme.funding_lines.all() if line.source.is_support}


def chart(money) -> dict:
    """Data of `_components/chart.html` from a Received: columns by year, oldest first, stacked by source."""
    rows = money.rows[::-1]
    return {
        "labels": [str(row.year) for row in rows],
        "unit": Unit.MILLION.label,
        "series": [
            {
                "label": source.short_name,
                "tone": source.pk,
                "values": [_million(row.amounts.get(source.pk, 0)) for row in rows],
            }
            for source in money.sources
        ],
    }


def _million(amount):
    """A number for a script: '133.333333'."""
    return format_in_unit(amount, Unit.MILLION, decimals=6).replace(".", "").replace(",", ".")
