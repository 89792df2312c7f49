"""The register of rural industrial facilities (cơ sở công nghiệp nông thôn)."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from khuyencong import constraints, scope, text
from khuyencong.fields import CleanCharField, CleanTextField, SearchKeyField, SortKeyField
from khuyencong.history import track
from khuyencong.models import Province

TAX_CODE = r"^(\d{10}|\d{10}-\d{3}|\d{12})$"
TAX_CODE_SENTENCE = "Mã số thuế gồm 10 số, 10 số và mã đơn vị phụ thuộc (0100109106-001), hoặc 12 số định danh cá nhân."


@track()
class Trade(models.Model):
    """A trade that khuyến công may support (NĐ 45/2012 Đ5), by its clause."""

    code = models.CharField("mã", max_length=10, unique=True)
    name = CleanCharField("tên ngành nghề", max_length=200)
    legal_basis = CleanCharField("căn cứ", max_length=200, blank=True)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "ngành nghề"
        verbose_name_plural = "ngành nghề"
        ordering = ["code"]

    def __str__(self):
        return self.name


class FacilityQuerySet(scope.ScopedQuerySet):
    def matching(self, query):
        """Facilities whose name, tax code, place or contact holds each word of `query`, diacritics or not."""
        found = self
        for word in text.search_key(query).split():
            found = found.filter(search_key__contains=word)
        return found

    def for_list(self):
        """What a row of the list shows."""
        return self.select_related("province", "trade")


@track(exclude=["search_key", "sort_key"])
class Facility(models.Model):
    """A rural industrial facility: an enterprise, cooperative, group, household or artisan that produces (NĐ 45/2012 Đ1.2).

    Also a craft village when it receives support as one. `province` is the unit in which it stands today.
    """

    class LegalForm(models.TextChoices):
        COMPANY = "company", "Doanh nghiệp"
        COOPERATIVE = "cooperative", "Hợp tác xã"
        GROUP = "group", "Tổ hợp tác"
        HOUSEHOLD = "household", "Hộ kinh doanh"
        ARTISAN = "artisan", "Nghệ nhân"
        VILLAGE = "village", "Làng nghề, làng có nghề"
        OTHER = "other", "Tổ chức khác"

    name = CleanCharField("tên cơ sở", max_length=250)
    legal_form = models.CharField("loại hình", max_length=12, choices=LegalForm, default=LegalForm.COMPANY)
    tax_code = models.CharField(
        "mã số thuế",
        max_length=14,
        blank=True,
        validators=[RegexValidator(TAX_CODE, TAX_CODE_SENTENCE)],
        help_text="10 số, 10 số-3 số, hoặc 12 số định danh cá nhân của hộ kinh doanh.",
    )
    trade = models.ForeignKey(Trade, models.PROTECT, verbose_name="ngành nghề", null=True, blank=True)
    products = CleanCharField("sản phẩm chính", max_length=250, blank=True)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    commune = CleanCharField("xã, phường, đặc khu", max_length=100, blank=True)
    former_district = CleanCharField(
        "huyện cũ", max_length=100, blank=True, help_text="Huyện, thị xã, thành phố trước ngày 01/7/2025."
    )
    address = CleanCharField("địa chỉ", max_length=250, blank=True)
    workers = models.PositiveIntegerField("số lao động", null=True, blank=True)
    contact_name = CleanCharField("người liên hệ", max_length=120, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    note = CleanTextField("ghi chú", blank=True)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    search_key = SearchKeyField(
        ["name", "tax_code", "commune", "former_district", "province", "contact_name", "products"], max_length=900
    )
    sort_key = SortKeyField(["name"])

    objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ sở CNNT"
        verbose_name_plural = "cơ sở CNNT"
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["province", "sort_key", "id"], name="facility_list"),
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="facility_search"),
        ]
        constraints = [
            constraints.not_blank("facility", "name", "Nhập tên cơ sở."),
            constraints.nfc("facility", "name"),
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=~Q(tax_code=""),
                name="facility_tax_code_once",
                violation_error_code="facility_tax_code_once",
                violation_error_message="Mã số thuế này đã có ở một cơ sở khác trong danh bạ.",
            ),
            models.CheckConstraint(
                name="facility_tax_code_form",
                condition=Q(tax_code="") | Q(tax_code__regex=TAX_CODE),
                violation_error_code="facility_tax_code_form",
                violation_error_message=TAX_CODE_SENTENCE,
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("facilities:facility-detail", args=[self.pk])

    @property
    def place(self):
        """'xã Diễn Kỷ, Diễn Châu': the parts of the place that are known."""
        return ", ".join(part for part in (self.commune, self.former_district) if part)
