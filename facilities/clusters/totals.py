"""Areas and occupancy of many clusters. Occupancy is weighted by area: leased land of all by industrial land of all."""

from django.db.models import Case, Count, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from facilities.clusters.stages import come
from facilities.models import ClusterFigures
from khuyencong.money import format_amount, format_decimal
from khuyencong.ratios import percentage

LANDLESS = "Cho thuê, chưa ghi đất công nghiệp"


def with_leased(clusters):
    """Annotates `leased`: the newest leased land that was reported; None when never."""
    reported = ClusterFigures.objects.filter(cluster=OuterRef("pk"), leased_land__isnull=False)
    return clusters.annotate(leased=Subquery(reported.order_by("-year", "-half").values("leased_land")[:1]))


def with_area(clusters, day):
    """Annotates `area`: of the establishment unless it comes after `day`, else of the plan."""
    later = When(established_on__gt=day, then="planned_area")
    return clusters.annotate(area=Case(later, default=Coalesce("established_area", "planned_area")))


def list_totals(clusters, day):
    """The strip above a list of clusters as on `day`, in one query, without those that were removed from the plan.

    Land and occupancy are those of the operating ones (TT 14/2024, III); leased land counts where the land is known, so
    that no occupancy passes 100 %.
    """
    operating, known = come("operating_from", day), Q(industrial_land__isnull=False)
    sums = with_area(with_leased(clusters.exclude(come("removed_on", day))), day).aggregate(
        count=Count("pk"),
        total=Sum("area"),
        operating=Count("pk", filter=operating),
        land=Sum("industrial_land", filter=operating),
        taken=Sum("leased", filter=operating & known),
        landless=Count("pk", filter=operating & ~known & Q(leased__gt=0)),
    )
    return [*_strip(sums), *_left_out(sums["landless"])]


def _strip(sums):
    occupancy = percentage(sums["taken"], sums["land"])
    return [
        {"label": "Số cụm", "value": format_amount(sums["count"])},
        {"label": "Tổng diện tích", "unit": "ha", "value": _hectares(sums["total"])},
        {"label": "Đang hoạt động", "value": format_amount(sums["operating"])},
        {"label": "Đất công nghiệp", "unit": "ha", "value": _hectares(sums["land"])},
        {"label": "Đã cho thuê", "unit": "ha", "value": _hectares(sums["taken"])},
        {"label": "Tỷ lệ lấp đầy", "value": f"{format_decimal(occupancy, 2)}%" if occupancy is not None else "—"},
    ]


def _left_out(landless):
    """How many clusters lease land of which the whole is not written down; nothing when there are none."""
    return [{"label": LANDLESS, "unit": "cụm", "value": format_amount(landless)}] if landless else []


def _hectares(area):
    return "—" if area is None else format_decimal(area, 2)
