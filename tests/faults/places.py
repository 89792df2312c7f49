"""Faults of places and of records that lie in them."""

import datetime

from khuyencong.models import AdministrativeUnit, AgencyName, Province, ProvinceLineage, UnitLineage
from tests.factories import (
    AgencyNameFactory,
    CommuneFactory,
    FacilityFactory,
    LineageFactory,
    ProvinceFactory,
    SchemeFactory,
)
from tests.faults.planting import change, fault

END, BEGIN = datetime.date(2020, 6, 30), datetime.date(2020, 7, 1)


def other_province():
    return ProvinceFactory(code="42", name="Hà Tĩnh")


def ended_province():
    """A province that went into Nghệ An."""
    gone = other_province()
    LineageFactory(predecessor=gone, successor=ProvinceFactory())
    gone.refresh_from_db()
    return gone


def district(**values):
    return CommuneFactory(**{"level": "district", "kind": "huyen", "code": "425", "name": "Diễn Châu"} | values)


def link(old, new, kind="merged"):
    return UnitLineage.objects.create(predecessor=old, successor=new, kind=kind)


@fault("province-code-overlap", "khuyencong_province.province_code_validity_apart")
def _():
    Province.objects.create(code="99", name="Một", valid_from=datetime.date(2008, 8, 1))
    Province.objects.create(code="99", name="Hai", valid_from=datetime.date(2010, 1, 1))


@fault("unit-code-overlap", "khuyencong_administrativeunit.unit_code_validity_apart")
def _():
    CommuneFactory(code="17101"), CommuneFactory(code="17101")


@fault("agency-name-overlap", "khuyencong_agencyname.agency_name_validity_apart")
def _():
    for name in ("Bộ Công Thương", "Bộ Công nghiệp"):
        AgencyName.objects.create(kind="ministry", name=name)


@fault(
    "place-dates-in-order",
    "khuyencong_agencyname.agency_valid_from_before_valid_to",
    "khuyencong_agencyname.agency_name_validity_apart",
)
def _():
    AgencyNameFactory(valid_from=BEGIN, valid_to=END)


@fault("unit-code-form", "khuyencong_administrativeunit.unit_code_form")
def _():
    CommuneFactory(code="171")


@fault("unit-within-province")
def _():
    CommuneFactory(province=ended_province(), valid_to=None)


@fault("unit-within-parent")
def _():
    CommuneFactory(parent=CommuneFactory())


@fault("unit-name-twice")
def _():
    CommuneFactory(name="Diễn Kỷ"), CommuneFactory(name="Diễn Kỷ")


@fault("lineage-in-time")
def _():
    link(CommuneFactory(), CommuneFactory())


@fault("lineage-without-cycle", also=["lineage-in-time"])
def _():
    one, other = CommuneFactory(), CommuneFactory()
    link(one, other), link(other, one)


@fault("lineage-whole-or-divided")
def _():
    old = CommuneFactory(valid_to=END)
    link(old, CommuneFactory(valid_from=BEGIN)), link(old, CommuneFactory(valid_from=BEGIN), "divided")


@fault("ended-without-successor")
def _():
    CommuneFactory(valid_to=END)


@fault("units-of-the-reform")
def _():
    AdministrativeUnit.objects.bulk_create(CommuneFactory.build_batch(3000, province=ProvinceFactory()))


@fault("place-of-right-level")
def _():
    FacilityFactory(former_district=CommuneFactory())


@fault("place-of-province")
def _():
    FacilityFactory(former_district=district(province=other_province()))


@fault("former-district-follows")
def _():
    commune = CommuneFactory(parent=district())
    FacilityFactory(commune=commune, commune_today=commune)


@fault("commune-today-follows")
def _():
    change(FacilityFactory(commune=CommuneFactory()), commune_today=None)


@fault("unit-code-form", "khuyencong_administrativeunit.unit_kind_of_level")
def _():
    CommuneFactory(kind="quan")


@fault("unit-within-parent")
def _():
    CommuneFactory(parent=district(province=other_province()))


@fault("lineage-in-time")
def _():
    ProvinceLineage.objects.create(predecessor=other_province(), successor=ProvinceFactory(), kind="merged")


@fault("ended-without-successor")
def _():
    change(other_province(), valid_to=END)


@fault("place-of-right-level")
def _():
    SchemeFactory(former_district=CommuneFactory())


@fault("place-of-province")
def _():
    commune = CommuneFactory(province=other_province())
    SchemeFactory(commune=commune, commune_today=commune)


@fault("commune-today-follows")
def _():
    old, new = CommuneFactory(valid_to=END), CommuneFactory(valid_from=BEGIN)
    link(old, new)
    SchemeFactory(commune=old, commune_today=CommuneFactory())
