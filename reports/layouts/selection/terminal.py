"""Product selection in lines of text, for a person at a terminal."""

from collections.abc import Iterator

from reports.figures.selection import Counts, SelectionReport
from reports.layouts.selection.form import title
from reports.layouts.selection.notes import notes


def terminal_lines(report: SelectionReport) -> Iterator[str]:
    """Totals, levels, cycles, commendations, notes."""
    total = report.total
    yield title(report)
    yield f"Địa bàn: {report.subject.territory.full_name}"
    yield f"{total.cycles} đợt, {total.rounds} kỳ; {total.products} sản phẩm của {total.facilities} cơ sở đăng ký"
    yield f"{total.recognised} sản phẩm của {total.organisations} tổ chức, cơ sở được công nhận"
    yield from ("", "Theo cấp", *(f"  {level.name}: {_counted(level.counts)}" for level in report.levels))
    for cycle in report.cycles:
        yield from ("", cycle.name, *(f"  {level.name}: {_counted(level.counts)}" for level in cycle.parts))
    if report.commended:
        yield from ("", "Khen thưởng")
        yield from (f"  {one.level}: {one.collectives} tập thể, {one.individuals} cá nhân" for one in report.commended)
    yield from ("", "Ghi chú", *(f"  {note}" for note in notes(report)))


def _counted(counts: Counts) -> str:
    return (
        f"{counts.rounds} kỳ, {counts.dossiers} hồ sơ của {counts.facilities} cơ sở; công nhận {counts.recognised} sản phẩm "
        f"của {counts.organisations} tổ chức; cấp {counts.certified} giấy, {counts.promoted} lên cấp trên"
    )
