"""What holds of fairs and selection whatever is typed: validity, averages, the ladder, booths, occurrences."""

import datetime
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fairs.enums import EntryStatus
from fairs.models import Certificate, Entry, Participation
from khuyencong.refusals import RefusedError
from tests.factories import FacilityFactory
from tests.fairs.factories import (
    CertificateFactory,
    CycleFactory,
    EntryFactory,
    EventFactory,
    MemberFactory,
    ProductFactory,
    RoundFactory,
    SheetFactory,
    complete,
    conclude,
    level,
    region,
    score,
)
from tests.faults.register import merged

pytestmark = pytest.mark.django_db
few = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
FOUR_YEARS_FROM = datetime.date(2018, 8, 16)


@contextmanager
def undone():
    """What is written inside is as if it had not been: each example begins alike."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tried(act):
    """Do it as one transaction would; False when the law refuses."""
    try:
        with transaction.atomic():
            act()
            connection.check_constraints()
    except (IntegrityError, RefusedError, ObjectDoesNotExist):
        return False
    return True


@few
@given(st.dates(datetime.date(2015, 1, 1), datetime.date(2026, 10, 1)))
@example(datetime.date(2018, 8, 15))
@example(datetime.date(2018, 8, 16))
@example(datetime.date(2018, 12, 31))
def test_a_certificate_ends_with_its_third_year_and_since_16_8_2018_with_its_fourth(day):
    with undone():
        entry = EntryFactory(
            round=RoundFactory(cycle__year=day.year, opens_on=day), skip_ground="Huyện không tổ chức bình chọn"
        )
        conclude(entry.round, entry, decided_on=day)
        entry.refresh_from_db()
        certificate = CertificateFactory(entry=entry, issued_on=day)

        years = 3 if day >= FOUR_YEARS_FROM else 2
        assert certificate.valid_to == datetime.date(day.year + years, 12, 31)
        assert certificate.is_valid_on(day)


points = st.decimals(0, 35, places=2)


@few
@given(st.lists(st.tuples(points, points), min_size=1, max_size=4), st.data())
def test_the_average_is_that_of_the_sheets_after_every_change(given_points, data):
    with undone():
        round = RoundFactory(scoring="sheets")
        jury = [MemberFactory(round=round) for _ in range(5)]
        for number in range(7):
            MemberFactory(round=round, body="council", name=f"Hội đồng {number}")
        entry = EntryFactory(round=round)
        complete(entry)
        score(round)
        sheets = [
            SheetFactory(entry=entry, juror=juror, market=market, economic=economic)
            for juror, (market, economic) in zip(jury, given_points, strict=False)
        ]
        changed = data.draw(st.sampled_from(sheets))
        if data.draw(st.booleans()):
            changed.delete()
        else:
            changed.market = data.draw(points)
            changed.save()

        totals = list(entry.sheets.values_list("total", flat=True))
        entry.refresh_from_db()
        exact = sum(totals) / len(totals) if totals else None
        assert (entry.average_score is None) == (exact is None)
        assert exact is None or abs(entry.average_score - exact) <= Decimal("0.005")


LEVELS = ["province", "region", "nation"]
STEPS = ["register", "register past", "pass", "fail", "type points", "issue", "withdraw", "revoke"]


CLIMB = [
    ("register", 0, 0, 80),
    ("pass", 0, 0, 80),
    ("issue", 0, 0, 80),
    ("register", 1, 0, 70),
    ("type points", 1, 0, 50),
    ("pass", 1, 0, 50),
    ("type points", 1, 0, 70),
    ("pass", 1, 0, 70),
    ("issue", 1, 0, 70),
    ("register past", 2, 0, 88),
    ("register", 2, 0, 88),
    ("pass", 2, 0, 88),
]


class Ladder:
    """Two products that climb three levels; every act may be refused."""

    def __init__(self):
        cycle = CycleFactory()
        places = {"region": {"region": region(cycle.province)}}
        self.rounds = [
            RoundFactory(cycle=cycle, level=level(code), opens_on=datetime.date(2020 + n, 3, 2), **places.get(code, {}))
            for n, code in enumerate(LEVELS)
        ]
        self.products = [ProductFactory(facility=FacilityFactory(province=cycle.province)) for _ in range(2)]

    def act(self, step, height, which, points):
        round, product = self.rounds[height], self.products[which]
        round.refresh_from_db()
        entries = Entry.objects.filter(round=round, product=product)
        match step:
            case "register" | "register past":
                from_level = self.rounds[max(0, height - (2 if step == "register past" else 1))]
                lower = Certificate.objects.filter(entry__product=product, round=from_level).first() if height else None
                EntryFactory(round=round, product=product, lower_certificate=lower, average_score=points)
            case "pass":
                conclude(round, *entries)
            case "fail":
                conclude(round)
            case "type points":
                entries.update(average_score=points)
            case "issue":
                entry = entries.get()
                Certificate.objects.create(
                    entry=entry,
                    number=f"{entry.pk}",
                    issued_on=round.decided_on or round.opens_on,
                    issued_by=round.created_by,
                )
            case "withdraw":
                entries.update(status="withdrawn")
            case "revoke":
                Certificate.objects.filter(entry__in=entries).update(
                    revoked_on=datetime.date(2021, 1, 10),
                    revoked_by=round.created_by,
                    revocation_number="9/QĐ",
                    revocation_reason="Vi phạm",
                )


def counts(round):
    """(registered, certified, promoted) of a round."""
    certificates = Certificate.objects.filter(round=round)
    promoted = certificates.filter(promotions__isnull=False).distinct()
    return Entry.objects.filter(round=round).standing().count(), certificates.count(), promoted.count()


@settings(few, max_examples=15)
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(0, 1), st.sampled_from([None, 50, 70, 88])),
        min_size=4,
        max_size=14,
    )
)
@example(CLIMB)
def test_whatever_is_tried_the_ladder_narrows_upwards(walk):
    with undone():
        ladder = Ladder()
        for step in walk:
            tried(lambda step=step: ladder.act(*step))
        for round in ladder.rounds:
            registered, certified, promoted = counts(round)
            assert promoted <= certified <= registered
        certificates = Certificate.objects.all()
        assert not certificates.exclude(entry__status=EntryStatus.PASSED, entry__average_score__gte=70).exists()
        above = Entry.objects.exclude(round=ladder.rounds[0])
        assert not above.filter(lower_certificate=None).exists()


def test_the_walk_that_climbs_all_the_way_does_so():
    ladder = Ladder()
    for height in range(3):
        for step in ("register", "pass", "issue"):
            assert tried(lambda step=step, height=height: ladder.act(step, height, 0, 80)), (step, height)

    assert [counts(round) for round in ladder.rounds] == [(1, 1, 1), (1, 1, 1), (1, 1, 0)]


edits = st.tuples(st.sampled_from(["join", "change", "leave", "shrink"]), st.integers(0, 3), st.integers(0, 4))


@few
@given(st.lists(edits, min_size=3, max_size=12))
def test_facilities_never_use_more_booths_or_support_than_the_fair_has(acts):
    with undone():
        fair = EventFactory(booths=5, supported_booths=3)
        facilities = [FacilityFactory(province=fair.province) for _ in range(4)]
        for act, which, number in acts:
            part = Participation.objects.filter(event=fair, facility=facilities[which])
            given_booths = {"booths": number, "supported_booths": number // 2}
            options = {
                "join": lambda w=which, g=given_booths: Participation.objects.create(
                    event=fair, facility=facilities[w], **g
                ),
                "change": lambda p=part, g=given_booths: p.update(**g),
                "leave": part.delete,
                "shrink": lambda n=number: type(fair).objects.filter(pk=fair.pk).update(booths=n + 3),
            }
            tried(options[act])
            fair.refresh_from_db()
            used = fair.participations.aggregate(
                all=Sum("booths", default=0), supported=Sum("supported_booths", default=0)
            )
            assert used["all"] <= fair.booths
            assert used["supported"] <= fair.supported_booths


KEPT = Coalesce("facility__merged_into", "facility")


@few
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=10, unique=True),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=3),
)
def test_distinct_facilities_are_never_more_than_occurrences_whatever_is_merged(pairs, merges):
    with undone():
        events = [EventFactory() for _ in range(3)]
        facilities = [FacilityFactory() for _ in range(5)]
        for which, where in pairs:
            Participation.objects.create(event=events[where], facility=facilities[which], booths=1)
        for gone, kept in merges:
            tried(lambda gone=gone, kept=kept: merged(facilities[gone], facilities[kept]))

        counted = Participation.objects.aggregate(
            occurrences=Count("pk"), facilities=Count(KEPT, distinct=True), gone=Count("pk", filter=Q(facility=None))
        )
        assert 1 <= counted["facilities"] <= counted["occurrences"] == len(pairs)
        assert counted["gone"] == 0
