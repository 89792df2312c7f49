"""Commendations for khuyến công work."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from facilities.models import Facility
from facilities.models.guards import stands
from facilities.querysets import SearchableQuerySet
from fairs.enums import CommendationLevel, Recipient
from fairs.models import selection_guards as guards
from khuyencong import constraints
from khuyencong.fields import CleanCharField, CleanTextField, SearchKeyField
from khuyencong.history import track
from khuyencong.models import Province


@track(exclude=["search_key"])
class Commendation(models.Model):
    """A certificate of merit of a collective or an individual (bằng khen, giấy khen), by level and year.

    One row a recipient; `count` above 1 when a decision is known only by how many it commended.
    """

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    year = models.PositiveSmallIntegerField("năm")
    level = models.CharField("cấp khen", max_length=12, choices=CommendationLevel, default=CommendationLevel.PROVINCE)
    form = CleanCharField("hình thức", max_length=60, default="Bằng khen")
    recipient_kind = models.CharField("đối tượng", max_length=12, choices=Recipient)
    recipient = CleanCharField("tập thể, cá nhân được khen", max_length=200)
    count = models.PositiveSmallIntegerField("số lượng", default=1)
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="commendations", verbose_name="cơ sở", null=True, blank=True
    )
    achievement = CleanTextField("thành tích", blank=True)
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    note = CleanTextField("ghi chú", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    search_key = SearchKeyField(["recipient", "achievement", "decision_number"], max_length=900)

    objects = SearchableQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["province", "-year", "-id"], name="commendation_list")]
        constraints = [
            constraints.not_blank("commendation", "recipient", "Nhập tập thể hoặc cá nhân được khen."),
            models.UniqueConstraint(
                fields=["province", "year", "level", "form", "recipient_kind", "recipient", "decision_number"],
                name="commendation_once",
                violation_error_code="commendation_once",
                violation_error_message="Khen thưởng này đã được ghi.",
            ),
            models.CheckConstraint(
                name="commendation_count_given",
                condition=Q(count=1) | Q(count__gt=1, facility__isnull=True),
                violation_error_code="commendation_count_given",
                violation_error_message="Số lượng từ 1; một dòng của một cơ sở thì số lượng là 1.",
            ),
            models.CheckConstraint(
                name="commendation_year_in_range",
                condition=Q(year__gte=2005, year__lte=2100),
                violation_error_code="commendation_year_in_range",
                violation_error_message="Năm phải từ 2005 đến 2100.",
            ),
        ]
        triggers = [stands("commendation_of_standing"), guards.commendation_fits]

    def __str__(self):
        return f"{self.form}: {self.recipient}"
