"""What support the law allows: rates and ceilings with dates, edited by an office, never constants."""

from django.db import models
from django.db.models import Q

from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.models.places import DatedQuerySet
from programmes.enums import Level
from programmes.models.reference import ActivityContent


@track()
class SupportRule(models.Model):
    """How much a content may get by one document and clause: a rate of the cost, a ceiling for each unit, or both.

    `level` national rules bind national money; a province's own (`province` given) bind its local money.
    """

    class Unit(models.TextChoices):
        FACILITY = "facility", "cơ sở"
        MODEL = "model", "mô hình"
        BRAND = "brand", "thương hiệu"
        CLUSTER = "cluster", "cụm công nghiệp"
        LINKAGE = "linkage", "cụm liên kết"
        PRODUCT = "product", "sản phẩm"
        EVENT = "event", "lần tổ chức"
        ASSOCIATION = "association", "hội, hiệp hội"
        SCHEME = "scheme", "đề án"

    content = models.ForeignKey(
        ActivityContent, models.PROTECT, related_name="support_rules", verbose_name="nội dung hoạt động"
    )
    level = models.CharField("cấp", max_length=10, choices=Level, default=Level.NATIONAL)
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="tỉnh, thành phố", null=True, blank=True, help_text="Để trống: cả nước."
    )
    document = CleanCharField("văn bản", max_length=150)
    clause = CleanCharField("điều khoản", max_length=100, blank=True)
    rate = models.DecimalField("tỷ lệ tối đa (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    ceiling = AmountField("mức tối đa", null=True, blank=True, help_text="Đồng, cho mỗi đơn vị tính.")
    unit = models.CharField("tính cho mỗi", max_length=12, choices=Unit, default=Unit.FACILITY)
    priority_factor = models.DecimalField("hệ số ưu tiên", max_digits=3, decimal_places=2, default=1)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn hiệu lực.")
    is_verified = models.BooleanField(
        "đã kiểm chứng", default=False, help_text="Đã đối chiếu với văn bản gốc. Chưa đánh dấu: cần kiểm tra."
    )
    note = CleanTextField("điều kiện, ghi chú", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "mức hỗ trợ"
        verbose_name_plural = "mức hỗ trợ"
        ordering = ["content__code", "-valid_from", "pk"]
        constraints = [
            constraints.not_blank("support_rule", "document", "Nhập văn bản quy định."),
            constraints.not_negative("support_rule", "ceiling", "Mức tối đa"),
            constraints.dates_in_order(
                "support_rule", "valid_from", "valid_to", "Ngày cuối không được trước ngày đầu."
            ),
            models.CheckConstraint(
                name="support_rule_limits_something",
                condition=Q(rate__isnull=False) | Q(ceiling__isnull=False),
                violation_error_code="support_rule_limits_something",
                violation_error_message="Ghi tỷ lệ tối đa hoặc mức tối đa.",
            ),
            models.CheckConstraint(
                name="support_rule_rate_range",
                condition=Q(rate__isnull=True) | Q(rate__gt=0, rate__lte=100),
                violation_error_code="support_rule_rate_range",
                violation_error_message="Tỷ lệ phải lớn hơn 0 và không quá 100 phần trăm.",
            ),
            models.CheckConstraint(
                name="support_rule_priority_factor_range",
                condition=Q(priority_factor__gte=1, priority_factor__lte=3),
                violation_error_code="support_rule_priority_factor_range",
                violation_error_message="Hệ số ưu tiên phải từ 1 đến 3.",
            ),
            models.UniqueConstraint(
                fields=["content", "level", "province", "document", "unit", "valid_from"],
                name="support_rule_once",
                nulls_distinct=False,
                violation_error_code="support_rule_once",
                violation_error_message="Mức hỗ trợ này của văn bản đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.content.code}, {self.document}"
