"""Rounds held on paper, many at a time, along the only way that the database allows."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from fairs.enums import EntryStatus, RoundStatus, Scoring
from fairs.models import Certificate, Entry, Product, SelectionLevel, SelectionRound
from khuyencong.models import AdministrativeUnit
from programmes.demonstration.courses import moment

NO_ROUND_THERE = "Huyện không tổ chức bình chọn trong đợt này (TT 26/2014 Đ12.2.d)"


@dataclass
class Held:
    """A round: its days, its dossiers {product: certificate of the level below, or None}, which products it recognised."""

    level: str
    opens_on: datetime.date
    decided_on: datetime.date
    dossiers: dict[Product, Certificate | None]
    recognised: set[Product]
    unit: AdministrativeUnit | None = None
    region_id: int | None = None
    announced_on: datetime.date | None = None


def hold(rng, cycle, drafts, *, staff, reviewer) -> dict[Product, Certificate]:
    """Hold rounds of one cycle up to their certificates, issued on the day of the decision; those by product."""
    rounds = SelectionRound.objects.bulk_create(_round(cycle, one, staff) for one in drafts)
    kept = SelectionRound.objects.filter(pk__in=[one.pk for one in rounds])
    kept.update(status=RoundStatus.OPEN)
    entries = Entry.objects.bulk_create(_entries(rng, drafts, rounds, staff))
    _decide(kept, entries, {product.pk for one in drafts for product in one.recognised}, reviewer)
    return _certify(kept, reviewer)


def _round(cycle, held, staff):
    level = SelectionLevel.objects.get(code=held.level)
    return SelectionRound(
        cycle=cycle,
        level=level,
        unit=held.unit,
        region_id=held.region_id,
        opens_on=held.opens_on,
        closes_on=held.opens_on + datetime.timedelta(days=20),
        scoring=Scoring.MINUTES,
        minutes_number="BB-minh họa",
        minutes_on=held.decided_on - datetime.timedelta(days=5),
        decision_number=f"QĐ-minh họa {held.decided_on.year}",
        decided_on=held.decided_on,
        announced_on=held.announced_on or held.decided_on,
        note="Số liệu minh họa.",
        created_by=staff,
    )


def _entries(rng, drafts, rounds, staff):
    for held, round in zip(drafts, rounds, strict=True):
        for number, (product, certificate) in enumerate(held.dossiers.items(), start=1):
            is_good = product in held.recognised
            yield Entry(
                round=round,
                product=product,
                number=number,
                registered_on=held.opens_on + datetime.timedelta(days=rng.randint(1, 15)),
                lower_certificate=certificate,
                skip_ground="" if certificate or held.level == "district" else _ground(held),
                average_score=Decimal(rng.randint(7050, 9450) if is_good else rng.randint(5200, 6950)) / 100,
                created_by=staff,
            )


def _ground(held):
    """Since 1/7/2025 there is no level below the province's, and nothing is skipped."""
    return NO_ROUND_THERE if held.opens_on < datetime.date(2025, 7, 1) else ""


def _decide(rounds, entries, recognised, reviewer):
    """Complete, scored, decided; concluded by a second person."""
    kept = Entry.objects.filter(pk__in=[one.pk for one in entries])
    kept.update(status=EntryStatus.COMPLETE)
    rounds.update(status=RoundStatus.SCORING)
    kept.filter(product__in=recognised).update(status=EntryStatus.PASSED)
    kept.exclude(product__in=recognised).update(status=EntryStatus.FAILED)
    for day in set(rounds.values_list("decided_on", flat=True)):
        held = rounds.filter(decided_on=day)
        held.update(status=RoundStatus.CONCLUDED, concluded_by=reviewer, concluded_at=moment(day, 15))


def _certify(rounds, reviewer):
    passed = Entry.objects.filter(round__in=rounds).passed().select_related("round__level", "product")
    numbers = count(1)
    Certificate.objects.bulk_create(
        Certificate(
            entry=one,
            number=f"{next(numbers):02d}/GCN-minh họa {one.round.decided_on.year}",
            issued_on=one.round.decided_on,
            signer=one.round.level.signer,
            issued_by=reviewer,
        )
        for one in passed.order_by("pk")
    )
    made = Certificate.objects.filter(round__in=rounds).select_related("round", "entry__product__facility")
    return {one.entry.product: one for one in made.order_by("pk")}
