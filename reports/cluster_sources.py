"""The only reader of clusters for reports: two queries, plain rows out."""

from django.db.models import Max, Q

from facilities.models import ClusterFigures, IndustrialCluster
from reports.figures.cluster_rows import ClusterRow, ClusterRows, FigureRow
from reports.figures.clusters import halves_of

PLAIN = (
    "name",
    "kind",
    "investor",
    "investor_kind",
    "planned_on",
    "planned_area",
    "removed_on",
    "established_on",
    "established_area",
    "establishment_number",
    "detailed_plan_on",
    "detailed_plan_area",
    "industrial_land",
    "infrastructure_on",
    "infrastructure_area",
    "operating_from",
    "is_illustrative",
)
REPORTED = ("leased_land", "projects", "fdi_projects", "operating_projects", "workers", "wastewater")
MONEY = ("invested_capital", "revenue", "budget_paid")


def read(question):
    """Every cluster of a territory and what it reported for the period."""
    clusters = IndustrialCluster.objects.all()
    if question.coverage.ids is not None:
        clusters = clusters.filter(province__in=question.coverage.ids)
    return _rows(clusters, question.period)


def read_commune(commune, user, period):
    """The clusters in a commune of today, also those written down under a commune that went into it."""
    visible = IndustrialCluster.objects.visible_to(user)
    return _rows(visible.filter(Q(commune_today=commune) | Q(commune=commune)), period)


def newest_year(user, before):
    """The latest year before `before` with reported figures that `user` may see; None when there is none."""
    return ClusterFigures.objects.visible_to(user).filter(year__lt=before).aggregate(year=Max("year"))["year"]


def _rows(clusters, period):
    asked = Q()
    for year, half in halves_of(period):
        asked |= Q(year=year, half=half)
    reported = ClusterFigures.objects.filter(asked, cluster__in=clusters)
    found = clusters.for_list().order_by("province__sort_key", "sort_key", "pk")
    return ClusterRows(tuple(_cluster(one) for one in found), tuple(_figures(one) for one in reported))


def _cluster(cluster):
    return ClusterRow(
        id=cluster.pk,
        kind_label=cluster.get_kind_display(),
        place=cluster.place,
        province=cluster.province.name,
        infrastructure_capital=_whole(cluster.infrastructure_capital),
        **{name: getattr(cluster, name) for name in PLAIN},
    )


def _figures(row):
    amounts = {name: _whole(getattr(row, name)) for name in MONEY}
    return FigureRow(row.cluster_id, row.year, row.half, **amounts, **{name: getattr(row, name) for name in REPORTED})


def _whole(amount):
    return None if amount is None else int(amount)
