"""How many schemes, how much money, from whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from khuyencong import money
from reports.figures.rows import Rows, SchemeRow, Source


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """What one source approved: for schemes and, as `outside`, for no single scheme; `share` only of support."""

    source: Source
    schemes: int
    amount: int
    outside: int
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LevelFigure:
    """Schemes of one level of management and the support they have, from whatever source."""

    level: str
    name: str
    schemes: int
    amount: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`amount` is support only, `outside` the part of it that belongs to no single scheme; `others` come on top.

    `share` is what the shares of `by_source` add up to: 100, or 0 when there is no money.
    """

    schemes: int
    amount: int
    outside: int
    share: Decimal
    by_source: tuple[SourceFigure, ...]
    by_level: tuple[LevelFigure, ...]
    others: tuple[SourceFigure, ...]


def overview(rows: Rows) -> Overview:
    """Sources without money are left out; the shares add up to exactly 100, or are all 0."""
    figures = [figure for source in rows.sources if (figure := _of_source(source, rows)).amount]
    support = [figure for figure in figures if figure.source.is_support]
    shares = money.shares([figure.amount for figure in support])
    return Overview(
        schemes=len(rows.schemes),
        amount=sum(figure.amount for figure in support),
        outside=sum(figure.outside for figure in support),
        share=sum(shares, Decimal(0)),
        by_source=tuple(replace(figure, share=share) for figure, share in zip(support, shares, strict=True)),
        by_level=tuple(_of_level(code, name, rows) for code, name in rows.levels.items()),
        others=tuple(figure for figure in figures if not figure.source.is_support),
    )


def support_codes(sources: Sequence[Source]) -> tuple[str, ...]:
    """Codes of the sources whose money is khuyến công money."""
    return tuple(source.code for source in sources if source.is_support)


def support_of(scheme: SchemeRow, codes: Sequence[str]) -> int:
    """What the sources `codes` approved for one scheme."""
    return sum(scheme.approved.get(code, 0) for code in codes)


def _of_source(source: Source, rows: Rows) -> SourceFigure:
    amounts = [amount for scheme in rows.schemes if (amount := scheme.approved.get(source.code, 0))]
    outside = sum(plan.approved for plan in rows.plans if plan.source == source.code)
    return SourceFigure(source, len(amounts), sum(amounts) + outside, outside)


def _of_level(level: str, name: str, rows: Rows) -> LevelFigure:
    codes = support_codes(rows.sources)
    amounts = [support_of(scheme, codes) for scheme in rows.schemes if scheme.level == level]
    return LevelFigure(level, name, len(amounts), sum(amounts))
