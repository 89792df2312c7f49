"""What became of a facility after it was supported (domain page section 4.8)."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.scope import ScopedQuerySet
from khuyencong.triggers import before, refuse
from programmes.enums import Status
from programmes.models.scheme import SchemeBeneficiary

FINISHED = (Status.ACCEPTED, Status.LIQUIDATED, Status.SETTLED, Status.CLOSED)
BEGUN = (Status.APPROVED, Status.CONTRACTED, Status.DETAILED, Status.IN_PROGRESS, *FINISHED)
AMOUNTS = ("revenue", "export_value", "taxes", "capital_mobilised", "income")
COUNTS = ("jobs", "new_markets")
FIGURES = (*AMOUNTS, *COUNTS, "productivity", "is_exporter", "material_saved")


def _listed(statuses):
    return ", ".join(f"'{status}'" for status in statuses)


STATUS_CASES = " ".join(f"WHEN '{status}' THEN '{status.label}'" for status in Status)
STATUS_LABEL = f"CASE support.status {STATUS_CASES} END"
TOO_EARLY_BEFORE = "Đề án ở trạng thái “%s”: số liệu trước hỗ trợ chỉ ghi khi đề án đã được phê duyệt."
TOO_EARLY = "Đề án ở trạng thái “%s”: số liệu sau hỗ trợ chỉ ghi khi đề án đã nghiệm thu."
AFTER_SCHEME = "Số liệu trước hỗ trợ phải của năm %s trở về trước: đề án thuộc kế hoạch năm %s."
BEFORE_SCHEME = "Số liệu sau hỗ trợ phải từ năm %s: đề án thuộc kế hoạch năm %s."
OPEN_YEAR = "Năm %s chưa hết nên chưa có số liệu cả năm."

of_its_time = before(
    "monitoring_of_its_time",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT scheme.status, scheme.year,
        greatest(scheme.year + 1, extract(year FROM coalesce(scheme.accepted_on, make_date(scheme.year, 1, 1)))::int) AS first
        INTO support FROM programmes_schemebeneficiary benefit JOIN programmes_scheme scheme ON scheme.id = benefit.scheme_id
        WHERE benefit.id = NEW.benefit_id FOR KEY SHARE OF scheme;
    IF NEW.year >= extract(year FROM clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh') THEN
        {refuse("monitoring_year_closed", OPEN_YEAR, "NEW.year")}
    END IF;
    IF NEW.is_before THEN
        IF support.status NOT IN ({_listed(BEGUN)}) THEN
            {refuse("monitoring_before_once_approved", TOO_EARLY_BEFORE, STATUS_LABEL)}
        END IF;
        IF NEW.year > support.year THEN
            {refuse("monitoring_before_of_its_time", AFTER_SCHEME, "support.year", "support.year")}
        END IF;
    ELSE
        IF support.status NOT IN ({_listed(FINISHED)}) THEN
            {refuse("monitoring_after_acceptance", TOO_EARLY, STATUS_LABEL)}
        END IF;
        IF NEW.year < support.first THEN
            {refuse("monitoring_after_of_its_time", BEFORE_SCHEME, "support.first", "support.year")}
        END IF;
    END IF;
    """,
    declare=[("support", "RECORD")],
)
stays_with_its_benefit = before(
    "monitoring_stays_with_its_benefit",
    pgtrigger.Update,
    "IF NEW.benefit_id <> OLD.benefit_id THEN "
    + refuse("monitoring_stays_with_its_benefit", "Số liệu theo dõi không chuyển sang cơ sở hay đề án khác được.")
    + " END IF;\nNEW.version := OLD.version + 1;",
)


class MonitoringQuerySet(ScopedQuerySet):
    province_field = "benefit__scheme__province"

    def in_order(self):
        """Of each benefit: before support first, then year by year."""
        return self.order_by("benefit", "-is_before", "year")


@track(exclude=["version"])
class MonitoringRecord(models.Model):
    """What one facility reports of one year, before or after the support that one scheme gave it.

    Every figure may be empty: not known, which is not 0. Amounts in whole đồng; `income` is what a worker earns a month.
    Figures are of whole years that have ended. At most one row a benefit is `is_before`, of the scheme's year or earlier;
    the others are later than the scheme's year and not before the year of its acceptance.
    """

    benefit = models.ForeignKey(
        SchemeBeneficiary, models.PROTECT, related_name="monitoring", verbose_name="đơn vị thụ hưởng"
    )
    year = models.PositiveSmallIntegerField("năm")
    is_before = models.BooleanField("trước hỗ trợ", default=False)
    revenue = AmountField("doanh thu", null=True, blank=True)
    is_exporter = models.BooleanField("có xuất khẩu", null=True, blank=True)
    export_value = AmountField("trị giá xuất khẩu", null=True, blank=True)
    taxes = AmountField("nộp ngân sách", null=True, blank=True)
    capital_mobilised = AmountField("vốn xã hội huy động", null=True, blank=True)
    jobs = models.PositiveIntegerField("lao động", null=True, blank=True)
    income = AmountField("thu nhập bình quân", null=True, blank=True, help_text="Đồng một tháng của một lao động.")
    productivity = models.DecimalField("năng suất", max_digits=14, decimal_places=2, null=True, blank=True)
    productivity_unit = CleanCharField("đơn vị năng suất", max_length=40, blank=True)
    new_markets = models.PositiveSmallIntegerField("thị trường mới", null=True, blank=True)
    material_saved = models.DecimalField(
        "tiết kiệm nguyên, nhiên liệu (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MaxValueValidator(100, "Tỷ lệ tiết kiệm không được quá 100 %.")],
    )
    figures_source = CleanCharField("nguồn số liệu", max_length=200)
    note = CleanTextField("ghi chú", blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now)
    version = models.PositiveIntegerField("lần lưu", default=1, editable=False)

    objects = MonitoringQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu theo dõi sau hỗ trợ"
        verbose_name_plural = "số liệu theo dõi sau hỗ trợ"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "year"],
                name="monitoring_year_once",
                violation_error_code="monitoring_year_once",
                violation_error_message="Cơ sở này đã có số liệu của năm đó trong đề án.",
            ),
            models.UniqueConstraint(
                fields=["benefit"],
                condition=Q(is_before=True),
                name="monitoring_before_once",
                violation_error_code="monitoring_before_once",
                violation_error_message="Cơ sở này đã có số liệu trước hỗ trợ trong đề án; hãy sửa số liệu đó.",
            ),
            models.CheckConstraint(
                name="monitoring_year_in_range",
                condition=Q(year__gte=2000, year__lte=2100),
                violation_error_code="monitoring_year_in_range",
                violation_error_message="Năm phải từ 2000 đến 2100.",
            ),
            models.CheckConstraint(
                name="monitoring_says_something",
                condition=~Q(**{f"{name}__isnull": True for name in FIGURES}),
                violation_error_code="monitoring_says_something",
                violation_error_message="Nhập ít nhất một số liệu.",
            ),
            constraints.not_negative("monitoring", "revenue", "Doanh thu"),
            constraints.not_negative("monitoring", "export_value", "Trị giá xuất khẩu"),
            constraints.not_negative("monitoring", "taxes", "Số nộp ngân sách"),
            constraints.not_negative("monitoring", "capital_mobilised", "Vốn huy động"),
            constraints.not_negative("monitoring", "income", "Thu nhập"),
            constraints.not_negative("monitoring", "productivity", "Năng suất"),
            models.CheckConstraint(
                name="monitoring_productivity_has_unit",
                condition=Q(productivity__isnull=True) | ~Q(productivity_unit=""),
                violation_error_code="monitoring_productivity_has_unit",
                violation_error_message="Ghi đơn vị của năng suất, ví dụ: sản phẩm/giờ, tấn/tháng.",
            ),
            models.CheckConstraint(
                name="monitoring_material_saved_range",
                condition=Q(material_saved__isnull=True) | Q(material_saved__gte=0, material_saved__lte=100),
                violation_error_code="monitoring_material_saved_range",
                violation_error_message="Tỷ lệ tiết kiệm phải từ 0 đến 100 phần trăm.",
            ),
            models.CheckConstraint(
                name="monitoring_export_of_an_exporter",
                condition=Q(export_value__isnull=True)
                | Q(export_value=0)
                | Q(is_exporter__isnull=True)
                | Q(is_exporter=True),
                violation_error_code="monitoring_export_of_an_exporter",
                violation_error_message="Có trị giá xuất khẩu thì không thể ghi là không xuất khẩu.",
            ),
            models.CheckConstraint(
                name="monitoring_export_within_revenue",
                condition=Q(export_value__isnull=True) | Q(revenue__isnull=True) | Q(export_value__lte=F("revenue")),
                violation_error_code="monitoring_export_within_revenue",
                violation_error_message="Trị giá xuất khẩu không được lớn hơn doanh thu.",
            ),
            constraints.not_blank("monitoring", "figures_source", "Ghi nguồn số liệu, ví dụ: báo cáo của cơ sở."),
        ]
        triggers = [of_its_time, stays_with_its_benefit]

    def __str__(self):
        return f"{self.benefit.facility}, năm {self.year}"

    def get_absolute_url(self):
        return f"{self.benefit.scheme.get_absolute_url()}#after-support"
