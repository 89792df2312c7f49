"""The list of clusters as it stands on the page, for somebody who goes on in Excel."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from reports.layouts.clusters.listing import day
from reports.layouts.parts import FRACTION, SHARE, Column, Line, Sheet, Table, label

COLUMNS = (
    Column("Tên cụm", attrgetter("cluster.name"), 32, total=label("Tổng cộng")),
    Column("Loại", lambda row: row.cluster.get_kind_display(), 16),
    Column("Giai đoạn", attrgetter("cluster.stage"), 20),
    Column("Địa bàn", attrgetter("cluster.place"), 24),
    Column("Tỉnh, thành phố", attrgetter("cluster.province.name"), 14),
    Column("Chủ đầu tư hạ tầng", attrgetter("cluster.investor"), 24),
    Column("Vào phương án", lambda row: day(row.cluster.planned_on), 12),
    Column("Diện tích phương án", attrgetter("cluster.planned_area"), 11, FRACTION),
    Column("Quyết định thành lập", attrgetter("cluster.establishment_number"), 16),
    Column("Thành lập", lambda row: day(row.cluster.established_on), 12),
    Column("Diện tích", attrgetter("cluster.area"), 11, FRACTION, total=attrgetter("area")),
    Column("Đất công nghiệp", attrgetter("cluster.industrial_land"), 11, FRACTION, total=attrgetter("land")),
    Column("Đã cho thuê", attrgetter("cluster.leased"), 11, FRACTION, total=attrgetter("leased")),
    Column("Lấp đầy (%)", attrgetter("occupancy"), 10, SHARE),
    Column("Hoạt động từ", lambda row: day(row.cluster.operating_from), 12),
)


def sheet(rows: Sequence[Any], totals: Any, subtitle: str) -> Sheet:
    """`rows` have .cluster and .occupancy; `totals` .area, .land and .leased of all."""
    return Sheet(
        name="Danh sách cụm",
        title="DANH SÁCH CỤM CÔNG NGHIỆP",
        subtitle=subtitle,
        unit="Đơn vị tính: ha",
        tables=(Table(COLUMNS, tuple(Line(row) for row in rows), total=totals),),
        notes=(
            "Diện tích: theo quyết định thành lập, chưa thành lập thì theo phương án. Đã cho thuê: kỳ gần nhất có số liệu.",
        ),
        size=10,
        is_list=True,
    )
