"""Stored figures of product selection as a page shows them: texts and links. Nothing is added up here."""

from django.urls import NoReverseMatch, reverse


def page(report, user):
    """The context of a finished "Báo cáo bình chọn sản phẩm"; `report.shown` are its figures."""
    figures = report.shown
    return {
        "figures": figures,
        "totals": _totals(figures["total"]),
        "cycles": [cycle | {"url": _link("cycle-detail", cycle["key"])} for cycle in figures["cycles"]],
        "territories": figures["territories"] if len(figures["territories"]) > 1 else [],
        "rounds": [round | {"url": _link("round-detail", round["id"])} for round in figures["rounds"]],
    }


def _totals(total):
    """The strip of key figures."""
    return [
        {"label": "Đợt bình chọn", "value": total["cycles"]},
        {"label": "Sản phẩm đăng ký", "value": total["products"]},
        {"label": "Cơ sở đăng ký", "value": total["facilities"]},
        {"label": "Được công nhận", "unit": "sản phẩm", "value": total["recognised"]},
        {"label": "Tổ chức được công nhận", "value": total["organisations"]},
    ]


def _link(name, pk):
    """The page of a cycle or round; '' where the portal is installed without it."""
    try:
        return reverse(f"fairs:{name}", args=[pk])
    except NoReverseMatch:
        return ""
