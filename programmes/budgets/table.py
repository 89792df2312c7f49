"""The budget of a year as a page and a workbook show it: a line a source, and a line a province where there are several."""

from dataclasses import dataclass, field

from khuyencong.models import Province
from khuyencong.ratios import percentage
from khuyencong.templatetags.portal import million
from programmes.budgets.sums import Cell, cells
from programmes.models import FundingSource


@dataclass(slots=True)
class Line:
    """A source or a province, with its money."""

    name: str
    tone: str = ""
    cell: Cell = field(default_factory=Cell)

    @property
    def used(self):
        """Committed, in per cent of what was allocated; None when not limited."""
        return percentage(self.cell.committed - self.cell.free, self.cell.allocated)

    @property
    def bar(self):
        """`used` as far as a bar goes."""
        return None if self.used is None else min(self.used, 100)


@dataclass(frozen=True, slots=True)
class YearTable:
    """`sources` and `provinces` add up to `total`; a province has a line only when there are several."""

    year: int
    sources: list
    provinces: list
    total: Line


def year_table(provinces, year) -> YearTable:
    """The money of `year` in `provinces` (ids, None for all); eight queries at most."""
    found = cells(provinces, year)
    sources = {one.pk: Line(one.name, one.pk) for one in FundingSource.objects.filter(is_support=True)}
    names = Province.objects.in_bulk({province for province, _ in found})
    places = {pk: Line(str(one)) for pk, one in sorted(names.items(), key=lambda pair: pair[1].sort_key)}
    total = Line("Tổng cộng")
    for (province, source), cell in found.items():
        for line in (sources[source], places[province], total):
            line.cell.add(cell)
    shown = {source for _, source in found}
    return YearTable(
        year=year,
        sources=[line for code, line in sources.items() if code in shown],
        provinces=list(places.values()) if len(places) > 1 else [],
        total=total,
    )


def strip(table) -> list:
    """The figures above the table, in triệu đồng."""
    cell, unit = table.total.cell, "triệu đồng"
    figures = [("Được giao", cell.allocated), ("Đã cam kết", cell.committed), ("Còn lại", cell.left)]
    figures += [("Đã giải ngân", cell.disbursed), ("Đã quyết toán", cell.settled)]
    return [
        {"label": label, "value": "—" if value is None else million(value), "unit": unit} for label, value in figures
    ]


def chart(table):
    """Bars of use for `_components/chart.html`; None when no source has a budget."""
    limited = [line for line in table.sources if line.cell.allocated]
    if not limited:
        return None
    parts = (
        ("Đã quyết toán", "province", lambda cell: cell.settled),
        ("Đã cam kết, chưa quyết toán", "commune", lambda cell: max(cell.committed - cell.settled, 0)),
        ("Còn lại", "other", lambda cell: max(cell.left, 0)),
    )
    return {
        "labels": [line.name for line in limited],
        "unit": "triệu đồng",
        "horizontal": True,
        "series": [
            {"label": label, "tone": tone, "values": [str(part(line.cell) / 1_000_000) for line in limited]}
            for label, tone, part in parts
        ],
    }
