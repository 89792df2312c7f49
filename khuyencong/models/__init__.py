"""Who and where, and when."""

from khuyencong.models.agencies import AgencyName
from khuyencong.models.calendar import Holiday
from khuyencong.models.delegations import Delegation
from khuyencong.models.lineage import LineageKind, ProvinceLineage, UnitLineage
from khuyencong.models.notices import Mail, Notice, NoticeKind, NoticePreference
from khuyencong.models.people import User
from khuyencong.models.places import Province
from khuyencong.models.units import AdministrativeUnit

__all__ = [
    "AdministrativeUnit",
    "AgencyName",
    "Delegation",
    "Holiday",
    "LineageKind",
    "Mail",
    "Notice",
    "NoticeKind",
    "NoticePreference",
    "Province",
    "ProvinceLineage",
    "UnitLineage",
    "User",
]
