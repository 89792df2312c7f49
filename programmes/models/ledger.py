"""Money paid and given back: a book of entries for each source of a scheme, never changed, corrected by reversal only."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField
from khuyencong.history import track
from khuyencong.models.places import DatedQuerySet
from programmes.enums import Level
from programmes.models import budget_guards
from programmes.models import money_guards as guards
from programmes.models.reference import ActivityContent, FundingSource
from programmes.models.review_guards import stays, unchanged
from programmes.models.scheme import Scheme, SchemeBeneficiary
from programmes.querysets import LedgerQuerySet

PERSON = settings.AUTH_USER_MODEL


@track(exclude=["token"])
class LedgerEntry(models.Model):
    """One entry: an advance, a payment, a refund or the settlement of one source, in whole đồng (TT 36/2013 Đ12 to Đ16).

    `amount` is above zero; a reversal has the amount of the entry that it reverses, below zero. Net paid = advances +
    payments - refunds. Held by triggers: net paid <= approved as adjusted; before acceptance <= the advance rate of the
    content; settlement <= accepted. `token` names the form that was sent, so that sending it twice books once.
    """

    class Kind(models.TextChoices):
        ADVANCE = "advance", "Tạm ứng"
        PAYMENT = "payment", "Thanh toán"
        REFUND = "refund", "Hoàn trả"
        SETTLEMENT = "settlement", "Quyết toán"

    scheme = models.ForeignKey(Scheme, models.PROTECT, verbose_name="đề án", related_name="entries")
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="nguồn")
    kind = models.CharField("loại", max_length=12, choices=Kind)
    amount = AmountField("số tiền", help_text="Đồng.")
    entered_on = models.DateField("ngày chứng từ")
    document_number = CleanCharField("số chứng từ", max_length=60)
    benefit = models.ForeignKey(
        SchemeBeneficiary,
        models.PROTECT,
        verbose_name="chi cho cơ sở",
        null=True,
        blank=True,
        related_name="entries",
    )
    note = CleanCharField("nội dung", max_length=250, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, verbose_name="đảo bút toán", null=True, blank=True, related_name="reversed_by"
    )
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")
    recorded_at = models.DateTimeField("ghi lúc")
    token = models.UUIDField("dấu của lần gửi", null=True, blank=True, editable=False, unique=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = "bút toán"
        verbose_name_plural = "sổ thu chi"
        ordering = ["entered_on", "pk"]
        indexes = [
            models.Index(fields=["scheme", "source"], name="ledger_of_a_line"),
            models.Index(fields=["-entered_on", "-id"], name="ledger_list"),
        ]
        constraints = [
            constraints.not_blank("ledger_entry", "document_number", "Nhập số chứng từ."),
            models.CheckConstraint(
                name="ledger_entry_amount_positive",
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                violation_error_code="ledger_entry_amount_positive",
                violation_error_message="Số tiền phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                name="ledger_entry_reversal_explained",
                condition=Q(reverses__isnull=True) | ~Q(note=""),
                violation_error_code="ledger_entry_reversal_explained",
                violation_error_message="Bút toán đảo phải ghi lý do ở nội dung.",
            ),
        ]
        triggers = [
            guards.entry_in_its_time,
            guards.entries_within_bounds,
            budget_guards.stopped_within_budget,
            unchanged("ledger_entry", "Bút toán"),
            stays("ledger_entry", "Bút toán"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.document_number}"

    @property
    def signed_amount(self):
        """What comes back is below zero."""
        return -self.amount if self.kind == self.Kind.REFUND else self.amount


@track()
class AdvanceRule(models.Model):
    """The most in percent of the approved support that may be paid before acceptance, for a content (TT 36/2013 Đ13)."""

    content = models.ForeignKey(
        ActivityContent,
        models.PROTECT,
        verbose_name="nội dung hoạt động",
        null=True,
        blank=True,
        help_text="Nội dung hoặc nhóm nội dung. Để trống: mọi nội dung còn lại.",
    )
    level = models.CharField("cấp", max_length=10, choices=Level, blank=True, help_text="Để trống: mọi cấp.")
    rate = models.DecimalField("tỷ lệ tối đa (%)", max_digits=5, decimal_places=2)
    condition = CleanCharField("điều kiện, hồ sơ", max_length=300, blank=True)
    document = CleanCharField("văn bản", max_length=150)
    clause = CleanCharField("điều khoản", max_length=100, blank=True)
    is_verified = models.BooleanField("đã kiểm chứng", default=False, help_text="Chưa đánh dấu: cần kiểm tra.")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn hiệu lực.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "tỷ lệ tạm ứng"
        verbose_name_plural = "tỷ lệ tạm ứng"
        ordering = ["content__code", "-valid_from", "pk"]
        constraints = [
            constraints.not_blank("advance_rule", "document", "Nhập văn bản quy định."),
            constraints.dates_in_order(
                "advance_rule", "valid_from", "valid_to", "Ngày cuối không được trước ngày đầu."
            ),
            models.CheckConstraint(
                name="advance_rule_rate_range",
                condition=Q(rate__gt=0, rate__lte=100),
                violation_error_code="advance_rule_rate_range",
                violation_error_message="Tỷ lệ phải lớn hơn 0 và không quá 100 phần trăm.",
            ),
            models.UniqueConstraint(
                fields=["content", "level", "document", "valid_from"],
                name="advance_rule_once",
                nulls_distinct=False,
                violation_error_code="advance_rule_once",
                violation_error_message="Tỷ lệ tạm ứng này của văn bản đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.content.code if self.content else 'Nội dung khác'}, {self.document}"
