"""What facilities got from schemes, by source and year, in whole đồng."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from khuyencong.money import Unit, format_in_unit, whole
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


def by_source(amounts, support) -> list[dict]:
    """What each of a scheme's facilities got from each source of its support {source code: đồng}: a dict for each amount.

    `amounts` of all facilities in a fixed order, whole đồng. Rows add up to their amounts; after each row every source
    has given its proportion, rounded up or down, so never more than it has, and all of it when all is given. What is
    left after rounding down comes from the source whose next đồng is due first: a controlled rounding by earliest
    deadlines, which never takes anything back.
    """
    total, so_far = whole(sum(support.values())), 0
    given, rows = dict.fromkeys(support, 0), []
    for amount in map(whole, amounts):
        so_far += amount
        now = _shares(so_far, total, support, given) if amount else given
        rows.append({source: now[source] - given[source] for source in support})
        given = now
    return rows


def _shares(so_far, total, support, given):
    """What each source has given once `so_far` is given, when it had `given` before."""
    parts = {source: divmod(so_far * whole(amount), total) for source, amount in support.items()}
    shares = {source: max(given[source], down) for source, (down, _) in parts.items()}
    may_round_up = [source for source, (down, rest) in parts.items() if rest and given[source] <= down]
    may_round_up.sort(key=lambda source: Fraction(parts[source][0] + 1, whole(support[source])))
    for source in may_round_up[: so_far - sum(shares.values())]:
        shares[source] += 1
    return shares


def split(benefit) -> dict:
    """What the facility of `benefit` got from each source of the scheme: {source code: đồng}, khuyến công money only."""
    scheme = benefit.scheme
    support = {line.source_id: line.agreed_amount for line in scheme.funding_lines.all() if line.source.is_support}
    benefits = scheme.beneficiaries.all()
    rows = by_source([one.agreed_amount or 0 for one in benefits], support)
    return next(row for one, row in zip(benefits, rows, strict=True) if one.pk == benefit.pk)


def received(benefits) -> Received:
    """What decided schemes gave. `benefits`: SchemeBeneficiary.with_sources()."""
    years = {}
    for benefit in benefits:
        if benefit.scheme.status in DECIDED:
            years.setdefault(benefit.scheme.year, Counter()).update(split(benefit))
    rows = [YearRow(year, dict(amounts)) for year, amounts in sorted(years.items(), reverse=True)]
    totals = sum((Counter(row.amounts) for row in rows), Counter())
    sources = [source for source in FundingSource.objects.all() if totals[source.pk]] if totals else []
    return Received(sources, rows, dict(totals))


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
