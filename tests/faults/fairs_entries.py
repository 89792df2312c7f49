"""Faults of registration dossiers, of the ladder and of points."""

import datetime
from decimal import Decimal

from tests.facilities.builders import district_of
from tests.factories import FacilityFactory, ProvinceFactory
from tests.fairs.factories import (
    CertificateFactory,
    CycleFactory,
    EntryFactory,
    MemberFactory,
    ProductFactory,
    RoundFactory,
    SheetFactory,
    conclude,
    level,
    region,
)
from tests.faults.fairs_rounds import judged
from tests.faults.places import other_province
from tests.faults.planting import change, fault


def issued(entry=None, **values):
    """A certificate as the database would write it, of a dossier recognised on 15/9/2020."""
    entry = entry or EntryFactory()
    return CertificateFactory(
        **{"entry": entry, "round": entry.round, "valid_to": datetime.date(2023, 12, 31)} | values
    )


def rung(certificate, **values):
    """A dossier at the regional level in 2021 that rests on the certificate."""
    cycle = certificate.round.cycle
    round = RoundFactory(
        cycle=cycle, level=level("region"), region=region(cycle.province), opens_on=datetime.date(2021, 3, 1)
    )
    return EntryFactory(
        **{"round": round, "product": certificate.entry.product, "lower_certificate": certificate} | values
    )


def made_in(district):
    """A product of a facility of the district."""
    return ProductFactory(facility=FacilityFactory(province=district.province, former_district=district))


@fault("entry-of-province")
def _():
    EntryFactory(product=ProductFactory(facility=FacilityFactory(province=other_province())))


@fault("entry-of-unit")
def _():
    province = ProvinceFactory()
    round = RoundFactory(cycle__province=province, level=level("district"), unit=district_of(province, "Huyện Một"))
    EntryFactory(round=round, product=made_in(district_of(province, "Huyện Hai")), skip_ground="")


@fault("entry-in-time")
def _():
    EntryFactory(registered_on=datetime.date(2020, 1, 1))


@fault("entry-in-time")
def _():
    EntryFactory(registered_on=datetime.date(2099, 1, 1), skip_ground="")


@fault("entry-once", "fairs_entry.entry_once")
def _():
    first = EntryFactory()
    EntryFactory(round=first.round, product=first.product)


@fault("entry-once", "fairs_entry.entry_number_once")
def _():
    EntryFactory(round=EntryFactory(number=1).round, number=1)


@fault("entry-has-lower-certificate")
def _():
    EntryFactory(skip_ground="")


@fault("entry-has-lower-certificate")
def _():
    cycle = CycleFactory()
    round = RoundFactory(cycle=cycle, level=level("region"), region=region(cycle.province))
    EntryFactory(round=round, skip_ground="Tỉnh không tổ chức")


@fault("entry-skip-where-none-held")
def _():
    cycle = CycleFactory()
    district = district_of(cycle.province, "Huyện Mẫu")
    RoundFactory(cycle=cycle, level=level("district"), unit=district)
    EntryFactory(round=RoundFactory(cycle=cycle), product=made_in(district))


@fault("entry-certificate-is-lower")
def _():
    certificate = issued()
    rung(certificate, product=ProductFactory(facility=certificate.entry.product.facility))


@fault("entry-certificate-is-lower")
def _():
    certificate = issued()
    nation = RoundFactory(cycle=certificate.round.cycle, level=level("nation"), opens_on=datetime.date(2021, 3, 1))
    rung(certificate, round=nation)


@fault("entry-certificate-is-valid")
def _():
    rung(issued(valid_to=datetime.date(2020, 12, 31)))


@fault("entry-promoted-after-revocation")
def _():
    certificate = issued()
    rung(certificate)
    change(
        certificate,
        revoked_on=datetime.date(2021, 1, 10),
        revoked_by=certificate.issued_by,
        revocation_number="9/QĐ",
        revocation_reason="Vi phạm nhãn hiệu",
    )


@fault("entry-average")
def _():
    EntryFactory(round__scoring="sheets")


@fault("entry-average", "fairs_entry.entry_score_in_range")
def _():
    EntryFactory(average_score=Decimal(101))


@fault("entry-passes-by-points")
def _():
    entry = EntryFactory(average_score=Decimal(69))
    conclude(entry.round, entry)


@fault("entry-papers-complete")
def _():
    change(EntryFactory(round__scoring="sheets", average_score=None), status="complete")


def given(juror=None, **points):
    """A dossier with one sheet in a round of its jurors, with the average that the database would write."""
    round, jurors = judged(status="scoring")
    entry = EntryFactory(round=round)
    sheet = SheetFactory(entry=entry, juror=juror or jurors[0], **points)
    sheet.refresh_from_db()
    change(entry, average_score=sheet.total)


@fault("sheet-of-juror")
def _():
    given(MemberFactory())


@fault("sheet-within-scale")
def _():
    given(market=Decimal(36))


@fault("sheet-within-scale", "fairs_scoresheet.score_sheet_not_negative")
def _():
    given(other=Decimal(-1))


@fault("sheet-of-judged")
def _():
    SheetFactory()
