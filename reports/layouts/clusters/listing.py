"""Sheet "Danh sách cụm": the clusters behind the figures, with what each reported."""

from collections.abc import Callable
from datetime import date
from typing import Any

from reports.figures.clusters import ClusterLine, ClusterReport, in_billions, total
from reports.layouts.parts import COUNT, FRACTION, SHARE, Cell, Column, Line, Sheet, Table, label

TITLE = "Danh sách cụm công nghiệp"


def list_sheet(report: ClusterReport) -> Sheet:
    return Sheet(
        name="Danh sách cụm",
        title=TITLE.upper(),
        subtitle=f"Địa bàn: {report.subject.territory.full_name}, {report.subject.period.label}",
        unit="Đơn vị tính: ha, tỷ đồng",
        tables=(Table(COLUMNS, tuple(Line(line) for line in report.lines), total=report.lines),),
        size=10,
        is_list=True,
    )


def day(value: date | None) -> Cell:
    """'01/03/2021'."""
    return f"{value:%d/%m/%Y}" if value else None


def _of(name: str) -> Callable[[ClusterLine], Cell]:
    return lambda line: getattr(line.cluster, name)


def _reported(name: str) -> Callable[[ClusterLine], Cell]:
    return lambda line: getattr(line.figures, name) if line.figures else None


def _sum(value: Callable[[Any], Cell]) -> Callable[[Any], Cell]:
    return lambda lines: total(value(line) for line in lines)


def _summed(heading: str, value: Callable[[Any], Cell], width: float, number_format: str = FRACTION) -> Column:
    return Column(heading, value, width, number_format, total=_sum(value))


def _money(heading: str, name: str) -> Column:
    """Added up in đồng, shown in tỷ đồng."""
    value = _reported(name)
    return Column(
        heading,
        lambda line: in_billions(value(line)),
        12,
        FRACTION,
        total=lambda lines: in_billions(_sum(value)(lines)),
    )


COLUMNS = (
    Column("Tên cụm", _of("name"), 32, total=label("Tổng cộng")),
    Column("Loại", _of("kind_label"), 16),
    Column("Địa bàn", lambda line: line.cluster.place or line.cluster.province, 20),
    Column("Chủ đầu tư hạ tầng", _of("investor"), 20),
    Column("Vào phương án", lambda line: day(line.cluster.planned_on), 12),
    _summed("Diện tích phương án", _of("planned_area"), 11),
    Column("Thành lập", lambda line: day(line.cluster.established_on), 12),
    _summed("Diện tích cụm", lambda line: line.area, 11),
    Column("Hoạt động", lambda line: day(line.cluster.operating_from), 12),
    _summed("Đất công nghiệp", _of("industrial_land"), 11),
    _summed("Đã cho thuê", _reported("leased_land"), 11),
    Column("Lấp đầy (%)", lambda line: line.occupancy, 9, SHARE),
    _summed("Dự án", _reported("projects"), 8, COUNT),
    _summed("Lao động", _reported("workers"), 9, COUNT),
    _money("Doanh thu", "revenue"),
    _money("Nộp ngân sách", "budget_paid"),
)
