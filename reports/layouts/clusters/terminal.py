"""The form in lines of text, for a person at a terminal."""

from collections.abc import Iterator

from khuyencong import money
from reports.figures.clusters import BILLION, ClusterReport, Indicator, in_billions
from reports.layouts.clusters.forms import title
from reports.layouts.clusters.notes import notes


def terminal_lines(report: ClusterReport) -> Iterator[str]:
    """Every row of the form with its unit, then what is missing."""
    yield title(report.subject)
    yield f"Địa bàn: {report.subject.territory.full_name}. Số liệu đến hết ngày {report.day:%d/%m/%Y}"
    for section in report.sections:
        yield from ("", f"{section.numeral}. {section.title}")
        yield from (f"  {row.number} {row.name}: {_value(row)}" for row in section.indicators)
    if report.average_area is not None:
        yield f"\nBình quân theo phương án: {money.format_decimal(report.average_area, 2)} ha/cụm"
    yield from ("", "Ghi chú", *(f"  {note}" for note in notes(report)))


def _value(row: Indicator) -> str:
    if row.value is None:
        return "chưa có số liệu"
    value = in_billions(row.value) if row.unit == BILLION else row.value
    return f"{money.format_decimal(value, 0 if isinstance(value, int) else 2)} {row.unit}"
