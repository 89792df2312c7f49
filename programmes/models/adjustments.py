"""Changes of what was approved: immutable decisions. The approved figures stay; each says from what to what."""

from django.conf import settings
from django.db import models

from facilities.models import Facility
from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.models.places import DatedQuerySet
from programmes.enums import Level
from programmes.models import ceiling_guards
from programmes.models import money_guards as guards
from programmes.models.reference import FundingSource
from programmes.models.review_guards import stays, unchanged
from programmes.models.scheme import Scheme
from programmes.querysets import OfSchemeQuerySet


class AdjustmentKind(models.TextChoices):
    """What is changed (TT 36/2013 Đ11)."""

    INCREASE = "increase", "Tăng tổng kinh phí hỗ trợ"
    DECREASE = "decrease", "Giảm hoặc không đổi tổng kinh phí hỗ trợ"
    CONTENT = "content", "Thay đổi nội dung"
    EXTENSION = "extension", "Kéo dài sang năm sau"
    TIME = "time", "Thời gian trong năm kế hoạch"
    PLACE = "place", "Địa điểm"
    BENEFICIARY = "beneficiary", "Đơn vị thụ hưởng"
    PARTNER = "partner", "Đơn vị thực hiện, phối hợp"
    STOP = "stop", "Dừng thực hiện"
    OTHER = "other", "Thay đổi khác"


class Authority(models.TextChoices):
    """Who decides the change."""

    MINISTER = "minister", "Bộ trưởng Bộ Công Thương"
    AGENCY = "agency", "Cục Công Thương địa phương"
    CHAIR = "chair", "Chủ tịch UBND tỉnh"
    DEPARTMENT = "department", "Sở Công Thương"


@track()
class AdjustmentAuthority(models.Model):
    """Who may decide a kind of change at one level, in force on its days (TT 36/2013 Đ11)."""

    level = models.CharField("cấp", max_length=10, choices=Level)
    kind = models.CharField("loại điều chỉnh", max_length=12, choices=AdjustmentKind)
    is_group = models.BooleanField("đề án nhóm", null=True, blank=True, help_text="Không rõ: cả hai.")
    authority = models.CharField("thẩm quyền", max_length=12, choices=Authority)
    clause = CleanCharField("căn cứ", max_length=150, blank=True)
    is_verified = models.BooleanField("đã kiểm chứng", default=False, help_text="Chưa đánh dấu: cần kiểm tra.")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn hiệu lực.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "thẩm quyền điều chỉnh"
        verbose_name_plural = "thẩm quyền điều chỉnh"
        ordering = ["level", "kind", "pk"]
        constraints = [
            constraints.dates_in_order(
                "adjustment_authority", "valid_from", "valid_to", "Ngày cuối không được trước ngày đầu."
            ),
            models.UniqueConstraint(
                fields=["level", "kind", "is_group", "authority", "valid_from"],
                name="adjustment_authority_once",
                nulls_distinct=False,
                violation_error_code="adjustment_authority_once",
                violation_error_message="Thẩm quyền này đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_authority_display()}"


@track(exclude=["written_in"])
class Adjustment(models.Model):
    """One decision that changes an approved scheme: what, from, to, why, who. Never changed, never deleted."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, verbose_name="đề án", related_name="adjustments")
    kind = models.CharField("loại điều chỉnh", max_length=12, choices=AdjustmentKind)
    authority = models.CharField("cấp quyết định", max_length=12, choices=Authority)
    number = CleanCharField("số quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    reason = CleanTextField("lý do")
    end_on = models.DateField("ngày kết thúc mới", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi quyết định"
    )
    recorded_at = models.DateTimeField("ghi lúc")
    written_in = models.BigIntegerField("giao dịch ghi", default=0, editable=False)  # its lines come with it or never

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định điều chỉnh"
        verbose_name_plural = "quyết định điều chỉnh"
        ordering = ["pk"]
        constraints = [
            constraints.not_blank("adjustment", "number", "Nhập số quyết định điều chỉnh."),
            constraints.not_blank("adjustment", "reason", "Nhập lý do điều chỉnh."),
            models.UniqueConstraint(
                fields=["scheme", "number", "decided_on"],
                name="adjustment_once",
                violation_error_code="adjustment_once",
                violation_error_message="Quyết định điều chỉnh này đã được ghi cho đề án.",
            ),
        ]
        triggers = [
            guards.adjusted_in_its_time,
            guards.end_moved,
            guards.support_grows_by_its_kind,
            ceiling_guards.adjusted_within_ceilings,
            unchanged("adjustment", "Quyết định điều chỉnh"),
            stays("adjustment", "Quyết định điều chỉnh"),
        ]

    def __str__(self):
        return f"{self.number} ngày {self.decided_on:%d/%m/%Y}"


class AdjustmentPart(models.Model):
    """What every part of an adjustment shares."""

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name}: {self.adjustment}"


class MovedAmount(AdjustmentPart):
    """A part that says from which amount to which, in whole đồng."""

    class Meta:
        abstract = True

    @property
    def change(self):
        """By how many đồng the amount moved."""
        return self.after_amount - self.before_amount


@track()
class AdjustmentLine(MovedAmount):
    """The approved amount of one source, from what to what, in whole đồng."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="lines", verbose_name="quyết định")
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="nguồn")
    before_amount = AmountField("từ")
    after_amount = AmountField("thành")

    class Meta:
        verbose_name = "điều chỉnh kinh phí"
        verbose_name_plural = "điều chỉnh kinh phí"
        ordering = ["pk"]
        constraints = [
            constraints.not_negative("adjustment_line", "after_amount", "Số sau điều chỉnh"),
            models.UniqueConstraint(
                fields=["adjustment", "source"],
                name="adjustment_line_once",
                violation_error_code="adjustment_line_once",
                violation_error_message="Mỗi nguồn chỉ ghi một dòng trong một quyết định điều chỉnh.",
            ),
        ]
        triggers = [
            guards.moved("adjustment_line_from", guards.LINE, "source_id"),
            guards.line_of_an_open_source,
            guards.applied("adjustment_line_applied", guards.LINE, "source_id"),
            unchanged("adjustment_line", "Dòng điều chỉnh"),
            stays("adjustment_line", "Dòng điều chỉnh"),
        ]


@track()
class AdjustmentBenefit(MovedAmount):
    """What one facility gets, from what to what, in whole đồng; 0 for one that is no longer a beneficiary."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="benefits", verbose_name="quyết định")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+", verbose_name="cơ sở")
    before_amount = AmountField("từ")
    after_amount = AmountField("thành")

    class Meta:
        verbose_name = "điều chỉnh hỗ trợ cho cơ sở"
        verbose_name_plural = "điều chỉnh hỗ trợ cho cơ sở"
        ordering = ["pk"]
        constraints = [
            constraints.not_negative("adjustment_benefit", "after_amount", "Số sau điều chỉnh"),
            models.UniqueConstraint(
                fields=["adjustment", "facility"],
                name="adjustment_benefit_once",
                violation_error_code="adjustment_benefit_once",
                violation_error_message="Mỗi cơ sở chỉ ghi một dòng trong một quyết định điều chỉnh.",
            ),
        ]
        triggers = [
            guards.moved("adjustment_benefit_from", guards.BENEFIT, "facility_id"),
            guards.applied("adjustment_benefit_applied", guards.BENEFIT, "facility_id"),
            unchanged("adjustment_benefit", "Dòng điều chỉnh"),
            stays("adjustment_benefit", "Dòng điều chỉnh"),
        ]


@track()
class AdjustmentChange(AdjustmentPart):
    """A change that is not an amount, in words: place, partner, content."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="changes", verbose_name="quyết định")
    label = CleanCharField("nội dung thay đổi", max_length=100)
    before = CleanTextField("từ", blank=True)
    after = CleanTextField("thành")

    class Meta:
        verbose_name = "thay đổi khác"
        verbose_name_plural = "thay đổi khác"
        ordering = ["pk"]
        constraints = [constraints.not_blank("adjustment_change", "label", "Nhập nội dung thay đổi.")]
        triggers = [unchanged("adjustment_change", "Dòng điều chỉnh"), stays("adjustment_change", "Dòng điều chỉnh")]
