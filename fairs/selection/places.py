"""Which provinces are one place with that of a cycle: today's staff write down rounds of the provinces that came before."""

from khuyencong.boundaries import LineageMap


def kin(province_id) -> frozenset[int]:
    """The province, all that became a part of it, and what it is part of today; the database has the last word."""
    lineage = LineageMap.of_provinces()
    return lineage.ancestors(province_id) | lineage.successors(province_id)
