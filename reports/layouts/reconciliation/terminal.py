"""The reconciliation in lines of text, for a person at a terminal."""

from collections.abc import Iterator

from khuyencong import words
from khuyencong.money import format_amount
from reports.figures.reconciliation import Group, Reconciliation, Sums
from reports.layouts.period_summary import frame
from reports.layouts.reconciliation.notes import notes


def terminal_lines(report: Reconciliation) -> Iterator[str]:
    """Levels with their parts, sources, what is not counted, and the notes."""
    subject = report.subject
    yield frame.title(subject)
    yield f"Địa bàn: {subject.territory.full_name}"
    yield subject.boundaries_label
    yield ""
    yield f"Tổng số: {_summed(report.total)}"
    yield f"Số quyết toán bằng chữ: {words.amount_in_words(report.total.settled)}"
    yield f"Chênh lệch: {format_amount(report.total.difference)} đồng ({report.total.explanation})"
    yield from ("", "Theo cấp và nội dung", *_groups(report.levels))
    yield from ("", "Theo nguồn", *_groups(report.sources))
    if report.apart:
        yield from ("", "Không tính", *(f"  {group.name}: {_apart(group.sums)}" for group in report.apart))
    yield from ("", "Ghi chú", *(f"  {note}" for note in notes(report)))


def _groups(groups) -> Iterator[str]:
    for group in groups:
        yield f"  {_named(group)}"
        yield from (f"    {_named(part)}" for part in group.parts if len(group.parts) > 1)


def _named(group: Group) -> str:
    return f"{group.name}: {_summed(group.sums)}"


def _summed(sums: Sums) -> str:
    """'16 đề án, nhiệm vụ, 8 cơ sở; duyệt … đồng, đã chi … đồng, quyết toán … đồng, khớp'."""
    return (
        f"{sums.count} đề án, nhiệm vụ, {sums.beneficiaries} cơ sở; được duyệt {format_amount(sums.agreed)} đồng, "
        f"đã chi {format_amount(sums.spent)} đồng, quyết toán {format_amount(sums.settled)} đồng, {sums.explanation}"
    )


def _apart(sums: Sums) -> str:
    return f"{sums.count} đề án, nhiệm vụ, đề nghị {format_amount(sums.proposed)} đồng, đã chi {format_amount(sums.spent)} đồng"
