"""Market events: fairs, connection weeks, rural markets, conferences, tours, showrooms, sales points."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from facilities.models import Facility
from facilities.models.guards import stands
from facilities.querysets import PlacedQuerySet
from fairs.enums import STANDING, EventKind, EventRole, EventStatus, Qualifier, Venue
from fairs.models import event_guards as guards
from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField, CleanTextField, SearchKeyField, SortKeyField
from khuyencong.history import track
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.models.guards import place_of_record
from khuyencong.scope import ScopedQuerySet
from programmes.models import ActivityContent, FundingSource, Scheme

PERSON = settings.AUTH_USER_MODEL


def _unit(label, **options):
    return models.ForeignKey(AdministrativeUnit, models.PROTECT, verbose_name=label, null=True, blank=True, **options)


def _booths(label, **options):
    return models.PositiveIntegerField(label, null=True, blank=True, **options)


def within_booths(field, label):
    """`field` is not more than all booths, where both are known."""
    name = f"event_{field}_within_booths"
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__isnull": True}) | Q(booths__isnull=True) | Q(**{f"{field}__lte": F("booths")}),
        violation_error_code=name,
        violation_error_message=f"{label} không được nhiều hơn số gian hàng của sự kiện.",
    )


class MarketEventQuerySet(PlacedQuerySet):
    def held(self):
        return self.filter(status=EventStatus.HELD)

    def for_list(self):
        return super().for_list().select_related("host_province", "content", "scheme")


@track(exclude=["search_key", "sort_key"])
class MarketEvent(models.Model):
    """A fair or another market event that the province held or took its facilities to (KC02, KC04, X01 to X05).

    `province` is the unit of the event's first day. `booths` is the size of the whole event, as exact as its qualifier
    says; of them `standard_booths` are 3 x 3 m, `rented_booths` are paid for by the office, `supported_booths` are given
    to facilities. `other_participants` counts occurrences of businesses that are not in the register. A showroom or a
    sales point has no last day while it is open. Confirmed figures do not change until a reviewer opens them again.
    """

    kind = models.CharField("loại sự kiện", max_length=12, choices=EventKind, default=EventKind.FAIR)
    role = models.CharField("hình thức", max_length=10, choices=EventRole, default=EventRole.ORGANISED)
    name = CleanCharField("tên sự kiện", max_length=200)
    campaign = CleanCharField("chương trình, cuộc vận động", max_length=150, blank=True)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    venue = models.CharField("nơi tổ chức", max_length=10, choices=Venue, default=Venue.WITHIN)
    host_province = models.ForeignKey(
        Province, models.PROTECT, related_name="+", verbose_name="tỉnh nơi tổ chức", null=True, blank=True
    )
    country = CleanCharField("nước", max_length=60, blank=True)
    commune = _unit("xã, phường", related_name="+")
    commune_today = _unit("xã, phường hiện nay", related_name="market_events", editable=False)
    former_district = _unit("huyện cũ", related_name="+")
    location = CleanCharField("địa điểm", max_length=250, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    status = models.CharField("trạng thái", max_length=10, choices=EventStatus, default=EventStatus.PLANNED)
    content = models.ForeignKey(
        ActivityContent, models.PROTECT, related_name="+", verbose_name="nội dung", null=True, blank=True
    )
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="market_events", verbose_name="thuộc đề án", null=True, blank=True
    )
    organiser = CleanCharField("đơn vị tổ chức", max_length=200, blank=True)

    planned_booths = _booths("gian hàng dự kiến")
    booths = _booths("gian hàng thực tế")
    booths_qualifier = models.CharField("mức chính xác", max_length=8, choices=Qualifier, default=Qualifier.EXACT)
    standard_booths = _booths("gian hàng tiêu chuẩn", help_text="Gian 3 m x 3 m.")
    rented_booths = _booths("gian hàng thuê", help_text="Do đơn vị thuê cho các cơ sở.")
    supported_booths = _booths("gian hàng được hỗ trợ")
    other_participants = models.PositiveIntegerField(
        "lượt doanh nghiệp khác", default=0, help_text="Ngoài các cơ sở trong danh bạ."
    )
    visitors = models.PositiveIntegerField("lượt khách", null=True, blank=True)
    total_cost = AmountField("tổng chi phí", null=True, blank=True)
    note = CleanTextField("ghi chú", blank=True)

    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")
    confirmed_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người xác nhận", null=True, blank=True, editable=False
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True, editable=False)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    search_key = SearchKeyField(["name", "campaign", "organiser", "location", "country", "place_names"], max_length=900)
    sort_key = SortKeyField(["name"])

    objects = MarketEventQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện kết nối thị trường"
        verbose_name_plural = "sự kiện kết nối thị trường"
        ordering = ["-starts_on", "-pk"]
        permissions = [("confirm_marketevent", "Xác nhận số liệu sự kiện")]
        indexes = [
            models.Index(fields=["province", "-starts_on", "-id"], name="market_event_list"),
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="market_event_search"),
        ]
        constraints = [
            constraints.not_blank("event", "name", "Nhập tên sự kiện."),
            constraints.nfc("event", "name"),
            constraints.not_negative("event", "total_cost", "Tổng chi phí"),
            constraints.dates_in_order("event", "starts_on", "ends_on", "Ngày kết thúc không được trước ngày bắt đầu."),
            constraints.both_or_neither(
                "event", "confirmed_by", "confirmed_at", "Xác nhận phải có người và thời điểm."
            ),
            models.UniqueConstraint(
                fields=["province", "name", "starts_on"],
                name="event_once",
                violation_error_code="event_once",
                violation_error_message="Sự kiện này đã có: cùng tên, cùng ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="event_year_in_range",
                condition=Q(starts_on__gte="2005-01-01", starts_on__lte="2100-12-31"),
                violation_error_code="event_year_in_range",
                violation_error_message="Ngày bắt đầu phải từ năm 2005 đến 2100.",
            ),
            models.CheckConstraint(
                name="event_place_of_venue",
                condition=Q(venue=Venue.WITHIN, host_province__isnull=True, country="")
                | Q(venue=Venue.ELSEWHERE, host_province__isnull=False, country="")
                & Q(commune__isnull=True, former_district__isnull=True)
                | Q(venue=Venue.ABROAD, host_province__isnull=True, commune__isnull=True, former_district__isnull=True)
                & ~Q(country=""),
                violation_error_code="event_place_of_venue",
                violation_error_message="Nơi tổ chức chưa khớp: tỉnh khác thì chọn tỉnh, nước ngoài thì nhập tên nước, xã và huyện chỉ ghi cho sự kiện trong tỉnh.",
            ),
            models.CheckConstraint(
                name="event_has_last_day",
                condition=Q(ends_on__isnull=False) | Q(kind__in=STANDING),
                violation_error_code="event_has_last_day",
                violation_error_message="Nhập ngày kết thúc. Chỉ phòng trưng bày, điểm bán hàng, mô hình mới để trống.",
            ),
            within_booths("standard_booths", "Gian hàng tiêu chuẩn"),
            within_booths("rented_booths", "Gian hàng thuê"),
            within_booths("supported_booths", "Gian hàng được hỗ trợ"),
            models.CheckConstraint(
                name="event_confirmed_is_held",
                condition=Q(confirmed_at__isnull=True) | Q(status=EventStatus.HELD),
                violation_error_code="event_confirmed_is_held",
                violation_error_message="Chỉ xác nhận số liệu của sự kiện đã tổ chức.",
            ),
            models.CheckConstraint(
                name="event_four_eyes",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("created_by")),
                violation_error_code="event_four_eyes",
                violation_error_message="Người ghi không được tự xác nhận.",
            ),
        ]
        triggers = [
            place_of_record,
            guards.event_fits,
            guards.event_confirmed,
            guards.event_kept,
            guards.within_event("event_holds_participants", "id"),
            guards.within_money("event_holds_money", "id"),
            guards.event_abroad,
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("fairs:event-detail", args=[self.pk])

    place_names = Facility.place_names

    @property
    def place(self):
        """'xã Con Cuông, huyện Con Cuông'; 'Hà Nội'; 'Lào'."""
        if self.venue == Venue.ABROAD:
            return self.country
        return self.host_province.name if self.venue == Venue.ELSEWHERE else Facility.place.fget(self)

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None


class EventPartQuerySet(ScopedQuerySet):
    province_field = "event__province"


@track()
class EventFunding(models.Model):
    """What one source pays of an event, in whole đồng; of a scheme's money when the event belongs to a scheme.

    Money through a scheme is part of the scheme's and is never added to it.
    """

    event = models.ForeignKey(MarketEvent, models.CASCADE, related_name="funding", verbose_name="sự kiện")
    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="+", verbose_name="nguồn")
    amount = AmountField("số tiền")

    objects = EventPartQuerySet.as_manager()

    class Meta:
        verbose_name = "kinh phí của sự kiện"
        verbose_name_plural = "kinh phí của sự kiện"
        ordering = ["source__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "source"],
                name="event_funding_once",
                violation_error_code="event_funding_once",
                violation_error_message="Mỗi nguồn chỉ ghi một dòng.",
            ),
            models.CheckConstraint(
                name="event_funding_amount_given",
                condition=Q(amount__gt=0),
                violation_error_code="event_funding_amount_given",
                violation_error_message="Số tiền phải lớn hơn 0.",
            ),
        ]
        triggers = [
            guards.of_open_event("event_funding_of_open_event"),
            guards.within_money("event_funding_within", "event_id"),
            guards.within_event("event_funding_covers_support", "event_id"),
        ]

    def __str__(self):
        return f"{self.source}, {self.event}"


class ParticipationQuerySet(EventPartQuerySet):
    def held(self):
        """At events that took place."""
        return self.filter(event__status=EventStatus.HELD)


@track()
class Participation(models.Model):
    """One facility at one event: an occurrence (lượt). Distinct facilities are counted by `facility`, merged ones as one.

    `support_amount` is what the facility was given, in đồng; `support_rate` by what share of its cost (per cent).
    `turnover` is what it sold at the event, in đồng; empty when not known.
    """

    event = models.ForeignKey(MarketEvent, models.CASCADE, related_name="participations", verbose_name="sự kiện")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="participations", verbose_name="cơ sở")
    booths = models.PositiveSmallIntegerField("số gian hàng", default=0)
    supported_booths = models.PositiveSmallIntegerField("gian hàng được hỗ trợ", default=0)
    support_rate = models.DecimalField("mức hỗ trợ (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    support_amount = AmountField("số tiền hỗ trợ", default=0)
    products = CleanCharField("sản phẩm mang theo", max_length=250, blank=True)
    turnover = AmountField("doanh thu tại sự kiện", null=True, blank=True)
    note = CleanCharField("ghi chú", max_length=250, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ sở tham gia"
        verbose_name_plural = "cơ sở tham gia"
        ordering = ["facility__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "facility"],
                name="participation_once",
                violation_error_code="participation_once",
                violation_error_message="Cơ sở này đã có trong danh sách tham gia.",
            ),
            constraints.not_negative("participation", "support_amount", "Số tiền hỗ trợ"),
            constraints.not_negative("participation", "turnover", "Doanh thu"),
            models.CheckConstraint(
                name="participation_rate_in_range",
                condition=Q(support_rate__isnull=True) | Q(support_rate__gte=0, support_rate__lte=100),
                violation_error_code="participation_rate_in_range",
                violation_error_message="Mức hỗ trợ từ 0 đến 100 phần trăm.",
            ),
            models.CheckConstraint(
                name="participation_supported_within",
                condition=Q(supported_booths__lte=F("booths")),
                violation_error_code="participation_supported_within",
                violation_error_message="Gian hàng được hỗ trợ không được nhiều hơn số gian hàng của cơ sở.",
            ),
        ]
        triggers = [
            stands("participation_of_standing"),
            guards.of_open_event("participation_of_open_event"),
            guards.participation_fits,
            guards.within_event("participation_within", "event_id"),
            guards.participation_abroad,
            guards.participation_with_deals,
        ]

    def __str__(self):
        return f"{self.facility} – {self.event}"

    @property
    def is_supported(self):
        return bool(self.support_amount or self.supported_booths)
