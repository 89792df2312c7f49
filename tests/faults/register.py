"""Faults of the register and of merges."""

import datetime

from django.utils import timezone

from facilities.models import CraftVillage, FacilityMerge, FacilityYear, IndustrialCluster
from tests.factories import CommuneFactory, FacilityFactory, ProvinceFactory, UserFactory
from tests.faults.places import other_province
from tests.faults.planting import change, fault, stamp

FUTURE = datetime.date(2099, 1, 1)
LONG_AGO = datetime.datetime(2021, 3, 2, tzinfo=datetime.UTC)


def merged(gone=None, kept=None, **values):
    """A standing merge, carried out."""
    gone, kept = gone or FacilityFactory(), kept or FacilityFactory()
    merge = FacilityMerge.objects.create(
        **{"kept": kept, "duplicate": gone, "reason": "Cùng mã số thuế", "merged_by": UserFactory()} | values
    )
    change(gone, merged_into=kept)
    return merge


def merged_long_ago():
    """The duplicate of an old merge."""
    merge = merged()
    stamp(merge, merged_at=LONG_AGO)
    return merge.duplicate


@fault("facility-tax-code-form", "facilities_facility.facility_tax_code_form")
def _():
    FacilityFactory(tax_code="123")


@fault("facility-tax-code-twice", "facilities_facility.facility_tax_code_once")
def _():
    FacilityFactory(tax_code="0100109106"), FacilityFactory(tax_code="0100109106")


@fault("facility-name-twice", "facilities_facility.facility_name_once")
def _():
    commune = CommuneFactory()
    place = {"commune": commune, "commune_today": commune}
    FacilityFactory(name="Mộc An Bình", **place), FacilityFactory(name="Mộc An Bình", **place)


@fault("facility-site-of-province")
def _():
    FacilityFactory(cluster=IndustrialCluster.objects.create(name="CCN mẫu", province=other_province()))


@fault("facility-eligibility-reason", "facilities_facility.facility_eligibility_reason_given")
def _():
    FacilityFactory(eligibility="eligible")


@fault("facility-figures-in-range", "facilities_facility.facility_capital_not_negative")
def _():
    FacilityFactory(capital=-1)


@fault("facility-year-in-range", "facilities_facilityyear.facility_year_in_range")
def _():
    FacilityYear.objects.create(facility=FacilityFactory(), year=1980)


@fault("facility-year-in-future")
def _():
    FacilityYear.objects.create(facility=FacilityFactory(), year=2099)


@fault("facility-registered-in-future")
def _():
    FacilityFactory(registered_on=FUTURE)


@fault("facility-merged-by-standing-merge")
def _():
    FacilityFactory(merged_into=FacilityFactory())


@fault("facility-merge-chain")
def _():
    merged(gone=merged().kept)


@fault("merge-carried-out")
def _():
    change(merged().duplicate, merged_into=None)


@fault("merge-within-province")
def _():
    merged(gone=FacilityFactory(province=other_province()), kept=FacilityFactory(province=ProvinceFactory()))


@fault("merge-twice", "facilities_facilitymerge.merge_once")
def _():
    first = merged()
    merged(gone=first.duplicate, kept=first.kept)


@fault("merge-stamps", "facilities_facilitymerge.merge_reason_given")
def _():
    merged(reason="")


@fault("merged-facility-named-later")
def _():
    FacilityYear.objects.create(facility=merged_long_ago(), year=2022)


@fault("facility-site-of-province")
def _():
    FacilityFactory(craft_village=CraftVillage.objects.create(name="Làng nghề mẫu", province=other_province()))


@fault("facility-figures-in-range", "facilities_facility.facility_vsic_code_form")
def _():
    FacilityFactory(vsic_code="gỗ")


@fault("facility-year-in-range", "facilities_facilityyear.facility_year_export_within_revenue")
def _():
    FacilityYear.objects.create(facility=FacilityFactory(), year=2020, revenue=1, export_revenue=2)


@fault("merged-facility-named-later")
def _():
    CraftVillage.objects.create(name="Làng nghề mẫu", province=ProvinceFactory(), facility=merged_long_ago())


@fault("merged-facility-named-later")
def _():
    cluster = IndustrialCluster.objects.create(name="CCN mẫu", province=ProvinceFactory())
    cluster.projects.create(name="Dự án mẫu", facility=merged_long_ago())


@fault("merge-stamps", "facilities_facilitymerge.merge_undo_reason_given")
def _():
    undone = change(merged(), undone_at=timezone.now(), undone_by=UserFactory())
    change(undone.duplicate, merged_into=None)
