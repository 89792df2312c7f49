"""Schemes and money by province as a page shows them."""

from urllib.parse import urlencode

from django.urls import reverse

from khuyencong import money
from khuyencong.boundaries import Boundaries
from khuyencong.templatetags.portal import million
from reports.pages.period_summary import TONES, billion, percent

MOST_BARS = 20


def context(form, found):
    """`found`: Territories, None when the form was refused."""
    if found is None:
        return {"filters": {"form": form}}
    asked = form.cleaned_data
    used = [line for line in found.table.lines if line.schemes or line.total]
    return {
        "filters": {"form": form},
        "boundaries": Boundaries(asked["boundaries"]).label,
        "years": years_label(asked["first"], asked["last"]),
        "sources": found.sources,
        "lines": [_line(line, found.sources, asked) for line in used],
        "places": [line.place.name for line in found.table.lines if line not in used],
        "total": _line(found.table.total, found.sources, asked),
        "totals": _totals(found),
        "chart": _chart(found),
        "most_bars": MOST_BARS,
        "is_illustrative": found.is_illustrative,
    }


def years_label(first, last):
    """'năm 2020', 'từ năm 2016 đến năm 2020'."""
    return f"năm {first}" if first == last else f"từ năm {first} đến năm {last}"


def _line(figure, sources, asked):
    """A place; the number of schemes leads to them, where the list can be asked for them."""
    query = {"province": figure.place.id, "boundaries": asked["boundaries"]}
    if asked["first"] == asked["last"]:
        query["year"] = asked["first"]
    linked = figure.schemes and figure.place.id
    return {
        "name": figure.place.name,
        "code": figure.place.code,
        "schemes": figure.schemes,
        "amounts": [{"label": source.short_name, "amount": figure.amounts[source.code]} for source in sources],
        "amount": figure.total,
        "share": percent(figure.share),
        "url": f"{reverse('programmes:scheme-list')}?{urlencode(query)}" if linked else "",
    }


def _totals(found):
    total = found.table.total
    strip = [{"label": "Đề án", "value": money.format_amount(total.schemes)}]
    strip.append({"label": "Kinh phí khuyến công", "value": million(total.total), "unit": "triệu đồng"})
    return strip + [
        {"label": source.short_name, "value": million(total.amounts[source.code])} for source in found.sources
    ]


def _chart(found):
    """Bars from left to right, the longest first, in tỷ đồng; None when there is no money."""
    with_money = sorted((line for line in found.table.lines if line.total), key=lambda line: -line.total)
    bars = with_money[:MOST_BARS]
    return bars and {
        "labels": [line.place.name.rstrip(")").split(" (") for line in bars],  # a date stands on a line of its own
        "unit": "tỷ đồng",
        "horizontal": True,
        "series": [
            {
                "label": source.short_name,
                "tone": source.code if source.code in TONES else "other",
                "values": [billion(line.amounts[source.code]) for line in bars],
            }
            for source in found.sources
        ],
    }
