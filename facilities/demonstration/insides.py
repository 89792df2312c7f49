"""What stands in the illustrative clusters: facilities of the register from the same former district, and projects."""

import datetime
from decimal import Decimal

from facilities.models import ClusterProject, Facility

FACILITIES = 3
OTHERS = (("Dự án minh họa {} – may xuất khẩu", True, "4.50", 95), ("Dự án minh họa {} – cơ khí", False, "2.20", 38))
BILLION = 10**9


def write_insides(clusters) -> None:
    """Three facilities an operating cluster where the register has some: two moved in, projects without a facility beside."""
    free = _facilities()
    for cluster in clusters:
        if cluster.operating_from:
            near = free.get((cluster.former_district_id, cluster.province_id), [])
            inside, near[:FACILITIES] = near[:FACILITIES], []
            Facility.objects.filter(pk__in=[one.pk for one in inside]).update(cluster=cluster)
            ClusterProject.objects.bulk_create([*_moved(cluster, inside[:2]), *_others(cluster)])


def _facilities():
    """The illustrative facilities that are no village, by former district and province."""
    found = {}
    rows = Facility.objects.standing().filter(is_illustrative=True, cluster=None)
    for one in rows.exclude(legal_form=Facility.LegalForm.VILLAGE).order_by("pk"):
        found.setdefault((one.former_district_id, one.province_id), []).append(one)
    return found


def _moved(cluster, facilities):
    for one in facilities:
        yield ClusterProject(
            cluster=cluster,
            name=f"Di dời {one.name}",
            facility=one,
            land=Decimal("0.60"),
            capital=8 * BILLION,
            leased_on=_soon(cluster),
            operating_from=_soon(cluster),
            relocated_from=f"khu dân cư {one.place} (minh họa)",
        )


def _others(cluster):
    for number, (name, is_foreign, land, capital) in enumerate(OTHERS, start=1):
        yield ClusterProject(
            cluster=cluster,
            name=name.format(f"{number:02d}"),
            investor="Nhà đầu tư minh họa",
            is_foreign=is_foreign,
            land=Decimal(land),
            capital=capital * BILLION,
            leased_on=_soon(cluster),
        )


def _soon(cluster):
    return cluster.operating_from + datetime.timedelta(days=30)
