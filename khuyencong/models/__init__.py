"""Who and where."""

from khuyencong.models.people import User
from khuyencong.models.places import Province, ProvinceLineage

__all__ = ["Province", "ProvinceLineage", "User"]
