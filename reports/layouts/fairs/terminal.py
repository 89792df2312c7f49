"""Fairs in lines of text, for a person at a terminal."""

from collections.abc import Iterator

from khuyencong.money import format_amount, format_decimal
from reports.figures.fairs import FairReport, Group, Sums
from reports.layouts.fairs.notes import notes
from reports.layouts.period_summary import frame


def terminal_lines(report: FairReport) -> Iterator[str]:
    """Totals, kinds with their roles, money by source, events, notes."""
    yield frame.title(report.subject)
    yield f"Địa bàn: {report.subject.territory.full_name}"
    yield f"Tổng số: {_summed(report.total)}"
    yield from ("", "Theo loại", *_groups(report.kinds))
    if report.sources:
        amounts = report.total.by_source
        yield from ("", "Kinh phí theo nguồn")
        yield from (f"  {one.name}: {format_amount(amounts[one.code])} đồng" for one in report.sources)
    yield from ("", "Sự kiện")
    yield from (f"  {line.event.starts_on:%d/%m/%Y} {line.event.name}: {_summed(line.sums)}" for line in report.lines)
    yield from ("", "Ghi chú", *(f"  {note}" for note in notes(report)))


def _groups(groups: tuple[Group, ...]) -> Iterator[str]:
    for group in groups:
        yield f"  {group.name}: {_summed(group.sums)}"
        yield from (f"    {part.name}: {_summed(part.sums)}" for part in group.parts)


def _summed(sums: Sums) -> str:
    """'2 sự kiện, 70 gian hàng, 8 lượt doanh nghiệp (6 cơ sở), …'; what is not known is left out."""
    parts = [f"{sums.events} sự kiện"]
    if sums.booths_in_words:
        parts.append(f"{sums.booths_in_words} gian hàng")
    if sums.occurrences:
        known = f"{sums.facilities} cơ sở" if sums.facilities else "ngoài danh bạ"
        parts.append(f"{sums.occurrences} lượt doanh nghiệp ({known})")
    if sums.conversion is not None:
        share = format_decimal(sums.conversion, 2)
        parts.append(f"{sums.memoranda} biên bản ghi nhớ, {sums.contracts} hợp đồng ({share}%)")
    if sums.money:
        parts.append(f"{format_amount(sums.money)} đồng")
    return ", ".join(parts)
