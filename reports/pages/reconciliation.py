"""Stored figures of the reconciliation as a page shows them: texts and links. Nothing is added up here."""

from django.urls import reverse

from khuyencong import money
from khuyencong.templatetags.portal import million
from reports.pages.period_summary import Links

MOST_APART = 200


def page(report, user):
    """The context of a finished "Bảng đối chiếu kinh phí khuyến công"; `report.shown` are its figures."""
    figures, links = report.shown, Links(report)
    return {
        "figures": figures,
        "totals": _totals(figures["total"]),
        "levels": [_level(level, links) for level in figures["levels"]],
        "sources": figures["sources"],
        "uneven": [_line(line) for line in figures["uneven"]["lines"]],
        "uneven_count": figures["uneven"]["count"],
        "apart": [_line(line) for line in figures["apart_schemes"][:MOST_APART]],
        "apart_groups": figures["apart"],
    }


def _totals(total):
    """The strip of key figures, in triệu đồng."""
    strip = [{"label": "Đề án, nhiệm vụ", "value": money.format_amount(total["count"])}]
    names = (("Được duyệt", "adjusted"), ("Đã chi", "spent"), ("Quyết toán", "settled"), ("Chênh lệch", "difference"))
    return strip + [{"label": label, "value": million(total[name]), "unit": "triệu đồng"} for label, name in names]


def _level(row, links):
    """A level and its parts, where there are two; the level leads to its schemes."""
    parts = row.get("parts", [])
    return row | {"url": links.to(level=row["level"]) if row["count"] else "", "parts": parts if len(parts) > 1 else []}


def _line(row):
    return row | {"url": reverse("programmes:scheme-detail", args=[row["id"]])}
