"""Certificates of typical products, and the yearly reports of those who hold them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from facilities.models import Facility
from fairs.models import selection_guards as guards
from fairs.models.entry import Entry
from fairs.models.selection import OfRoundQuerySet, SelectionRound
from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.scope import ScopedQuerySet

PERSON = settings.AUTH_USER_MODEL


class CertificateQuerySet(OfRoundQuerySet):
    def valid_on(self, day):
        """In force on `day`: issued, neither expired nor revoked."""
        return self.filter(issued_on__lte=day, valid_to__gte=day).filter(
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
        )

    def expiring(self, first, last):
        """Not revoked, with their last day from `first` to `last`."""
        return self.filter(revoked_on__isnull=True, valid_to__range=(first, last))

    def for_list(self):
        return self.select_related(
            "entry__product__facility", "round__level", "round__unit", "round__region", "round__cycle__province"
        )


@track()
class Certificate(models.Model):
    """A certificate of a typical rural-industrial product (giấy chứng nhận, TT 26/2014 Đ17).

    `round` is the entry's, written by the database, so that a number is given once in a round.
    `valid_to`: left empty, the database writes 31/12 of the last year by the rule of the day of issue; an office may
    correct it. Never deleted: revoked, by a decision and with a reason (Đ20.3).
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="certificate", verbose_name="hồ sơ")
    round = models.ForeignKey(
        SelectionRound,
        models.PROTECT,
        related_name="certificates",
        verbose_name="kỳ bình chọn",
        blank=True,
        editable=False,
    )
    number = CleanCharField("số giấy chứng nhận", max_length=60)
    issued_on = models.DateField("ngày cấp")
    valid_to = models.DateField(
        "có giá trị đến ngày", blank=True, help_text="Để trống: tính theo thời hạn của văn bản."
    )
    signer = CleanCharField("người ký (chức danh)", max_length=100, blank=True)
    issued_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi", editable=False)
    revoked_on = models.DateField("ngày thu hồi", null=True, blank=True)
    revocation_number = CleanCharField("số quyết định thu hồi", max_length=60, blank=True)
    revocation_reason = CleanTextField("lý do thu hồi", blank=True)
    revoked_by = models.ForeignKey(
        PERSON,
        models.PROTECT,
        related_name="+",
        verbose_name="người ghi thu hồi",
        null=True,
        blank=True,
        editable=False,
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy chứng nhận"
        verbose_name_plural = "giấy chứng nhận"
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["valid_to"], name="certificate_valid_to"),
            models.Index(fields=["-issued_on", "-id"], name="certificate_list"),
        ]
        constraints = [
            constraints.not_blank("certificate", "number", "Nhập số giấy chứng nhận."),
            models.UniqueConstraint(
                fields=["round", "number"],
                name="certificate_number_once",
                violation_error_code="certificate_number_once",
                violation_error_message="Số giấy chứng nhận này đã cấp trong kỳ bình chọn.",
            ),
            constraints.dates_in_order(
                "certificate", "issued_on", "valid_to", "Ngày hết giá trị không được trước ngày cấp."
            ),
            constraints.dates_in_order(
                "certificate", "issued_on", "revoked_on", "Ngày thu hồi không được trước ngày cấp."
            ),
            models.CheckConstraint(
                name="certificate_revocation_whole",
                condition=Q(
                    revoked_on__isnull=True, revoked_by__isnull=True, revocation_number="", revocation_reason=""
                )
                | Q(revoked_on__isnull=False, revoked_by__isnull=False)
                & ~Q(revocation_number="")
                & ~Q(revocation_reason=""),
                violation_error_code="certificate_revocation_whole",
                violation_error_message="Thu hồi phải có ngày, số quyết định và lý do.",
            ),
        ]
        triggers = [guards.certificate_fits, guards.certificate_kept]

    def __str__(self):
        return f"{self.number} – {self.entry.product}"

    def get_absolute_url(self):
        return reverse("fairs:certificate-detail", args=[self.pk])

    def is_valid_on(self, day):
        return self.issued_on <= day <= self.valid_to and (self.revoked_on is None or self.revoked_on > day)


class HolderReportQuerySet(ScopedQuerySet):
    province_field = "facility__province"


@track()
class HolderReport(models.Model):
    """What a facility with a valid certificate reports each year (TT 26/2014 Đ22.2); amounts in whole đồng, of the year."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="holder_reports", verbose_name="cơ sở")
    year = models.PositiveSmallIntegerField("năm báo cáo")
    received_on = models.DateField("ngày nhận")
    revenue = AmountField("doanh thu sản phẩm", null=True, blank=True)
    export_value = AmountField("trị giá xuất khẩu", null=True, blank=True)
    output = CleanCharField("sản lượng", max_length=150, blank=True)
    workers = models.PositiveIntegerField("lao động", null=True, blank=True)
    use_of_mark = CleanTextField("việc sử dụng nhãn hiệu, giấy chứng nhận", blank=True)
    note = CleanTextField("kiến nghị, ghi chú", blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")

    objects = HolderReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo năm của cơ sở có giấy chứng nhận"
        verbose_name_plural = "báo cáo năm của cơ sở có giấy chứng nhận"
        ordering = ["-year", "facility__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "year"],
                name="holder_report_once",
                violation_error_code="holder_report_once",
                violation_error_message="Cơ sở này đã có báo cáo của năm đó.",
            ),
            constraints.not_negative("holder_report", "revenue", "Doanh thu"),
            constraints.not_negative("holder_report", "export_value", "Trị giá xuất khẩu"),
            models.CheckConstraint(
                name="holder_report_export_within_revenue",
                condition=Q(export_value__isnull=True) | Q(revenue__isnull=True) | Q(export_value__lte=F("revenue")),
                violation_error_code="holder_report_export_within_revenue",
                violation_error_message="Trị giá xuất khẩu không được lớn hơn doanh thu.",
            ),
        ]
        triggers = [guards.report_of_holder]

    def __str__(self):
        return f"{self.facility}, năm {self.year}"
