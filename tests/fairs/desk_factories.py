"""Rounds as they come to a reviewer's desk, and one row of everything that hangs on a round, in a province."""

import datetime

from fairs.enums import Body
from fairs.models import RoundMember
from tests.factories import FacilityFactory
from tests.fairs.factories import (
    EntryFactory,
    HolderReportFactory,
    MemberFactory,
    ProductFactory,
    RoundFactory,
    SheetFactory,
    certified,
    complete,
    conclude,
    score,
)

COUNCIL = 7


def jury_round(province, *, jurors=3, products=("Sản phẩm A", "Sản phẩm B"), **options):
    """A provincial round in scoring, with a council, a jury and complete dossiers, no sheet yet."""
    round = RoundFactory(cycle__province=province, scoring="sheets", **options)
    MemberFactory.create_batch(COUNCIL, round=round, body=Body.COUNCIL)
    MemberFactory.create_batch(jurors, round=round)
    for name in products:
        product = ProductFactory(facility=FacilityFactory(province=province), name=name)
        complete(EntryFactory(round=round, product=product, average_score=None))
    score(round)
    return round


def scored_round(province, points, **options):
    """A round in scoring from minutes: {product name: average points}, every dossier complete."""
    round = RoundFactory(cycle__province=province, **options)
    for name, average in points.items():
        product = ProductFactory(facility=FacilityFactory(province=province), name=name)
        complete(EntryFactory(round=round, product=product, average_score=average))
    score(round)
    return round


def sheet(province):
    round = jury_round(province, products=["Sản phẩm chấm"])
    juror = RoundMember.objects.filter(round=round, body=Body.JURY).first()
    return SheetFactory(entry=round.entries.get(), juror=juror)


def announced_round(province):
    """A concluded round that was announced on 16/9/2020."""
    entry = EntryFactory(round__cycle__province=province)
    made = conclude(entry.round, entry)
    made.announced_on = datetime.date(2020, 9, 16)
    made.save()
    return made


def certificate(province):
    return certified(FacilityFactory(province=province))


def holder_report(province):
    return HolderReportFactory(facility=certificate(province).entry.product.facility)
