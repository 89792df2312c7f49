"""What the money was for, clause by clause, and what came of it in each unit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from khuyencong import money
from reports.figures.overview import support_codes, support_of
from reports.figures.rows import BenefitRow, Indicator, ResultRow, Rows, SchemeRow


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """Planned and actual in one indicator's own unit; None: nothing planned, nothing reported yet."""

    indicator: Indicator
    planned: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, slots=True)
class ContentFigure:
    """A clause with its `contents`, or a leaf without any."""

    code: str
    name: str
    schemes: int
    amount: int
    share: Decimal
    results: tuple[ResultFigure, ...]
    contents: tuple["ContentFigure", ...] = ()


@dataclass(frozen=True, slots=True)
class ContentTable:
    """The shares of `groups` and `outside_share` (money that belongs to no scheme) add up to 100."""

    groups: tuple[ContentFigure, ...]
    schemes: int
    amount: int
    outside: int
    outside_share: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """Results and benefits by scheme id; `counted` as in `Rows`."""

    results: Mapping[int, list[ResultRow]]
    benefits: Mapping[int, list[BenefitRow]]
    counted: Mapping[str, tuple[Indicator, ...]]
    codes: tuple[str, ...]


def by_content(rows: Rows) -> ContentTable:
    """Groups by code, leaves by code within them. The shares of the leaves of a group add up to the group's share."""
    codes = support_codes(rows.sources)
    outcomes = _Outcomes(_by_scheme(rows.results), _by_scheme(rows.benefits), rows.counted, codes)
    bare = [_group(members, outcomes) for members in _grouped(rows.schemes, lambda scheme: scheme.group_code)]
    outside = sum(plan.approved for plan in rows.plans if plan.source in codes)
    *shares, outside_share = money.shares([*(group.amount for group in bare), outside])
    return ContentTable(
        groups=tuple(_with_share(group, share) for group, share in zip(bare, shares, strict=True)),
        schemes=len(rows.schemes),
        amount=sum(group.amount for group in bare) + outside,
        outside=outside,
        outside_share=outside_share,
        share=sum(shares, outside_share),
    )


def _group(members: list[SchemeRow], outcomes: _Outcomes) -> ContentFigure:
    leaves = tuple(_content(leaf, outcomes) for leaf in _grouped(members, lambda scheme: scheme.content_code))
    whole = _content(members, outcomes)
    return replace(whole, code=members[0].group_code, name=members[0].group_name, contents=leaves)


def _content(members: list[SchemeRow], outcomes: _Outcomes) -> ContentFigure:
    amount = sum(support_of(scheme, outcomes.codes) for scheme in members)
    first, results = members[0], _results(members, outcomes)
    return ContentFigure(first.content_code, first.content_name, len(members), amount, Decimal(0), results)


def _with_share(group: ContentFigure, share: Decimal) -> ContentFigure:
    """The group with its share, split among its leaves in hundredths of a percent."""
    amounts = [leaf.amount for leaf in group.contents]
    parts = money.distribute(int(share * 100), amounts) if any(amounts) else [0] * len(amounts)
    leaves = (replace(leaf, share=Decimal(part).scaleb(-2)) for leaf, part in zip(group.contents, parts, strict=True))
    return replace(group, share=share, contents=tuple(leaves))


def _results(members: list[SchemeRow], outcomes: _Outcomes) -> tuple[ResultFigure, ...]:
    """A figure for each indicator that these schemes are measured in; nothing planned and nobody to count: no line."""
    found = {row.indicator for scheme in members for row in outcomes.results.get(scheme.id, ())}
    found |= {indicator for scheme in members for indicator in outcomes.counted.get(scheme.content_code, ())}
    indicators = sorted(found, key=lambda indicator: (indicator.position, indicator.code))
    figures = (_result(indicator, members, outcomes) for indicator in indicators)
    return tuple(figure for figure in figures if figure.planned is not None or figure.actual)


def _result(indicator: Indicator, members: list[SchemeRow], outcomes: _Outcomes) -> ResultFigure:
    rows = [row for s in members for row in outcomes.results.get(s.id, ()) if row.indicator == indicator]
    planned = sum((row.planned for row in rows), Decimal(0)) if rows else None
    if indicator.counting != "sum":
        return ResultFigure(indicator, planned, _distinct(indicator, members, outcomes))
    reported = [row.actual for row in rows if row.actual is not None]
    return ResultFigure(indicator, planned, sum(reported, Decimal(0)) if reported else None)


def _distinct(indicator: Indicator, members: list[SchemeRow], outcomes: _Outcomes) -> Decimal:
    """How many different facilities, or craft villages, are supported by the schemes measured in this indicator."""
    benefits = [
        benefit
        for scheme in members
        if _is_measured_in(indicator, scheme, outcomes)
        for benefit in outcomes.benefits.get(scheme.id, ())
    ]
    wanted = indicator.counting == "villages"
    return Decimal(len({benefit.facility_id for benefit in benefits if benefit.is_village == wanted}))


def _is_measured_in(indicator: Indicator, scheme: SchemeRow, outcomes: _Outcomes) -> bool:
    typed = any(row.indicator == indicator for row in outcomes.results.get(scheme.id, ()))
    return typed or indicator in outcomes.counted.get(scheme.content_code, ())


def _by_scheme(rows: Sequence) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.scheme_id, []).append(row)
    return found


def _grouped(schemes: Sequence[SchemeRow], key: Callable[[SchemeRow], str]) -> list[list[SchemeRow]]:
    return [list(members) for _, members in groupby(sorted(schemes, key=key), key)]
