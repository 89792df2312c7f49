"""Craft villages."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.urls import reverse

from facilities.models import guards
from facilities.models.facility import Facility
from facilities.models.trade import Trade
from facilities.querysets import PlacedQuerySet
from khuyencong import constraints, history
from khuyencong.fields import CleanCharField, CleanTextField, SearchKeyField, SortKeyField
from khuyencong.history import track
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.models.guards import place_of_record


@track(exclude=["search_key", "sort_key"])
class CraftVillage(models.Model):
    """A craft village, or a village with a craft (NĐ 52/2018 Đ3, Đ5), with its recognition and trades.

    `province` is the unit of the recognition. `facility` is its row in the register when it receives support as one.
    """

    class Kind(models.TextChoices):
        CRAFT = "craft", "Làng nghề"
        TRADITIONAL = "traditional", "Làng nghề truyền thống"
        TRADITION = "tradition", "Nghề truyền thống"
        WITH_CRAFT = "with_craft", "Làng có nghề"

    name = CleanCharField("tên làng nghề", max_length=200)
    kind = models.CharField("loại", max_length=12, choices=Kind, default=Kind.CRAFT)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    commune = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="+", verbose_name="xã, phường", null=True, blank=True
    )
    commune_today = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="craft_villages",
        verbose_name="xã, phường hiện nay",
        null=True,
        blank=True,
        editable=False,
    )
    former_district = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="+", verbose_name="huyện cũ", null=True, blank=True
    )
    trades = models.ManyToManyField(Trade, verbose_name="ngành nghề", blank=True)
    products = CleanCharField("sản phẩm", max_length=250, blank=True)
    recognition_number = CleanCharField("số quyết định công nhận", max_length=60, blank=True)
    recognized_on = models.DateField("ngày công nhận", null=True, blank=True)
    revoked_on = models.DateField("ngày thu hồi", null=True, blank=True)
    households = models.PositiveIntegerField("số hộ làm nghề", null=True, blank=True)
    workers = models.PositiveIntegerField("số lao động", null=True, blank=True)
    facility = models.OneToOneField(
        Facility, models.PROTECT, related_name="village", verbose_name="cơ sở trong danh bạ", null=True, blank=True
    )
    note = CleanTextField("ghi chú", blank=True)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    search_key = SearchKeyField(["name", "products", "recognition_number", "place_names"])
    sort_key = SortKeyField(["name"])

    objects = PlacedQuerySet.as_manager()

    class Meta:
        verbose_name = "làng nghề"
        verbose_name_plural = "làng nghề"
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["province", "sort_key", "id"], name="craft_village_list"),
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="craft_village_search"),
        ]
        constraints = [
            constraints.not_blank("craft_village", "name", "Nhập tên làng nghề."),
            constraints.nfc("craft_village", "name"),
            constraints.dates_in_order(
                "craft_village", "recognized_on", "revoked_on", "Ngày thu hồi không được trước ngày công nhận."
            ),
            models.UniqueConstraint(
                fields=["province", "name", "commune"],
                nulls_distinct=False,
                name="craft_village_once",
                violation_error_code="craft_village_once",
                violation_error_message="Làng nghề này đã có.",
            ),
        ]
        triggers = [
            place_of_record,
            guards.stands("craft_village_of_standing"),
            guards.row_of_village,
            guards.village_stays_with_facilities,
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("facilities:village-detail", args=[self.pk])

    place = Facility.place
    place_names = Facility.place_names

    @property
    def choice_events(self):
        """What was added to and taken from its trades."""
        return VillageTrade.pgh_event_model.objects.filter(craftvillage=self.pk)

    def choices_made(self, after=0):
        """Changes of its trades for its history, newest first; those after an event."""
        return history.choices(self.choice_events, CraftVillage._meta.get_field("trades"), after=after)


@track()
class VillageTrade(CraftVillage.trades.through):
    """A trade of a craft village: the rows behind `CraftVillage.trades`, so that their history is kept."""

    class Meta:
        proxy = True
        verbose_name = "ngành nghề của làng nghề"
        verbose_name_plural = "ngành nghề của làng nghề"
