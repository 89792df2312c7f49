"""The demonstration of clusters and craft villages; every row is illustrative and named so.

Quảng Ninh's plan of 2021 (32 clusters, 1.712,64 ha) comes out in its published totals; the single clusters are invented.
"""

import datetime

from facilities.demonstration.clusters import write_clusters
from facilities.demonstration.figures import write_figures
from facilities.demonstration.insides import write_insides
from facilities.demonstration.villages import write_villages
from facilities.models import IndustrialCluster


def is_loaded() -> bool:
    """It comes in one transaction: one cluster of it means all."""
    return IndustrialCluster.objects.filter(is_illustrative=True).exists()


def load(today: datetime.date) -> bool:
    """Write it into a database with places and trades, after the demonstration's facilities; False when it is there.

    Figures are those of 2021 and of the four half-years that were closed by `today`.
    """
    if is_loaded():
        return False
    clusters = write_clusters(today)
    write_figures(clusters, today)
    write_insides([cluster for _, cluster in clusters])
    write_villages()
    return True
