"""Papers that the portal drafts: Word templates that an office keeps in its own words."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khuyencong import constraints
from khuyencong.fields import CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.models.places import DatedQuerySet
from programmes.enums import Level
from programmes.models import dossier_guards as guards


class PaperTemplateQuerySet(DatedQuerySet):
    def for_scheme(self, scheme, day):
        """One template a kind, for this scheme's level and province on `day`: the office's own before the common one."""
        rows = (
            self.on(day)
            .filter(Q(level__in=["", scheme.level]), Q(province__isnull=True) | Q(province=scheme.province_id))
            .filter(is_active=True)
            .defer("content")
            .order_by(F("province").asc(nulls_last=True), "-level", F("valid_from").desc(nulls_last=True), "-pk")
        )
        found = {}
        for row in rows:
            found.setdefault(row.kind, row)
        of_schemes = (kind for kind in PaperTemplate.Kind if kind != PaperTemplate.Kind.CERTIFICATE)
        return [found[kind] for kind in of_schemes if kind in found]

    def of_kind(self, kind, province_id, day):
        """The template of that kind in use on `day`, the province's own before the common one; None without any."""
        rows = self.on(day).filter(Q(province__isnull=True) | Q(province=province_id), kind=kind, is_active=True)
        return rows.order_by(F("province").asc(nulls_last=True), F("valid_from").desc(nulls_last=True), "-pk").first()


@track(exclude=["content"])
class PaperTemplate(models.Model):
    """A Word file with fields to fill in for one scheme or certificate (mẫu văn bản, NĐ 30/2020).

    A new version is a new row.
    """

    class Kind(models.TextChoices):
        SUBMISSION = "submission", "Tờ trình"
        APPRAISAL = "appraisal", "Phiếu thẩm định"
        DECISION = "decision", "Quyết định phê duyệt"
        CONTRACT = "contract", "Hợp đồng thực hiện"
        ACCEPTANCE = "acceptance", "Biên bản nghiệm thu"
        LIQUIDATION = "liquidation", "Biên bản thanh lý hợp đồng"
        RECONCILIATION = "reconciliation", "Bảng đối chiếu kinh phí"
        CERTIFICATE = "certificate", "Giấy chứng nhận sản phẩm CNNT tiêu biểu"

    code = models.SlugField("mã mẫu gốc", max_length=60, unique=True, null=True, blank=True, editable=False)
    kind = models.CharField("loại văn bản", max_length=15, choices=Kind)
    name = CleanCharField("tên mẫu", max_length=150)
    level = models.CharField("cấp", max_length=10, choices=Level, blank=True, help_text="Để trống: cả hai cấp.")
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="tỉnh, thành phố", null=True, blank=True, help_text="Để trống: cả nước."
    )
    content = models.BinaryField("tệp Word", editable=False)
    file_name = models.CharField("tên tệp", max_length=200, editable=False)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn dùng.")
    is_active = models.BooleanField("đang dùng", default=True)
    note = CleanTextField("ghi chú", blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="người tải lên",
        null=True,
        blank=True,
        editable=False,
    )

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ["kind", "name", "pk"]
        constraints = [
            constraints.not_blank("paper_template", "name", "Nhập tên mẫu."),
            constraints.dates_in_order(
                "paper_template", "valid_from", "valid_to", "Ngày cuối không được trước ngày đầu."
            ),
        ]
        triggers = [guards.template_is_fixed]

    def __str__(self):
        return self.name
