"""Stored figures of fairs as a page shows them: texts and links. Nothing is added up here."""

from decimal import Decimal

from django.urls import NoReverseMatch, reverse

from khuyencong.money import format_decimal
from khuyencong.templatetags.portal import million

MOST_EVENTS = 200


def page(report, user):
    """The context of a finished "Báo cáo hội chợ, kết nối thị trường"; `report.shown` are its figures."""
    figures = report.shown
    events = figures["events"]
    return {
        "figures": figures,
        "totals": _totals(figures["total"]),
        "kinds": [_row(row) for row in figures["kinds"]],
        "total": _row(figures["total"] | {"label": "Tổng cộng"}),
        "territories": [_row(row) for row in figures["territories"]] if len(figures["territories"]) > 1 else [],
        "events": [one | {"url": _link(one["id"])} for one in events[:MOST_EVENTS]],
        "event_count": len(events),
    }


def _totals(total):
    """The strip of key figures."""
    return [
        {"label": "Sự kiện", "value": total["events"]},
        {"label": "Lượt doanh nghiệp", "value": total["occurrences"]},
        {"label": "Cơ sở (mỗi cơ sở một lần)", "value": total["facilities"]},
        {"label": "Biên bản ghi nhớ", "value": total["memoranda"]},
        {"label": "Hợp đồng", "value": total["contracts"]},
        {"label": "Kinh phí", "unit": "triệu đồng", "value": million(total["money"])},
    ]


def _row(row):
    share = row["conversion"]
    shown = "" if share is None else format_decimal(Decimal(str(share)), 2)
    return row | {"share": shown, "roles": [_row(part) for part in row.get("roles", [])]}


def _link(pk):
    """The page of an event; '' where the portal is installed without it."""
    try:
        return reverse("fairs:event-detail", args=[pk])
    except NoReverseMatch:
        return ""
