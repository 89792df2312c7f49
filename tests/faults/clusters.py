"""Faults of clusters and craft villages."""

import datetime

from facilities.models import ClusterFigures, ClusterProject, CraftVillage, IndustrialCluster
from tests.factories import DAY, ProvinceFactory
from tests.faults.planting import fault

BEFORE, FUTURE = DAY - datetime.timedelta(days=1), datetime.date(2099, 1, 1)
CLUSTER, FIGURES = "facilities_industrialcluster", "facilities_clusterfigures"


def cluster(**values):
    return IndustrialCluster.objects.create(**{"name": "CCN mẫu", "province": ProvinceFactory()} | values)


def figures(cluster_values=None, **values):
    return ClusterFigures.objects.create(cluster=cluster(**cluster_values or {}), **{"year": 2020, "half": 1} | values)


def village(**values):
    return CraftVillage.objects.create(**{"name": "Làng nghề mẫu", "province": ProvinceFactory()} | values)


@fault("cluster-planned-has-area", f"{CLUSTER}.cluster_planned_has_area")
def _():
    cluster(planned_on=DAY)


@fault("cluster-established-has-decision", f"{CLUSTER}.cluster_established_has_decision")
def _():
    cluster(established_on=DAY, established_area=10)


@fault("cluster-step-has-number")
def _():
    cluster(detailed_plan_on=DAY)


@fault("cluster-land-within-plan", f"{CLUSTER}.cluster_industrial_land_within_plan")
def _():
    cluster(industrial_land=10, detailed_plan_area=5)


@fault("cluster-removed-after-planned", f"{CLUSTER}.cluster_planned_on_before_removed_on")
def _():
    cluster(planned_on=DAY, planned_area=10, removed_on=BEFORE)


@fault("cluster-name-twice", f"{CLUSTER}.cluster_name_once")
def _():
    cluster(), cluster()


@fault("cluster-decided-in-future")
def _():
    cluster(operating_from=FUTURE)


@fault("cluster-figures-within-land")
def _():
    figures({"industrial_land": 10}, leased_land=20)


@fault("cluster-figures-within-projects", f"{FIGURES}.cluster_figures_fdi_within_projects")
def _():
    figures(projects=2, fdi_projects=3)


@fault("cluster-figures-not-negative", f"{FIGURES}.cluster_figures_revenue_not_negative")
def _():
    figures(revenue=-1)


@fault("cluster-figures-in-future")
def _():
    figures(year=2099)


@fault("cluster-project-dates", "facilities_clusterproject.cluster_project_leased_on_before_ended_on")
def _():
    ClusterProject.objects.create(cluster=cluster(), name="Dự án mẫu", leased_on=DAY, ended_on=BEFORE)


@fault("village-revoked-after-recognised", "facilities_craftvillage.craft_village_recognized_on_before_revoked_on")
def _():
    village(recognition_number="1/QĐ-UBND", recognized_on=DAY, revoked_on=BEFORE)


@fault("village-twice", "facilities_craftvillage.craft_village_once")
def _():
    village(), village()


@fault("village-recognition-complete")
def _():
    village(recognized_on=DAY)


@fault("village-recognised-in-future")
def _():
    village(recognition_number="1/QĐ-UBND", recognized_on=FUTURE)


@fault("cluster-figures-within-projects", f"{FIGURES}.cluster_figures_operating_within_projects")
def _():
    figures(projects=2, operating_projects=3)


@fault("cluster-step-has-number")
def _():
    cluster(infrastructure_on=DAY)


@fault("village-recognition-complete")
def _():
    village(recognition_number="1/QĐ-UBND")
