"""Figures of facilities for pages."""

from khuyencong.money import Unit, format_in_unit


def year_chart(years) -> dict | None:
    """Data of `_components/chart.html`: revenue by year, oldest first; None for less than two years with revenue."""
    known = [row for row in reversed(years) if row.revenue is not None]
    if len(known) < 2:
        return None
    values = [format_in_unit(row.revenue, Unit.BILLION, 9).replace(".", "").replace(",", ".") for row in known]
    return {
        "labels": [str(row.year) for row in known],
        "unit": Unit.BILLION.label,
        "series": [{"label": "Doanh thu", "tone": "province", "values": values}],
    }
