"""Half-yearly figures of the illustrative clusters: occupancy grows evenly, the rest follows from leased land."""

import datetime
from decimal import Decimal

from facilities.models import ClusterFigures
from khuyencong.periods import HalfYear, administrative_window

OLD = (HalfYear(2021, 1), HalfYear(2021, 2))
RECENT = 4
HECTARES_A_PROJECT = Decimal("2.5")
WORKERS_A_PROJECT, REVENUE_A_PROJECT, CENT = 55, 6_400_000_000, Decimal("0.01")
Wastewater = ClusterFigures.Wastewater


def write_figures(clusters, today: datetime.date) -> None:
    """For each operating cluster the periods since it opened; a cluster of 2021 or of now, see `periods`."""
    halves = periods(today)
    ClusterFigures.objects.bulk_create(
        figures for row, cluster in clusters if cluster.operating_from for figures in _of(row, cluster, halves)
    )


def periods(today: datetime.date) -> list[HalfYear]:
    """Both halves of 2021, and the last four whose window is over."""
    half = HalfYear(today.year, 1 if today.month <= 6 else 2)
    recent = []
    while len(recent) < RECENT:
        if administrative_window(half).end < today:
            recent.append(half)
        half = half.previous()
    return [*OLD, *recent[::-1]]


def _of(row, cluster, halves):
    open_ones = [half for half in halves if cluster.operating_from <= administrative_window(half).end]
    first, last = Decimal(row["first_occupancy"]), Decimal(row["last_occupancy"])
    steps = max(len(open_ones) - 1, 1)
    for step, half in enumerate(open_ones):
        share = first + (last - first) * step / steps
        yield _figures(cluster, half, share, is_newest=half == open_ones[-1])


def _figures(cluster, half, share, *, is_newest):
    leased = (cluster.industrial_land * share / 100).quantize(CENT)
    projects = max(int(leased / HECTARES_A_PROJECT), 1)
    operating = max(projects * 4 // 5, 1)
    revenue = operating * REVENUE_A_PROJECT
    capital = cluster.infrastructure_capital
    return ClusterFigures(
        cluster=cluster,
        year=half.year,
        half=half.number,
        invested_capital=None if capital is None else int(capital * min(share + 15, 100) / 100),
        leased_land=leased,
        projects=projects,
        fdi_projects=projects // 6,
        operating_projects=operating,
        revenue=revenue,
        budget_paid=revenue // 25,
        workers=operating * WORKERS_A_PROJECT,
        wastewater=_wastewater(cluster, is_newest),
        note="Số liệu minh họa",
    )


def _wastewater(cluster, is_newest):
    """Large clusters treat it to the standard in the end, small ones have nothing."""
    if cluster.industrial_land < 15:
        return Wastewater.NONE
    return Wastewater.STANDARD if is_newest and cluster.industrial_land > 30 else Wastewater.INVESTED
