"""The report in lines of text, for a person at a terminal."""

from collections.abc import Iterator

from khuyencong import money, words
from reports.figures.contents import ContentFigure, ResultFigure
from reports.figures.overview import LevelFigure, SourceFigure
from reports.figures.period_summary import PeriodSummary
from reports.layouts.period_summary import frame
from reports.layouts.period_summary.territories import heading


def terminal_lines(summary: PeriodSummary) -> Iterator[str]:
    """Totals, each source with its share, each content with its results."""
    subject, figures = summary.subject, summary.overview
    yield frame.title(subject)
    yield f"Địa bàn: {subject.territory.full_name}"
    yield subject.boundaries_label
    yield ""
    yield f"Tổng số: {figures.schemes} đề án, {_dong(figures.amount)}"
    yield f"Bằng chữ: {words.amount_in_words(figures.amount)}"
    yield from _section("Theo nguồn", [_source(figure) for figure in figures.by_source])
    yield from _section("Nguồn khác, không tính vào tổng số", [_source(figure) for figure in figures.others])
    yield from _section("Theo cấp quản lý", [_level(figure) for figure in figures.by_level])
    if len(summary.territories.lines) > 1:
        yield from _section(heading(subject), _territories(summary))
    yield from _section("Theo nội dung", _contents(summary))
    yield from _section("Ghi chú", frame.notes(summary))


def _section(heading, lines) -> Iterator[str]:
    """A heading and its lines; nothing when there are none."""
    if lines:
        yield from ("", heading, *(f"  {line}" for line in lines))


def _source(figure: SourceFigure) -> str:
    """'Ngân sách tỉnh: 22.000.000.000 đồng (56,42%), 417 đề án'."""
    parts = [f"{figure.source.name}: {_dong(figure.amount)}"]
    if figure.share is not None:
        parts[0] += f" ({money.format_decimal(figure.share, 2)}%)"
    if figure.schemes:
        parts.append(f"{figure.schemes} đề án")
    if figure.outside:
        parts.append(f"ngoài đề án {_dong(figure.outside)}")
    return ", ".join(parts)


def _level(figure: LevelFigure) -> str:
    return f"{figure.name}: {figure.schemes} đề án, {_dong(figure.amount)}"


def _territories(summary: PeriodSummary) -> list[str]:
    """Of the whole country only places with something."""
    everything = bool(summary.subject.territory.code)
    lines = [line for line in summary.territories.lines if everything or line.schemes or line.total]
    return [f"{line.place.name}: {line.schemes} đề án, {_dong(line.total)}" for line in lines]


def _contents(summary: PeriodSummary) -> list[str]:
    lines = []
    for group in summary.contents.groups:
        lines.append(_content(group))
        lines += [f"    {_result(result)}" for result in group.results if len(group.contents) > 1]
        for leaf in group.contents:
            lines.append(f"  {_content(leaf)}")
            lines += [f"    {_result(result)}" for result in leaf.results]
    return lines


def _content(figure: ContentFigure) -> str:
    share = money.format_decimal(figure.share, 2)
    return f"{figure.code} {figure.name}: {figure.schemes} đề án, {_dong(figure.amount)} ({share}%)"


def _result(figure: ResultFigure) -> str:
    """'Lớp đào tạo nghề: 44 lớp (kế hoạch 44)'."""
    actual = "chưa có số liệu" if figure.actual is None else f"{_plain(figure.actual)} {figure.indicator.unit}"
    planned = "" if figure.planned is None else f" (kế hoạch {_plain(figure.planned)})"
    return f"{figure.indicator.name}: {actual}{planned}"


def _plain(quantity) -> str:
    return money.format_decimal(quantity, 0 if quantity == int(quantity) else 2)


def _dong(amount: int) -> str:
    return f"{money.format_amount(amount)} đồng"
