"""Stored figures of industrial clusters as a page shows them: texts and links. Nothing is added up here."""

from decimal import Decimal
from itertools import groupby

from django.urls import reverse

from khuyencong.money import format_decimal

GAPS = (
    ("without_figures", "Cụm đang hoạt động chưa có số liệu kỳ này"),
    ("without_first_half", "Cụm chưa có số liệu 6 tháng đầu năm"),
    (
        "not_operating",
        "Cụm có số liệu nhưng chưa ghi ngày hoạt động: không tính vào mục III, trừ vốn hạ tầng ở dòng 14",
    ),
    ("without_area", "Cụm thiếu diện tích ở giai đoạn đã có quyết định"),
    ("without_land", "Cụm chưa ghi đất công nghiệp: đất đã cho thuê không tính vào dòng 18, 19"),
    ("land_over_area", "Cụm có đất công nghiệp lớn hơn diện tích cụm, cần xem lại"),
)
SUBSETS = {"15.3", "15.4", "16.3", "16.4"}


def page(report, user):
    """The context of a finished "Báo cáo cụm công nghiệp"; `report.shown` are its figures."""
    figures = report.shown
    return {
        "figures": figures,
        "totals": _totals(figures),
        "sections": _sections(figures["rows"]),
        "clusters": [_cluster(row) for row in figures["clusters"]],
        "gaps": _gaps(figures["gaps"]),
    }


def _gaps(gaps):
    """Reports made before a gap was looked for do not tell of it."""
    return [{"label": label, "names": gaps[key]} for key, label in GAPS if gaps.get(key)]


def _totals(figures):
    value = {row["number"]: _shown(row) for row in figures["rows"]}
    return [
        {"label": "CCN trong phương án", "value": value["1"]},
        {"label": "Diện tích phương án", "unit": "ha", "value": value["2"]},
        {"label": "Bình quân", "unit": "ha/cụm", "value": _decimal(figures["plan"]["average_area"]) or "—"},
        {"label": "Đã thành lập", "value": value["3"]},
        {"label": "Đang hoạt động", "value": value["15"]},
        {"label": "Tỷ lệ lấp đầy", "unit": "%", "value": value["19"]},
    ]


def _sections(rows):
    """The rows under their heading."""
    grouped = groupby(rows, key=lambda row: (row["section"], row["section_title"]))
    return [{"numeral": key[0], "title": key[1], "rows": [_row(row) for row in found]} for key, found in grouped]


def _row(row):
    return row | {"shown": _shown(row), "is_part": "." in row["number"], "is_subset": row["number"] in SUBSETS}


def _shown(row):
    """'1.712,64', '32'; '—' when nobody reported it."""
    if row["value"] is None:
        return "—"
    is_count = row["unit"] not in ("ha", "tỷ đồng", "%")
    return format_decimal(Decimal(str(row["value"])), 0 if is_count else 2)


def _cluster(row):
    names = ("planned_area", "area", "industrial_land", "leased_land", "occupancy")
    shown = {name: _decimal(row[name]) for name in names}
    return row | shown | {"url": reverse("facilities:cluster-detail", args=[row["id"]])}


def _decimal(value):
    return "" if value is None else format_decimal(Decimal(str(value)), 2)
