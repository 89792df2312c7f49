"""Money of schemes as rows for pages: totals of a list, amounts of its rows, source x stage of one scheme."""

from dataclasses import dataclass
from decimal import Decimal

from khuyencong.money import format_decimal, shares
from khuyencong.templatetags.portal import million
from programmes.enums import Status
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
