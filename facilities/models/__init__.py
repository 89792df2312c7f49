"""The register: facilities, where they stand, and which of them are one."""

from facilities.models.cluster import ClusterDefinition, ClusterFigures, ClusterProject, IndustrialCluster
from facilities.models.facility import TAX_CODE, Facility, FacilityYear
from facilities.models.merge import FacilityMerge, NotDuplicate
from facilities.models.trade import Trade
from facilities.models.village import CraftVillage, VillageTrade

__all__ = [
    "TAX_CODE",
    "ClusterDefinition",
    "ClusterFigures",
    "ClusterProject",
    "CraftVillage",
    "Facility",
    "FacilityMerge",
    "FacilityYear",
    "IndustrialCluster",
    "NotDuplicate",
    "Trade",
    "VillageTrade",
]
