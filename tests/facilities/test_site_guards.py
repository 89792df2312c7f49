"""Clusters, villages and facilities that name each other are of one place, whatever door the data came through."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from facilities.models import ClusterProject, CraftVillage, Facility, IndustrialCluster
from tests.facilities.factories import ClusterFactory, FiguresFactory, ProjectFactory, VillageFactory
from tests.factories import FacilityFactory, LineageFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return ProvinceFactory()


@pytest.fixture
def there():
    return ProvinceFactory(code="42", name="Hà Tĩnh")


def committed(write):
    """What `write` does, with all that is checked when a transaction commits."""
    with transaction.atomic():
        write()
        connection.check_constraints()


def refused(rule, write):
    """The database refuses what `write` does by `rule`, at the latest when the transaction commits."""
    with pytest.raises(IntegrityError) as caught:
        committed(write)
    assert caught.value.__cause__.diag.constraint_name == rule


def moved(row, province):
    """A raw write, as a script would do it."""
    type(row).objects.filter(pk=row.pk).update(province=province)


def test_a_project_is_not_of_a_facility_of_another_province(here, there):
    project, facility = ProjectFactory(cluster=ClusterFactory(province=here)), FacilityFactory(province=there)

    refused(
        "project_facility_of_province", lambda: ClusterProject.objects.filter(pk=project.pk).update(facility=facility)
    )


def test_a_village_is_not_a_facility_of_another_province(here, there):
    village, facility = VillageFactory(province=here), FacilityFactory(province=there)

    refused(
        "village_facility_of_province", lambda: CraftVillage.objects.filter(pk=village.pk).update(facility=facility)
    )


def test_a_cluster_does_not_leave_the_province_of_its_facilities(here, there):
    cluster = ClusterFactory(province=here)
    FacilityFactory(province=here, cluster=cluster)

    refused("cluster_stays_with_facilities", lambda: moved(cluster, there))


def test_a_cluster_does_not_leave_the_province_of_its_projects(here, there):
    cluster = ClusterFactory(province=here)
    ProjectFactory(cluster=cluster, facility=FacilityFactory(province=here))

    refused("cluster_stays_with_facilities", lambda: moved(cluster, there))


def test_a_village_does_not_leave_the_province_of_its_members(here, there):
    village = VillageFactory(province=here)
    FacilityFactory(province=here, craft_village=village)

    refused("village_stays_with_facilities", lambda: moved(village, there))


@pytest.mark.parametrize("tie", ["project", "village"])
def test_a_facility_does_not_leave_the_province_of_what_names_it(here, there, tie):
    facility = FacilityFactory(province=here)
    if tie == "project":
        ProjectFactory(cluster=ClusterFactory(province=here), facility=facility)
    else:
        VillageFactory(province=here, facility=facility)

    refused("facility_stays_with_sites", lambda: moved(facility, there))


def test_a_cluster_and_its_facilities_move_together(here, there):
    cluster = ClusterFactory(province=here)
    facility = FacilityFactory(province=here, cluster=cluster)

    committed(lambda: (moved(cluster, there), moved(facility, there)))

    assert IndustrialCluster.objects.get().province == Facility.objects.get().province == there


def test_a_merged_province_is_no_other_province(here, there):
    LineageFactory(predecessor=there, successor=here)
    village = VillageFactory(province=here, facility=FacilityFactory(province=here))
    cluster = ClusterFactory(province=here)
    ProjectFactory(cluster=cluster, facility=FacilityFactory(province=here))

    committed(lambda: (moved(village, there), moved(cluster, there)))

    assert {CraftVillage.objects.get().province, IndustrialCluster.objects.get().province} == {there}


@pytest.mark.parametrize(("land", "is_refused"), [("11.99", True), ("12", False), (None, False)])
def test_industrial_land_is_not_made_smaller_than_what_was_ever_leased(here, land, is_refused):
    cluster = ClusterFactory(province=here, operating=True)
    FiguresFactory(cluster=cluster, year=2024, leased_land=Decimal(12))
    FiguresFactory(cluster=cluster, year=2025, leased_land=Decimal(5))
    rows, typed = IndustrialCluster.objects.filter(pk=cluster.pk), land and Decimal(land)

    if is_refused:
        refused("cluster_land_holds_leased", lambda: rows.update(industrial_land=typed))
    else:
        rows.update(industrial_land=typed)
        assert rows.get().industrial_land == typed
