"""Stored figures as a page shows them: texts, links, the chart. Nothing is added up here."""

from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from khuyencong import money
from khuyencong.boundaries import Boundaries
from khuyencong.templatetags.portal import million, quantity
from reports.models import Report

TONES = {"national", "province", "district", "commune", "counterpart", "sponsor"}
IN_BILLIONS = 9


def page(report, user):
    """The context of a finished "Báo cáo tổng kết khuyến công"; `report.shown` are its figures."""
    figures = report.shown
    links = Links(report)
    sources = figures["overview"]["by_source"]
    return {
        "totals": _totals(figures["overview"]),
        "chart": _chart(figures["by_year"], sources),
        "overview": figures["overview"],
        "sources": [
            row | {"url": links.to(source=row["source"]), "share_text": percent(row["share"])} for row in sources
        ],
        "levels": [row | {"url": links.to(level=row["level"])} for row in figures["overview"]["by_level"]],
        "groups": [_content(group, links) for group in figures["contents"]],
        "leaves": [_content(leaf, links) for group in figures["contents"] for leaf in group["contents"]],
        "years": [_year(row, sources, links) for row in figures["by_year"]],
        "figures": figures,
    } | _territories(figures, links)


class Links:
    """Ways from a figure to the schemes behind it: the list of schemes of the same territory by the same boundaries."""

    def __init__(self, report: Report):
        self._territory = {"boundaries": report.boundaries}
        if report.province_id:
            self._territory["province"] = report.province_id

    def to(self, **query):
        """The address of the filtered list; what `query` says of territory replaces the report's."""
        return f"{reverse('programmes:scheme-list')}?{urlencode(self._territory | query)}"


def _totals(overview):
    """The strip of key figures, in triệu đồng."""
    strip = [{"label": "Đề án", "value": money.format_amount(overview["schemes"])}]
    strip += [{"label": "Tổng kinh phí", "value": million(overview["amount"]), "unit": "triệu đồng"}]
    for row in overview["by_source"]:
        strip.append({"label": row["short_label"], "value": f"{million(row['amount'])} · {percent(row['share'])}"})
    return strip


def _chart(years, sources):
    """Stacked columns: a column a year, a part a source, in tỷ đồng."""
    return {
        "labels": [str(row["year"]) for row in years],
        "unit": "tỷ đồng",
        "series": [
            {
                "label": source["short_label"],
                "tone": source["source"] if source["source"] in TONES else "other",
                "values": [billion(row["amounts"][source["source"]]) for row in years],
            }
            for source in sources
        ],
    }


def _territories(figures, links):
    """The table of places when there is more than one; each leads to the schemes that are counted under it."""
    rows = figures.get("territories", [])  # reports of older days have none
    if len(rows) < 2:
        return {}
    is_today = figures["boundaries"] == Boundaries.TODAY and figures["territory"]["code"] is None
    boundaries = Boundaries.TODAY if is_today else Boundaries.AS_WAS
    sources = figures["overview"]["by_source"]
    return {
        "territories_heading": "Theo địa bàn hiện nay" if is_today else "Theo địa bàn tại thời điểm",
        "territories": [_territory(row, sources, boundaries.value, links) for row in rows if _has_figures(row)],
        "places": [row["name"] for row in rows if not _has_figures(row)],
    }


def _has_figures(row):
    return row["schemes"] or row["amount"]


def _territory(row, sources, boundaries, links):
    linked = row["schemes"] and row["province"]
    url = links.to(province=row["province"], boundaries=boundaries) if linked else ""
    amounts = [{"label": one["short_label"], "amount": row["amounts"][one["source"]]} for one in sources]
    return row | {"url": url, "amounts": amounts}


def _content(row, links):
    results = [_result(result) for result in row["results"]]
    return row | {"url": links.to(content=row["code"]), "share_text": percent(row["share"]), "results": results}


def _result(result):
    """'Lớp đào tạo nghề: 44 lớp (KH 44)'."""
    actual = "chưa có số liệu" if result["actual"] is None else f"{_quantity(result['actual'])} {result['unit']}"
    planned = "" if result["planned"] is None else f" (KH {_quantity(result['planned'])})"
    return f"{result['label']}: {actual}{planned}"


def _quantity(number):
    return quantity(Decimal(str(number)))


def _year(row, sources, links):
    """Only what stands for schemes leads to them: not the money of a source that has none."""
    amounts = []
    for source in sources:
        amount = row["amounts"][source["source"]]
        is_of_schemes = amount and source["schemes"]
        url = links.to(year=row["year"], source=source["source"]) if is_of_schemes else ""
        amounts.append({"label": source["short_label"], "amount": amount, "url": url})
    return row | {"url": links.to(year=row["year"]) if row["schemes"] else "", "amounts": amounts}


def percent(share):
    """37.81 -> '37,81%'. A share was stored with two decimals, so its shortest form is exact."""
    return f"{share:.2f}%".replace(".", ",")


def billion(amount):
    """In tỷ đồng: exact, as the chart's script reads numbers: '14.745'."""
    whole, rest = divmod(amount, 10**IN_BILLIONS)
    return f"{whole}.{rest:0{IN_BILLIONS}d}".rstrip("0").rstrip(".")
