"""The list of schemes with the money of each, and its total line."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures.overview import support_codes, support_of
from reports.figures.rows import Rows, SchemeRow, Source


@dataclass(frozen=True, slots=True)
class SchemeFigure:
    """One scheme: its support, what comes on top (`other`), and its settled support (None: not settled)."""

    number: int
    scheme: SchemeRow
    support: int
    other: int
    settled: int | None


@dataclass(frozen=True, slots=True)
class SchemeList:
    """The schemes in the order of the rows, and the sums of their columns; `amounts` by source code."""

    lines: tuple[SchemeFigure, ...]
    amounts: dict[str, int]
    support: int
    other: int
    settled: int


def scheme_list(rows: Rows) -> SchemeList:
    """Money of schemes only: what belongs to no scheme stands in the overview."""
    codes = support_codes(rows.sources)
    lines = tuple(_line(number, scheme, codes) for number, scheme in enumerate(rows.schemes, start=1))
    return SchemeList(
        lines=lines,
        amounts={source.code: _amount_from(source, rows) for source in rows.sources},
        support=sum(line.support for line in lines),
        other=sum(line.other for line in lines),
        settled=sum(line.settled or 0 for line in lines),
    )


def _amount_from(source: Source, rows: Rows) -> int:
    return sum(scheme.approved.get(source.code, 0) for scheme in rows.schemes)


def _line(number: int, scheme: SchemeRow, codes: Sequence[str]) -> SchemeFigure:
    settled = [scheme.settled[code] for code in codes if code in scheme.settled]
    support = support_of(scheme, codes)
    return SchemeFigure(
        number, scheme, support, sum(scheme.approved.values()) - support, sum(settled) if settled else None
    )
