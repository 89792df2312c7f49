"""Revenue before and after support as data of `_components/chart.html`, in triệu đồng."""

from khuyencong.money import Unit, format_in_unit

BEFORE, AFTER = "commune", "province"  # tones


def by_year(comparison):
    """Columns by year of one facility; None when fewer than two years are known."""
    records = [one for one in comparison.records if one.revenue is not None]
    if len(records) < 2:
        return None
    series = [
        _series("Trước hỗ trợ", BEFORE, [one.revenue if one.is_before else None for one in records]),
        _series("Sau hỗ trợ", AFTER, [None if one.is_before else one.revenue for one in records]),
    ]
    return _chart([str(one.year) for one in records], [one for one in series if any(map(float, one["values"]))])


def by_facility(told):
    """Two columns a facility that told both: before, and its newest year after; None when none did.

    `told`: pairs of a benefit and its Comparison.
    """
    both = [(benefit, one.before, one.newest) for benefit, one in told if _has_both(one)]
    if not both:
        return None
    series = [
        _series("Trước hỗ trợ", BEFORE, [before.revenue for _, before, _ in both]),
        _series("Năm gần nhất", AFTER, [newest.revenue for _, _, newest in both]),
    ]
    return _chart([benefit.facility.name for benefit, _, _ in both], series) | {"grouped": True, "horizontal": True}


def _has_both(comparison):
    return all(one and one.revenue is not None for one in (comparison.before, comparison.newest))


def _series(label, tone, amounts):
    return {"label": label, "tone": tone, "values": [_million(amount or 0) for amount in amounts]}


def _chart(labels, series):
    return {"labels": labels, "unit": Unit.MILLION.label, "series": series}


def _million(amount):
    """A number for a script: '133.333333'."""
    return format_in_unit(amount, Unit.MILLION, decimals=6).replace(".", "").replace(",", ".")
