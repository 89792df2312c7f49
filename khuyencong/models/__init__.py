"""Who and where."""

from khuyencong.models.agencies import AgencyName
from khuyencong.models.lineage import LineageKind, ProvinceLineage, UnitLineage
from khuyencong.models.people import User
from khuyencong.models.places import Province
from khuyencong.models.units import AdministrativeUnit

__all__ = ["AdministrativeUnit", "AgencyName", "LineageKind", "Province", "ProvinceLineage", "UnitLineage", "User"]
