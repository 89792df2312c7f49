"""The agencies that a document names, as they were called on its day."""

from khuyencong.models import AgencyName
from reports.figures.rows import Agencies

MINISTRY, DEPARTMENT = "Bộ Công Thương", "Sở Công Thương"  # until their names are recorded


def agencies(coverage, day):
    """Of the province that answers for the territory on `day`, or of the ministry for the whole country."""
    province = coverage.province and coverage.heir(day)
    ministry = _name("ministry", day) or MINISTRY
    agency = _name("national_agency", day)
    if province is None:
        return Agencies(issuer=ministry, recipients=_known(agency))
    authority = f"UBND {province.full_name}"
    return Agencies(
        issuer=_name("department", day, province) or DEPARTMENT,
        authority=authority,
        abbreviation="SCT",
        seat=province.name,
        recipients=(
            f"{ministry} ({agency})" if agency else ministry,
            authority,
            *_known(_name("centre", day, province)),
        ),
    )


def _name(kind, day, province=None):
    return AgencyName.objects.of(kind, day, province)


def _known(*names):
    return tuple(name for name in names if name)
