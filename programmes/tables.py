"""Money of schemes as rows for pages: totals of a list, amounts of its rows, source x stage of one scheme."""

from dataclasses import dataclass
from decimal import Decimal

from khuyencong.money import format_decimal, shares
from khuyencong.templatetags.portal import million
from programmes.enums import DECIDED, Status
from programmes.ledger import reconciliation
from programmes.models import FundingLine, FundingSource

STAGES = ("proposed_amount", "approved_amount", "settled_amount")


@dataclass(frozen=True, slots=True)
class Row:
    """A scheme of the list and what counts today by source code, in đồng."""

    scheme: object
    amounts: dict
    total: Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """A source and its amounts in the list."""

    source: FundingSource
    total: Decimal


def list_columns(schemes):
    """The sources that the filtered schemes have, in order, with their totals (two queries)."""
    counted = schemes.counted().order_by().values("pk")
    totals = FundingLine.objects.filter(scheme__in=counted).totals_by_source()
    return [Column(source, totals[source.pk]) for source in FundingSource.objects.all() if totals.get(source.pk)]


def list_totals(columns, count_label):
    """The strip above the list: how many schemes, how much from each source and in all, in triệu đồng."""
    strip = [{"label": "Số đề án", "value": count_label}]
    strip += [{"label": column.source.short_name, "value": million(column.total)} for column in columns]
    total = sum(column.total for column in columns)
    support = sum(column.total for column in columns if column.source.is_support)
    if support != total:
        strip.append({"label": "Kinh phí khuyến công", "value": million(support), "unit": "triệu đồng"})
    return [*strip, {"label": "Tổng các nguồn", "value": million(total), "unit": "triệu đồng"}]


def list_rows(schemes):
    """The rows of a page, from what `for_list` fetched."""
    rows = []
    for scheme in schemes:
        amounts = {line.source_id: line.amount for line in scheme.funding_lines.all()}
        rows.append(Row(scheme, amounts, sum(amounts.values())))
    return rows


def page_totals(rows, columns):
    """The foot of the list: what this page's rows add up to, by source and in all."""
    rows = [row for row in rows if row.scheme.status != Status.REJECTED]
    by_source = {c.source.pk: sum(row.amounts.get(c.source.pk, 0) for row in rows) for c in columns}
    return {"amounts": by_source, "total": sum(row.total for row in rows)}


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """Source x stage of one scheme; a stage that has not come is None, never 0."""

    lines: list
    totals: dict
    support: dict
    shares: list

    @property
    def total(self):
        """What counts today."""
        return (
            self.totals["approved_amount"]
            if self.totals["approved_amount"] is not None
            else self.totals["proposed_amount"]
        )


def _total(lines, stage):
    amounts = [getattr(line, stage) for line in lines]
    return None if not amounts or None in amounts else sum(amounts)


def money_table(lines) -> MoneyTable:
    lines = list(lines)
    support = [line for line in lines if line.source.is_support]
    return MoneyTable(
        lines=lines,
        totals={stage: _total(lines, stage) for stage in STAGES},
        support={stage: _total(support, stage) for stage in STAGES},
        shares=share_bar([(line.source, line.amount) for line in lines]),
    )


@dataclass(frozen=True, slots=True)
class StagesTable:
    """Source x stage of one scheme, side by side: asked, approved, adjusted, accepted, paid, settled, the difference.

    `columns` are (label, name); `lines`, `total` and `support` (None where it is all) are `StagesLine`s.
    """

    columns: list
    lines: list
    total: object
    support: object
    shares: list
    now: Decimal

    @property
    def is_settled(self):
        """Every source has its settled amount."""
        return bool(self.lines) and all(line.row.settled is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class StagesLine:
    """A source, or several together: `cells` are (label, đồng or None); `row` a row or total of the reconciliation."""

    label: str
    row: object
    cells: list
    note: str = ""
    explained: str = ""


PLANNED = [("Đề nghị", "proposed"), ("Phê duyệt", "approved")]
ADJUSTED = ("Sau điều chỉnh", "adjusted")
ACTUAL = [("Nghiệm thu", "accepted"), ("Đã chi", "paid"), ("Quyết toán", "settled"), ("Chênh lệch", "difference")]
OF_BOOK = ("paid", "difference")  # only support is paid through the book


def stages_table(scheme) -> StagesTable:
    """The money of one scheme as its page shows it; three queries."""
    rows = reconciliation.rows([scheme.pk], support_only=False)
    lines = list(scheme.funding_lines.select_related("source"))
    columns = [*PLANNED, *([ADJUSTED] if any(row.adjusted is not None for row in rows) else [])]
    if scheme.status in (*DECIDED, Status.TERMINATED):
        columns += ACTUAL
    support = [row for row in rows if row.is_support]
    notes = {line.source_id: line.adjustment_reason for line in lines}
    return StagesTable(
        columns=columns,
        lines=[_line(row.source_name, row, columns, notes[row.source]) for row in rows],
        total=_sum_line("Tổng kinh phí", rows, columns),
        support=_sum_line("Trong đó kinh phí khuyến công", support, columns) if len(support) < len(rows) else None,
        shares=share_bar([(line.source, line.amount) for line in lines]),
        now=sum((line.amount for line in lines), Decimal(0)),
    )


def _line(label, row, columns, note=""):
    cells = [(name, None if key in OF_BOOK and not row.is_support else _cell(row, key)) for name, key in columns]
    return StagesLine(label, row, cells, note, reconciliation.reason(row) if row.is_support else "")


def _cell(row, key):
    """The amount; what was not adjusted stays as approved."""
    return row.agreed if key == "adjusted" else getattr(row, key)


def _sum_line(label, rows, columns):
    """A stage that has not come for every source has no sum."""
    whole = reconciliation.total(rows)
    waiting = {
        key
        for _, key in columns
        if any(_cell(row, key) is None for row in rows if row.is_support or key not in OF_BOOK)
    }
    cells = [(name, None if key in waiting else _cell(whole, key)) for name, key in columns]
    return StagesLine(label, whole, cells)


def share_bar(amounts):
    """Parts for `_components/share_bar.html` from (source, amount) pairs."""
    parts, offset = [], Decimal(0)
    for (source, _), share in zip(amounts, shares([amount for _, amount in amounts]), strict=True):
        parts.append(
            {
                "label": source.short_name,
                "share": str(share),
                "offset": str(offset),
                "share_text": f"{format_decimal(share, 2)}%",
                "tone": source.pk,
                "col": source.pk,
            }
        )
        offset += share
    return parts
