"""Rows that are valid by default; traits make the situations."""

import datetime
from decimal import Decimal

import factory
from django.utils import timezone

from facilities.models import Facility, Trade
from khuyencong.enums import Role
from khuyencong.models import AdministrativeUnit, AgencyName, Province, ProvinceLineage, User
from khuyencong.reference import FIXTURES
from programmes import services
from programmes.adjustments import services as adjustments
from programmes.models import (
    ActivityContent,
    Appraisal,
    DossierItem,
    FundingLine,
    FundingSource,
    ImplementingUnit,
    Indicator,
    LedgerEntry,
    PaperTemplate,
    PlanFunding,
    Programme,
    Scheme,
    SchemeBeneficiary,
    SchemeDocument,
    SchemeResult,
    SupportRule,
)

DAY = datetime.date(2020, 3, 2)


class ProvinceFactory(factory.django.DjangoModelFactory):
    """The province of that code and first day, or the one of that code that a lineage let begin later."""

    class Meta:
        model = Province

    code = "40"
    name = "Nghệ An"
    valid_from = datetime.date(2008, 8, 1)
    valid_to = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        known = model_class.objects.filter(code=kwargs["code"])
        found = known.filter(valid_from=kwargs["valid_from"]).first()
        if found is None and kwargs["valid_from"] == cls.valid_from:
            found = known.filter(valid_from=REFORM).first()
        return found or super()._create(model_class, *args, **kwargs)


REFORM = datetime.date(2020, 7, 1)  # in the middle of the factories' year, so that old and new units have schemes in it


class LineageFactory(factory.django.DjangoModelFactory):
    """One province went into another; ends the one and begins the other on `REFORM` unless their days are in order."""

    class Meta:
        model = ProvinceLineage

    kind = ProvinceLineage.Kind.MERGED

    @classmethod
    def _create(cls, model_class, *args, predecessor, successor, **kwargs):
        if predecessor.valid_to is None or predecessor.valid_to >= successor.valid_from:
            predecessor.valid_to, successor.valid_from = REFORM - datetime.timedelta(days=1), REFORM
            predecessor.save()
            successor.save()
        return super()._create(model_class, *args, predecessor=predecessor, successor=successor, **kwargs)


class CommuneFactory(factory.django.DjangoModelFactory):
    """A commune of today, or with `valid_to` one that has ended."""

    class Meta:
        model = AdministrativeUnit

    code = factory.Sequence(lambda n: f"{n % 100_000:05d}")
    level = AdministrativeUnit.Level.COMMUNE
    kind = AdministrativeUnit.Kind.COMMUNE
    name = factory.Sequence(lambda n: f"Mẫu {n}")
    province = factory.SubFactory(ProvinceFactory)
    valid_to = factory.SelfAttribute("province.valid_to")  # no unit outlives its province


class AgencyNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgencyName

    kind = AgencyName.Kind.CENTRE
    province = factory.SubFactory(ProvinceFactory)
    name = "Trung tâm Khuyến công mẫu"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Người mẫu {n}")
    role = Role.STAFF
    province = factory.SubFactory(ProvinceFactory)
    password = factory.django.Password("mat-khau-thu-nghiem")


class TradeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Trade
        django_get_or_create = ("code",)

    code = "a"
    name = "Chế biến nông, lâm, thủy sản"


class FacilityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Facility

    name = factory.Sequence(lambda n: f"Cơ sở mẫu {n:03d}")
    province = factory.SubFactory(ProvinceFactory)


SOURCES = {
    "national": ("Khuyến công quốc gia", "Quốc gia", True, None, 1),
    "province": ("Ngân sách tỉnh", "Tỉnh", True, None, 2),
    "district": ("Ngân sách huyện", "Huyện", True, datetime.date(2025, 6, 30), 3),
    "commune": ("Ngân sách xã", "Xã", True, None, 4),
    "counterpart": ("Đối ứng của cơ sở", "Đối ứng", False, None, 5),
    "sponsor": ("Tài trợ, đóng góp", "Tài trợ", False, None, 6),
    "other": ("Nguồn hợp pháp khác", "Khác", False, None, 7),
}


class SourceFactory(factory.django.DjangoModelFactory):
    """One of the seven sources, by its code."""

    class Meta:
        model = FundingSource
        django_get_or_create = ("code",)

    code = "province"
    name = factory.LazyAttribute(lambda o: SOURCES[o.code][0])
    short_name = factory.LazyAttribute(lambda o: SOURCES[o.code][1])
    is_support = factory.LazyAttribute(lambda o: SOURCES[o.code][2])
    valid_to = factory.LazyAttribute(lambda o: SOURCES[o.code][3])
    position = factory.LazyAttribute(lambda o: SOURCES[o.code][4])


def all_sources():
    """The seven sources, as rows."""
    return [SourceFactory(code=code) for code in SOURCES]


class ContentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActivityContent
        django_get_or_create = ("code",)

    code = "KC03.04"
    name = "Ứng dụng máy móc, thiết bị tiên tiến"


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator
        django_get_or_create = ("code",)

    code = "may"
    name = "Máy được hỗ trợ"
    unit = "máy"


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImplementingUnit
        django_get_or_create = ("name",)

    name = "Trung tâm Khuyến công mẫu"


class SupportRuleFactory(factory.django.DjangoModelFactory):
    """Half of the cost and at most 300 triệu a facility, of local money, since 2018."""

    class Meta:
        model = SupportRule

    content = factory.SubFactory(ContentFactory)
    level = "local"
    document = factory.Sequence(lambda n: f"NQ {n}/2018/NQ-HĐND")
    rate = Decimal(50)
    ceiling = Decimal(300_000_000)
    valid_from = datetime.date(2018, 1, 1)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    name = factory.Sequence(lambda n: f"Chương trình khuyến công {n}")
    first_year = 2016
    last_year = 2020


class SchemeFactory(factory.django.DjangoModelFactory):
    """A draft of 2020. `money={"province": 150}` adds funding lines; `state="approved"` walks it there, by services."""

    class Meta:
        model = Scheme
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"KC-40-2020-{n:04d}")
    name = factory.Sequence(lambda n: f"Hỗ trợ máy móc sản xuất mẫu {n}")
    year = 2020
    province = factory.SubFactory(ProvinceFactory)
    content = factory.SubFactory(ContentFactory)
    implementing_unit = factory.SubFactory(UnitFactory)
    created_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..province"))
    status_by = factory.SelfAttribute("created_by")
    status_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def money(scheme, create, amounts, **_):  # noqa: N805  factory_boy passes the object
        for code, amount in (amounts or {}).items():
            FundingLineFactory(scheme=scheme, source=SourceFactory(code=code), proposed_amount=Decimal(amount))

    @factory.post_generation
    def benefits(scheme, create, amounts, **_):  # noqa: N805
        for facility, amount in (amounts or {}).items():
            BeneficiaryFactory(scheme=scheme, facility=facility, proposed_amount=Decimal(amount))

    @factory.post_generation
    def state(scheme, create, state, **_):  # noqa: N805
        if state and state != "draft":
            walk(scheme, state)


class FundingLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FundingLine

    scheme = factory.SubFactory(SchemeFactory)
    source = factory.SubFactory(SourceFactory)
    proposed_amount = Decimal(150_000_000)


class BeneficiaryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchemeBeneficiary

    scheme = factory.SubFactory(SchemeFactory)
    facility = factory.SubFactory(FacilityFactory)
    proposed_amount = Decimal(100_000_000)


class ResultFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchemeResult

    scheme = factory.SubFactory(SchemeFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    planned = Decimal(1)


class DossierItemFactory(factory.django.DjangoModelFactory):
    """A paper that every scheme needs before it is sent."""

    class Meta:
        model = DossierItem

    name = factory.Sequence(lambda n: f"Giấy tờ mẫu {n}")
    step = "submit"
    document = "TT 36/2013/TT-BCT"
    valid_from = datetime.date(2014, 2, 10)


class DocumentFactory(factory.django.DjangoModelFactory):
    """A paper received, for no item unless one is given."""

    class Meta:
        model = SchemeDocument

    scheme = factory.SubFactory(SchemeFactory)
    title = "Biên bản họp thôn"
    is_paper = True
    received_on = DAY
    uploaded_by = factory.SelfAttribute("scheme.created_by")


class PaperTemplateFactory(factory.django.DjangoModelFactory):
    """The portal's own tờ trình, or another of fixtures/papers by its `file_name`."""

    class Meta:
        model = PaperTemplate

    kind = "submission"
    name = factory.Sequence(lambda n: f"Mẫu tờ trình {n}")
    file_name = "to-trinh.docx"
    content = factory.LazyAttribute(lambda o: (FIXTURES / "papers" / o.file_name).read_bytes())


class PlanFundingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanFunding

    province = factory.SubFactory(ProvinceFactory)
    year = 2020
    source = factory.SubFactory(SourceFactory, code="district")
    purpose = "Kinh phí cấp huyện trích hỗ trợ"
    proposed_amount = Decimal(450_000_000)
    approved_amount = Decimal(450_000_000)
    decision_number = "12/QĐ-UBND"
    decision_on = DAY
    created_by = factory.SubFactory(UserFactory)


WALKS = {
    "local": [
        "submitted",
        "approved",
        "contracted",
        "detailed",
        "in_progress",
        "accepted",
        "liquidated",
        "settled",
        "closed",
    ],
    "national": [
        *["submitted", "appraised", "registered", "ministry", "approved", "contracted", "detailed"],
        *["in_progress", "accepted", "liquidated", "settled", "closed"],
    ],
}
PAPERS = {"contracted": "contract", "detailed": "detail", "liquidated": "liquidate", "terminated": "terminate"}


def appraise(scheme, by=None, stage="base", verdict="pass", **findings):
    """A sheet that recommends the scheme, by a reviewer of its province; items are good unless `findings` say more."""
    findings = dict.fromkeys(Appraisal.ITEMS, "good") | findings
    reviewer = by or UserFactory(role=Role.REVIEWER, province=scheme.province)
    return Appraisal.objects.create(
        scheme=scheme,
        stage=stage,
        verdict=verdict,
        conclusion="Đề nghị phê duyệt",
        made_by=reviewer,
        made_at=timezone.now(),
        submitted_at=Scheme.objects.get(pk=scheme.pk).submitted_at or timezone.now(),
        **findings,
    )


def walk(scheme, state):
    """Take a draft with money along the lawful way of its level to `state`."""
    staff, reviewer = scheme.created_by, UserFactory(role=Role.REVIEWER, province=scheme.province)
    on = DAY if scheme.year <= DAY.year + 1 else DAY.replace(year=scheme.year)  # not long before its plan
    decision = {"by": reviewer, "reason": "Đủ điều kiện", "number": "15/QĐ-SCT", "on": on}
    if state in {"returned", "rejected"}:
        services.submit_scheme(scheme, by=staff)
        decide = services.return_scheme if state == "returned" else services.reject_scheme
        decide(scheme, **decision)
    for step in _road(scheme, state):
        _walk_on(scheme, step, staff, reviewer, decision)
    scheme.refresh_from_db()


def _road(scheme, state):
    """The states on the way to `state`; a group needs its detailed plan, a contract and its end only where asked for."""
    road = WALKS[scheme.level]
    if state == "terminated":
        return [*_road(scheme, "in_progress"), state]
    skipped = {
        "liquidated",
        *([] if scheme.is_group else ["detailed"]),
        *(["contracted"] if scheme.level == "local" else []),
    }
    way = road[: road.index(state) + 1] if state in road else []
    return [step for step in way if step == state or step not in skipped]


def _walk_on(scheme, step, staff, reviewer, decision):
    paper = {"number": "01/HĐ", "issued_on": DAY}
    match step:
        case "submitted":
            services.submit_scheme(scheme, by=staff)
        case "appraised":
            appraise(scheme, reviewer)
            services.take_step(scheme, "appraise", by=reviewer)
        case "registered":
            services.take_step(scheme, "register", by=staff, paper=paper)
        case "ministry":
            appraise(scheme, reviewer, "national")
            services.take_step(scheme, "appraise_national", by=reviewer)
        case "approved":
            if scheme.level == "local":
                appraise(scheme, reviewer)
            services.approve_scheme(scheme, **decision)
        case "contracted" | "liquidated":
            services.take_step(scheme, PAPERS[step], by=staff, paper=paper)
        case "detailed" | "terminated":
            services.take_step(scheme, PAPERS[step], by=reviewer, paper=paper)
        case "in_progress":
            services.start_scheme(scheme, by=staff)
        case "accepted":
            services.accept_scheme(scheme, by=staff, on=decision["on"])
        case "settled":
            settle_lines(scheme)
            services.settle_scheme(scheme, **decision)
        case "closed":
            pay_out(scheme, staff)
            services.take_step(scheme, "close", by=reviewer)


def pay_out(scheme, by):
    """What was settled of each source of support is paid, so that the books are even."""
    for line in scheme.funding_lines.filter(source__is_support=True, settled_amount__gt=0):
        LedgerEntry.objects.create(
            scheme=scheme,
            source=line.source,
            kind=LedgerEntry.Kind.PAYMENT,
            amount=line.settled_amount,
            entered_on=DAY,
            document_number="01/CT",
            recorded_by=by,
            recorded_at=timezone.now(),
        )


def settle_lines(scheme):
    """Every line settled at what was accepted."""
    for line in scheme.funding_lines.all():
        line.settled_amount = line.accepted_amount
        line.save()


def adjust(scheme, *, benefits=None, **amounts):
    """What a source is given after a decision of today: `adjust(scheme, province=60)`."""
    lines = scheme.funding_lines.filter(source__is_support=True)
    grows = any(amounts[line.source_id] > line.agreed_amount for line in lines if line.source_id in amounts)
    reviewer = UserFactory(role=Role.REVIEWER, province=scheme.province)
    return adjustments.adjust(
        scheme,
        by=reviewer,
        kind="increase" if grows else "decrease",
        authority="department",
        number=f"{reviewer.pk}/QĐ-SCT",
        decided_on=timezone.localdate(),
        reason="Theo tiến độ thực tế",
        amounts=amounts,
        benefits=benefits,
    )


def pay(scheme, amount, source="province", kind="payment"):
    """An entry of the book, of today."""
    return LedgerEntry.objects.create(
        scheme=scheme,
        source_id=source,
        kind=kind,
        amount=amount,
        entered_on=timezone.localdate(),
        document_number="UNC 1",
        recorded_by=scheme.created_by,
        recorded_at=timezone.now(),
    )
