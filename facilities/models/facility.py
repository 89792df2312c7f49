"""The register of rural industrial facilities (cơ sở công nghiệp nông thôn)."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate
from django.urls import reverse

from facilities.models import guards
from facilities.models.trade import Trade
from facilities.names import name_key, plain_name
from facilities.querysets import FacilityQuerySet
from khuyencong import constraints
from khuyencong.fields import (
    AmountField,
    CleanCharField,
    CleanTextField,
    DerivedTextField,
    SearchKeyField,
    SortKeyField,
)
from khuyencong.history import track
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.models.guards import place_of_record

TAX_CODE = r"^(\d{10}|\d{10}-\d{3}|\d{12})$"
TAX_CODE_SENTENCE = "Mã số thuế gồm 10 số, 10 số và mã đơn vị phụ thuộc (0100109106-001), hoặc 12 số định danh cá nhân."
VSIC_CODE = r"^\d{2,5}$"
VSIC_SENTENCE = "Mã ngành kinh tế gồm 2 đến 5 chữ số, ví dụ 1629."
MANY_WORKERS = 50  # TT 36/2013 Đ7: "sử dụng nhiều lao động"
MOSTLY_LOCAL = 50  # per cent of material value from the province, to be exceeded (TT 36/2013 Đ7)


@track(exclude=["search_key", "sort_key", "name_key", "plain_name", "version"])
class Facility(models.Model):
    """A rural industrial facility: an enterprise, cooperative, group, household or artisan that produces (NĐ 45/2012 Đ1.2).

    Also a craft village when it receives support as one. `province` is the unit in which it stands today; `commune` that
    of its production site as it was written down, `commune_today` what became of it. A facility that turned out to be
    another one stays as it was and points to it by `merged_into`: what it received counts for that one.
    """

    class LegalForm(models.TextChoices):
        COMPANY = "company", "Doanh nghiệp"
        COOPERATIVE = "cooperative", "Hợp tác xã"
        GROUP = "group", "Tổ hợp tác"
        HOUSEHOLD = "household", "Hộ kinh doanh"
        ARTISAN = "artisan", "Nghệ nhân"
        VILLAGE = "village", "Làng nghề, làng có nghề"
        INVESTOR = "investor", "Chủ đầu tư hạ tầng CCN"
        OTHER = "other", "Tổ chức khác"

    class Eligibility(models.TextChoices):
        UNKNOWN = "unknown", "Chưa xét"
        ELIGIBLE = "eligible", "Đủ điều kiện"
        INELIGIBLE = "ineligible", "Không đủ điều kiện"

    name = CleanCharField("tên cơ sở", max_length=250)
    legal_form = models.CharField("loại hình", max_length=12, choices=LegalForm, default=LegalForm.COMPANY)
    tax_code = models.CharField(
        "mã số thuế",
        max_length=14,
        blank=True,
        validators=[RegexValidator(TAX_CODE, TAX_CODE_SENTENCE)],
        help_text="10 số, 10 số-3 số, hoặc 12 số định danh cá nhân của hộ kinh doanh.",
    )
    registration_number = CleanCharField("số đăng ký kinh doanh", max_length=40, blank=True)
    registered_on = models.DateField("ngày đăng ký lần đầu", null=True, blank=True)
    registered_at = CleanCharField("nơi đăng ký", max_length=150, blank=True)

    trade = models.ForeignKey(Trade, models.PROTECT, verbose_name="ngành nghề", null=True, blank=True)
    vsic_code = models.CharField(
        "mã ngành kinh tế (VSIC)", max_length=5, blank=True, validators=[RegexValidator(VSIC_CODE, VSIC_SENTENCE)]
    )
    products = CleanCharField("sản phẩm chính", max_length=250, blank=True)

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="+",
        verbose_name="xã, phường, đặc khu",
        null=True,
        blank=True,
        help_text="Nơi sản xuất. Gõ tên xã mới hoặc xã cũ, có thể không dấu.",
    )
    commune_today = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="facilities",
        verbose_name="xã, phường hiện nay",
        null=True,
        blank=True,
        editable=False,
    )
    former_district = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="+",
        verbose_name="huyện cũ",
        null=True,
        blank=True,
        help_text="Huyện, thị xã, thành phố trước ngày 01/7/2025.",
    )
    address = CleanCharField("địa chỉ nơi sản xuất", max_length=250, blank=True)
    office_address = CleanCharField("trụ sở chính", max_length=250, blank=True, help_text="Ghi khi khác nơi sản xuất.")
    cluster = models.ForeignKey(
        "IndustrialCluster",
        models.PROTECT,
        related_name="facilities",
        verbose_name="cụm công nghiệp",
        null=True,
        blank=True,
    )
    craft_village = models.ForeignKey(
        "CraftVillage", models.PROTECT, related_name="members", verbose_name="làng nghề", null=True, blank=True
    )

    workers = models.PositiveIntegerField("số lao động", null=True, blank=True)
    capital = AmountField("vốn đăng ký", null=True, blank=True, help_text="Đồng; vốn điều lệ hoặc vốn kinh doanh.")
    local_material_share = models.DecimalField(
        "nguyên liệu tại chỗ (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Phần giá trị nguyên liệu lấy trong tỉnh.",
    )
    is_exporter = models.BooleanField(
        "có xuất khẩu", default=False, help_text="Có hợp đồng xuất khẩu hoặc sản xuất hàng xuất khẩu."
    )
    eligibility = models.CharField(
        "điều kiện thụ hưởng", max_length=10, choices=Eligibility, default=Eligibility.UNKNOWN
    )
    eligibility_reason = CleanTextField("lý do", blank=True, help_text="Căn cứ, hồ sơ đã xem.")

    contact_name = CleanCharField("người liên hệ", max_length=120, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    note = CleanTextField("ghi chú", blank=True)

    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="merged_from",
        verbose_name="đã gộp vào",
        null=True,
        blank=True,
        editable=False,
    )
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    version = models.PositiveIntegerField("lần lưu", default=1, editable=False)
    search_key = SearchKeyField(["name", "tax_code", "place_names", "contact_name", "products"], max_length=900)
    sort_key = SortKeyField(["name"])
    name_key = DerivedTextField(["name"], name_key)
    plain_name = DerivedTextField(["name"], plain_name)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ sở CNNT"
        verbose_name_plural = "cơ sở CNNT"
        ordering = ["sort_key", "pk"]
        permissions = [
            ("merge_facility", "Gộp cơ sở trùng"),
            ("choose_commune", "Chọn xã, phường hiện nay cho địa bàn đã chia tách"),
        ]
        indexes = [
            models.Index(fields=["province", "sort_key", "id"], name="facility_list"),
            models.Index(fields=["province", "name_key"], name="facility_name_key"),
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="facility_search"),
            models.Index(Collate("search_key", "C"), name="facility_search_start"),
        ]
        constraints = [
            constraints.not_blank("facility", "name", "Nhập tên cơ sở."),
            constraints.nfc("facility", "name"),
            constraints.not_negative("facility", "capital", "Vốn đăng ký"),
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=~Q(tax_code="") & Q(merged_into__isnull=True),
                name="facility_tax_code_once",
                violation_error_code="facility_tax_code_once",
                violation_error_message="Mã số thuế này đã có ở một cơ sở khác trong danh bạ.",
            ),
            models.UniqueConstraint(
                fields=["province", "name_key", "commune", "tax_code"],
                condition=Q(merged_into__isnull=True),
                name="facility_name_once",  # where the commune is not known, only a warning tells of a likely duplicate
                violation_error_code="facility_name_once",
                violation_error_message="Danh bạ đã có cơ sở cùng tên ở cùng xã, phường. Nếu là cơ sở khác, hãy ghi mã số "
                "thuế, hoặc thêm dấu hiệu phân biệt vào tên.",
            ),
            models.CheckConstraint(
                name="facility_tax_code_form",
                condition=Q(tax_code="") | Q(tax_code__regex=TAX_CODE),
                violation_error_code="facility_tax_code_form",
                violation_error_message=TAX_CODE_SENTENCE,
            ),
            models.CheckConstraint(
                name="facility_vsic_code_form",
                condition=Q(vsic_code="") | Q(vsic_code__regex=VSIC_CODE),
                violation_error_code="facility_vsic_code_form",
                violation_error_message=VSIC_SENTENCE,
            ),
            models.CheckConstraint(
                name="facility_local_material_share_range",
                condition=Q(local_material_share__isnull=True)
                | Q(local_material_share__gte=0, local_material_share__lte=100),
                violation_error_code="facility_local_material_share_range",
                violation_error_message="Phần nguyên liệu tại chỗ phải từ 0 đến 100 phần trăm.",
            ),
            models.CheckConstraint(
                name="facility_eligibility_reason_given",
                condition=Q(eligibility="unknown") | ~Q(eligibility_reason=""),
                violation_error_code="facility_eligibility_reason_given",
                violation_error_message="Ghi lý do đủ hoặc không đủ điều kiện thụ hưởng.",
            ),
            models.CheckConstraint(
                name="facility_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                violation_error_code="facility_not_merged_into_itself",
                violation_error_message="Không thể gộp một cơ sở vào chính nó.",
            ),
        ]
        triggers = [
            place_of_record,
            guards.site_of_facility,
            guards.facility_stays_with_sites,
            guards.merged_by_a_merge,
            guards.counts_versions,
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("facilities:facility-detail", args=[self.pk])

    @property
    def place(self):
        """'xã Diễn Kỷ, Diễn Châu': the parts of the place that are known."""
        parts = (self.commune and self.commune.full_name, self.former_district and self.former_district.name)
        return ", ".join(part for part in parts if part)

    @property
    def place_names(self):
        """What a search for its place may name: communes, districts and provinces, old and new."""
        commune, district = self.commune, self.former_district
        today = self.commune_today or (commune and commune.today())
        units = [commune, commune and commune.parent, district, today]
        provinces = [unit.province for unit in (commune, district) if unit]
        return " ".join(dict.fromkeys(place.name for place in [*units, *provinces, self.province] if place))

    @property
    def has_many_workers(self):
        """Employs many (TT 36/2013 Đ7); None when not known."""
        return None if self.workers is None else self.workers >= MANY_WORKERS

    @property
    def uses_local_material(self):
        """Most of its material comes from the province (TT 36/2013 Đ7); None when not known."""
        return None if self.local_material_share is None else self.local_material_share > MOSTLY_LOCAL

    @property
    def is_in_difficult_area(self):
        """Its commune of today is a difficult area; None when the commune is not known."""
        return self.commune_today.is_difficult if self.commune_today else None


@track()
class FacilityYear(models.Model):
    """What a facility achieved in one year, as it declares it; amounts in whole đồng."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="years", verbose_name="cơ sở")
    year = models.PositiveSmallIntegerField("năm")
    revenue = AmountField("doanh thu", null=True, blank=True)
    export_revenue = AmountField("doanh thu xuất khẩu", null=True, blank=True)
    tax_paid = AmountField("nộp ngân sách", null=True, blank=True)
    workers = models.PositiveIntegerField("lao động bình quân", null=True, blank=True)

    class Meta:
        verbose_name = "số liệu năm của cơ sở"
        verbose_name_plural = "số liệu năm của cơ sở"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "year"],
                name="facility_year_once",
                violation_error_code="facility_year_once",
                violation_error_message="Năm này đã có số liệu.",
            ),
            models.CheckConstraint(
                name="facility_year_in_range",
                condition=Q(year__gte=1990, year__lte=2100),
                violation_error_code="facility_year_in_range",
                violation_error_message="Năm phải từ 1990 đến 2100.",
            ),
            constraints.not_negative("facility_year", "revenue", "Doanh thu"),
            constraints.not_negative("facility_year", "export_revenue", "Doanh thu xuất khẩu"),
            constraints.not_negative("facility_year", "tax_paid", "Số nộp ngân sách"),
            models.CheckConstraint(
                name="facility_year_export_within_revenue",
                condition=Q(export_revenue__isnull=True)
                | Q(revenue__isnull=True)
                | Q(export_revenue__lte=F("revenue")),
                violation_error_code="facility_year_export_within_revenue",
                violation_error_message="Doanh thu xuất khẩu không được lớn hơn doanh thu.",
            ),
        ]
        triggers = [guards.stands("facility_year_of_standing")]

    def __str__(self):
        return f"{self.facility}, năm {self.year}"
