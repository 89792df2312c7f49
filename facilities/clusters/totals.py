"""Areas and occupancy of many clusters. Occupancy is weighted by area: leased land of all by industrial land of all."""

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from facilities.models import ClusterFigures
from khuyencong.money import format_amount, format_decimal
from khuyencong.ratios import percentage

OPERATING = Q(operating_from__isnull=False, removed_on__isnull=True)


def with_leased(clusters):
    """Annotates `leased`: the newest leased land that was reported; None when never."""
    reported = ClusterFigures.objects.filter(cluster=OuterRef("pk"), leased_land__isnull=False)
    return clusters.annotate(leased=Subquery(reported.order_by("-year", "-half").values("leased_land")[:1]))


def with_area(clusters):
    """Annotates `area`: of the establishment, else of the plan."""
    return clusters.annotate(area=Coalesce("established_area", "planned_area"))


def list_totals(clusters):
    """The strip above a list of clusters, in one query; land and occupancy are those of the operating ones (TT 14/2024, III)."""
    sums = with_area(with_leased(clusters)).aggregate(
        count=Count("pk"),
        total=Sum("area"),
        operating=Count("pk", filter=OPERATING),
        land=Sum("industrial_land", filter=OPERATING),
        taken=Sum("leased", filter=OPERATING),
    )
    occupancy = percentage(sums["taken"], sums["land"])
    return [
        {"label": "Số cụm", "value": format_amount(sums["count"])},
        {"label": "Tổng diện tích", "unit": "ha", "value": _hectares(sums["total"])},
        {"label": "Đang hoạt động", "value": format_amount(sums["operating"])},
        {"label": "Đất công nghiệp", "unit": "ha", "value": _hectares(sums["land"])},
        {"label": "Đã cho thuê", "unit": "ha", "value": _hectares(sums["taken"])},
        {"label": "Tỷ lệ lấp đầy", "value": f"{format_decimal(occupancy, 2)}%" if occupancy is not None else "—"},
    ]


def _hectares(area):
    return "—" if area is None else format_decimal(area, 2)
