"""What law and plans give: programmes, contents, indicators, sources. Rows with dates, edited by an office."""

from django.db import models
from django.db.models import Q

from khuyencong import constraints
from khuyencong.fields import CleanCharField, SearchKeyField
from khuyencong.history import track
from khuyencong.models import Province


@track()
class Programme(models.Model):
    """A khuyến công programme: contents and tasks for a period, usually five years (NĐ 45/2012 Đ2.1)."""

    name = CleanCharField("tên chương trình", max_length=200)
    first_year = models.PositiveSmallIntegerField("năm đầu")
    last_year = models.PositiveSmallIntegerField("năm cuối")
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="tỉnh",
        null=True,
        blank=True,
        help_text="Để trống: chương trình quốc gia.",
    )
    legal_basis = CleanCharField("căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "chương trình khuyến công"
        verbose_name_plural = "chương trình khuyến công"
        ordering = ["-first_year", "name", "pk"]
        constraints = [
            constraints.dates_in_order("programme", "first_year", "last_year", "Năm cuối không được trước năm đầu."),
            models.UniqueConstraint(
                fields=["name", "first_year", "province"],
                name="programme_name_once",
                nulls_distinct=False,
                violation_error_code="programme_name_once",
                violation_error_message="Chương trình này đã có.",
            ),
        ]

    def __str__(self):
        return self.name


@track(exclude=["search_key"])
class ActivityContent(models.Model):
    """One content of khuyến công by its code: KC01 to KC09 are the clauses of NĐ 45/2012 Đ4, X is neighbouring work.

    A content with `group` empty is a clause; schemes name a leaf (KC03.04).
    """

    code = models.CharField("mã", max_length=10, unique=True)
    name = CleanCharField("tên nội dung", max_length=250)
    group = models.ForeignKey(
        "self", models.PROTECT, verbose_name="nhóm", null=True, blank=True, related_name="contents"
    )
    legal_basis = CleanCharField("căn cứ", max_length=200, blank=True)
    indicators = models.ManyToManyField("Indicator", verbose_name="chỉ tiêu kết quả", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    search_key = SearchKeyField(["code", "name"])

    class Meta:
        verbose_name = "nội dung hoạt động"
        verbose_name_plural = "nội dung hoạt động"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="activity_content_code_ascii",
                condition=Q(code__regex=r"^[A-Z0-9_.]+$"),
                violation_error_code="activity_content_code_ascii",
                violation_error_message="Mã chỉ gồm chữ cái A-Z không dấu, số, dấu chấm và gạch dưới.",
            )
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


@track()
class Indicator(models.Model):
    """What a result is counted in, with its unit. What is counted without repetition is never added across years."""

    class Counting(models.TextChoices):
        SUM = "sum", "Cộng số thực hiện của các đề án"
        FACILITIES = "facilities", "Đếm cơ sở thụ hưởng khác nhau trong kỳ"
        VILLAGES = "villages", "Đếm làng nghề thụ hưởng khác nhau trong kỳ"

    code = models.SlugField("mã", max_length=30, unique=True)
    name = CleanCharField("tên chỉ tiêu", max_length=150)
    unit = CleanCharField("đơn vị tính", max_length=30)
    counting = models.CharField("cách tính trong báo cáo", max_length=10, choices=Counting, default=Counting.SUM)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "chỉ tiêu kết quả"
        verbose_name_plural = "chỉ tiêu kết quả"
        ordering = ["position", "code"]

    def __str__(self):
        return f"{self.name} ({self.unit})"


@track()
class FundingSource(models.Model):
    """Where money comes from. The district's source closed on 30/6/2025 with the districts (NQ 202/2025/QH15)."""

    code = models.CharField("mã", max_length=12, primary_key=True)
    name = CleanCharField("tên nguồn", max_length=60)
    short_name = CleanCharField("tên ngắn", max_length=20)
    is_support = models.BooleanField(
        "kinh phí khuyến công", default=False, help_text="Ngân sách hỗ trợ; đối ứng, tài trợ và nguồn khác thì không."
    )
    valid_to = models.DateField(
        "quyết định đến ngày", null=True, blank=True, help_text="Sau ngày này không quyết định thêm."
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "nguồn kinh phí"
        verbose_name_plural = "nguồn kinh phí"
        ordering = ["position", "code"]

    def __str__(self):
        return self.name


@track()
class ImplementingUnit(models.Model):
    """Who drafts and carries out schemes (đơn vị thực hiện, TT 36/2013 Đ2.1): not the beneficiary."""

    name = CleanCharField("tên đơn vị", max_length=200)
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="tỉnh", null=True, blank=True, help_text="Để trống: đơn vị ngoài tỉnh."
    )
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "đơn vị thực hiện"
        verbose_name_plural = "đơn vị thực hiện"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "province"],
                name="implementing_unit_once",
                nulls_distinct=False,
                violation_error_code="implementing_unit_once",
                violation_error_message="Đơn vị này đã có.",
            )
        ]

    def __str__(self):
        return self.name
