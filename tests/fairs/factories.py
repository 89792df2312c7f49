"""Fairs, rounds and certificates that are valid by default; rows of law come with the database (post_migrate)."""

import datetime
from decimal import Decimal

import factory

from facilities.models import Facility
from fairs.enums import Body, EntryStatus, RoundStatus
from fairs.models import (
    Certificate,
    Commendation,
    Complaint,
    Deal,
    Entry,
    EntryItem,
    EntryPaper,
    EventFunding,
    FollowUp,
    HolderReport,
    MarketEvent,
    Participation,
    Product,
    ProductPhoto,
    ProvinceRegion,
    RoundMember,
    ScoreSheet,
    SelectionCycle,
    SelectionLevel,
    SelectionRegion,
    SelectionRound,
)
from fairs.selection import services
from khuyencong.enums import Role
from tests.factories import FacilityFactory, ProvinceFactory, SourceFactory, UserFactory

OPENS, DECIDED = datetime.date(2020, 3, 2), datetime.date(2020, 9, 15)
PHOTO = {"sha256": "a" * 64, "thumbnail_sha256": "b" * 64, "size": 1000, "width": 400, "height": 300}


class EventFactory(factory.django.DjangoModelFactory):
    """A fair of 30 booths that was held in the province in May 2020."""

    class Meta:
        model = MarketEvent

    name = factory.Sequence(lambda n: f"Hội chợ mẫu {n:02d}")
    province = factory.SubFactory(ProvinceFactory)
    starts_on = datetime.date(2020, 5, 5)
    ends_on = datetime.date(2020, 5, 9)
    status = "held"
    booths = 30
    created_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..province"))


class EventFundingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventFunding

    event = factory.SubFactory(EventFactory)
    source = factory.SubFactory(SourceFactory)
    amount = Decimal(100_000_000)


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    event = factory.SubFactory(EventFactory)
    facility = factory.SubFactory(FacilityFactory, province=factory.SelfAttribute("..event.province"))
    booths = 1


class DealFactory(factory.django.DjangoModelFactory):
    """A memorandum of a facility that took part."""

    class Meta:
        model = Deal

    event = factory.SubFactory(EventFactory)
    facility = factory.LazyAttribute(lambda o: ParticipationFactory(event=o.event).facility)
    partner = factory.Sequence(lambda n: f"Đối tác mẫu {n}")
    signed_on = datetime.date(2020, 5, 6)
    created_by = factory.SelfAttribute("event.created_by")


class FollowUpFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FollowUp

    deal = factory.SubFactory(DealFactory)
    asked_on = datetime.date(2021, 1, 5)
    answer = "Hai bên đang thống nhất giá."
    by = factory.SelfAttribute("deal.created_by")


class ProductFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Product

    facility = factory.SubFactory(FacilityFactory)
    name = factory.Sequence(lambda n: f"Sản phẩm mẫu {n:03d}")
    group = "food"


class PhotoFactory(factory.django.DjangoModelFactory):
    """A row without its file: enough for rules and lists."""

    class Meta:
        model = ProductPhoto

    product = factory.SubFactory(ProductFactory)
    stored_name = factory.Sequence(lambda n: f"{n:032x}")
    thumbnail_name = factory.Sequence(lambda n: f"{n + 2**64:032x}")
    uploaded_by = factory.SubFactory(UserFactory)

    sha256 = PHOTO["sha256"]
    thumbnail_sha256 = PHOTO["thumbnail_sha256"]
    size = PHOTO["size"]
    width = PHOTO["width"]
    height = PHOTO["height"]


class CycleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SelectionCycle

    province = factory.SubFactory(ProvinceFactory)
    year = 2020
    name = factory.Sequence(lambda n: f"Đợt bình chọn mẫu {n}")


def level(code="province") -> SelectionLevel:
    """The level of TT 26/2014 by its code: district, province, region, nation."""
    return SelectionLevel.objects.get(code=code)


def region(province, code="bac") -> SelectionRegion:
    """A region that `province` lies in since 2014."""
    found = SelectionRegion.objects.get(code=code)
    ProvinceRegion.objects.get_or_create(
        province=province,
        region=found,
        valid_from=datetime.date(2014, 10, 21),
        defaults={"document": "TT 26/2014/TT-BCT"},
    )
    return found


class RoundFactory(factory.django.DjangoModelFactory):
    """A provincial round that takes dossiers, with points from the minutes; `status="preparing"` for one before that."""

    class Meta:
        model = SelectionRound
        skip_postgeneration_save = True

    cycle = factory.SubFactory(CycleFactory)
    level = factory.LazyFunction(level)
    opens_on = OPENS
    scoring = "minutes"
    created_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..cycle.province"))

    @classmethod
    def _create(cls, model_class, *args, status="open", **kwargs):
        made = super()._create(model_class, *args, **kwargs)
        for step in [RoundStatus.OPEN, RoundStatus.SCORING][: ["preparing", "open", "scoring"].index(status)]:
            made.status = step
            made.save()
        return made


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoundMember

    round = factory.SubFactory(RoundFactory)
    body = Body.JURY
    name = factory.Sequence(lambda n: f"Giám khảo mẫu {n:02d}")
    office = "Thành viên mẫu"


class EntryFactory(factory.django.DjangoModelFactory):
    """A dossier of a product of the round's province; above the first level it skips the one below, with a ground."""

    class Meta:
        model = Entry

    round = factory.SubFactory(RoundFactory)
    product = factory.LazyAttribute(lambda o: ProductFactory(facility=FacilityFactory(province=o.round.cycle.province)))
    registered_on = factory.SelfAttribute("round.opens_on")
    skip_ground = factory.LazyAttribute(lambda o: "" if o.lower_certificate else "Huyện không tổ chức bình chọn")
    lower_certificate = None
    average_score = Decimal(80)
    created_by = factory.SelfAttribute("round.created_by")


class PaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EntryPaper

    entry = factory.SubFactory(EntryFactory)
    item = factory.LazyFunction(lambda: EntryItem.objects.get(code="form"))
    received_on = OPENS
    recorded_by = factory.SelfAttribute("entry.created_by")


class SheetFactory(factory.django.DjangoModelFactory):
    """80 points."""

    class Meta:
        model = ScoreSheet

    entry = factory.SubFactory(EntryFactory)
    juror = factory.SubFactory(MemberFactory, round=factory.SelfAttribute("..entry.round"))
    market = Decimal(30)
    economic = Decimal(30)
    cultural = Decimal(15)
    other = Decimal(5)
    recorded_by = factory.SelfAttribute("entry.created_by")


def reviewer_of(round):
    """A reviewer of the round's province."""
    return UserFactory(role=Role.REVIEWER, province=round.cycle.province)


def complete(*entries):
    """Their dossiers are complete: every required paper was received."""
    for entry in entries:
        for item in EntryItem.objects.filter(is_required=True):
            if not item.above_first or entry.lower_certificate:
                PaperFactory(entry=entry, item=item, received_on=entry.registered_on)
        entry.refresh_from_db()
        entry.status = EntryStatus.COMPLETE
        entry.save()


def score(round):
    """The round goes on to scoring."""
    round.refresh_from_db()
    round.status = RoundStatus.SCORING
    round.save()


def conclude(round, *passed, decided_on=None):
    """Conclude a round: the entries `passed` are recognised, the others not. Completes and scores what is not yet."""
    registered = Entry.objects.filter(round=round, status=EntryStatus.REGISTERED)
    complete(*registered.filter(pk__in=[entry.pk for entry in passed]))
    round.refresh_from_db()
    if round.status == RoundStatus.OPEN:
        score(round)
    entries = Entry.objects.filter(round=round).standing()
    day = decided_on or round.opens_on + (DECIDED - OPENS)
    return services.conclude(
        round,
        by=reviewer_of(round),
        results={entry.pk: entry in passed for entry in entries},
        decision=services.Decision("215/QĐ-UBND", day, "03/BB-HĐ", day),
    )


def opening(valid_to):
    """When a round opened whose certificates may last to `valid_to`: in 2020, or so late that the law allows it."""
    return OPENS if valid_to is None else max(OPENS, OPENS.replace(year=valid_to.year - 3))


class CertificateFactory(factory.django.DjangoModelFactory):
    """Of a product recognised at the provincial level in 2020; `entry` may name another recognised or open dossier.

    With a later `valid_to` the round is later too.
    """

    class Meta:
        model = Certificate

    valid_to = None
    entry = factory.SubFactory(
        EntryFactory,
        round__opens_on=factory.LazyAttribute(lambda o: opening(o.factory_parent.factory_parent.valid_to)),
    )
    number = factory.Sequence(lambda n: f"{n:03d}/GCN")
    issued_on = factory.LazyAttribute(lambda o: o.entry.round.decided_on)

    @classmethod
    def _create(cls, model_class, *args, entry, issued_on=None, **kwargs):
        round = entry.round if entry.status == EntryStatus.PASSED else conclude(entry.round, entry)
        round.refresh_from_db()
        entry.refresh_from_db()
        kwargs.setdefault("issued_by", round.concluded_by)
        made = super()._create(model_class, *args, entry=entry, issued_on=issued_on or round.decided_on, **kwargs)
        made.refresh_from_db()
        return made


def certified(facility=None, **options) -> Certificate:
    """A certificate of the provincial level of a product of `facility`."""
    if facility is None:
        return CertificateFactory(**options)
    round = RoundFactory(cycle__province=facility.province, opens_on=opening(options.get("valid_to")))
    return CertificateFactory(entry=EntryFactory(round=round, product=ProductFactory(facility=facility)), **options)


class HolderReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HolderReport

    facility = factory.LazyFunction(lambda: Facility.objects.get(products_made__entries=certified().entry))
    year = 2021
    received_on = datetime.date(2022, 1, 15)
    revenue = Decimal(500_000_000)
    recorded_by = factory.SubFactory(UserFactory)


class ComplaintFactory(factory.django.DjangoModelFactory):
    """About a round announced on 16/9/2020."""

    class Meta:
        model = Complaint

    complainant = "Cơ sở mẫu khiếu nại"
    received_on = datetime.date(2020, 9, 18)
    content = "Đề nghị xem lại điểm."

    @factory.lazy_attribute
    def round(self):
        entry = EntryFactory()
        made = conclude(entry.round, entry)
        made.announced_on = datetime.date(2020, 9, 16)
        made.save()
        return made

    recorded_by = factory.SelfAttribute("round.created_by")


class CommendationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commendation

    province = factory.SubFactory(ProvinceFactory)
    year = 2020
    recipient_kind = "collective"
    recipient = factory.Sequence(lambda n: f"Tập thể mẫu {n}")
    created_by = factory.SubFactory(UserFactory)
