"""The dossier of a scheme: the papers that the law asks for at each step, and those that were given."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from khuyencong import constraints
from khuyencong.fields import CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.models.places import DatedQuerySet
from khuyencong.scope import ScopedQuerySet
from programmes.dossier_steps import Step
from programmes.enums import Kind, Level
from programmes.models import dossier_guards as guards
from programmes.models.reference import ActivityContent
from programmes.models.scheme import Scheme

PERSON = settings.AUTH_USER_MODEL


class DossierItemQuerySet(DatedQuerySet):
    def asked_of(self, scheme):
        """Items of this scheme's level, kind, contents and province, whatever the day; the trigger says the same in SQL."""
        contents = {scheme.content_id, *scheme.other_contents.values_list("content", flat=True)}
        groups = ActivityContent.objects.filter(pk__in=contents).values("group")
        found = self.filter(
            Q(level__in=["", scheme.level]),
            Q(kind__in=["", scheme.kind]),
            Q(province__isnull=True) | Q(province=scheme.province_id),
            Q(content__isnull=True) | Q(content__in=contents) | Q(content__in=groups),
        )
        return found if scheme.beneficiaries.exists() else found.filter(only_with_beneficiaries=False)


@track()
class DossierItem(models.Model):
    """One paper that a step asks for (thành phần hồ sơ), by one document and clause: a rule with dates, never a constant.

    Empty content, level, kind or province: all of them. A step waits for its required items valid on its day.
    """

    code = models.SlugField("mã trong danh mục gốc", max_length=60, unique=True, null=True, blank=True, editable=False)
    name = CleanCharField("tên giấy tờ", max_length=250)
    step = models.CharField("cần cho bước", max_length=10, choices=Step)
    content = models.ForeignKey(
        ActivityContent,
        models.PROTECT,
        related_name="dossier_items",
        verbose_name="nội dung hoạt động",
        null=True,
        blank=True,
        help_text="Một nội dung hoặc cả nhóm nội dung. Để trống: mọi nội dung.",
    )
    level = models.CharField("cấp", max_length=10, choices=Level, blank=True, help_text="Để trống: cả hai cấp.")
    kind = models.CharField("loại", max_length=10, choices=Kind, blank=True, help_text="Để trống: đề án và nhiệm vụ.")
    only_with_beneficiaries = models.BooleanField("chỉ khi có đơn vị thụ hưởng", default=False)
    copies = models.PositiveSmallIntegerField("số bộ", default=1)
    document = CleanCharField("văn bản", max_length=150)
    clause = CleanCharField("điều khoản", max_length=100, blank=True)
    is_required = models.BooleanField(
        "bắt buộc", default=True, help_text="Thiếu giấy tờ bắt buộc thì chưa chuyển bước được."
    )
    is_verified = models.BooleanField(
        "đã kiểm chứng", default=False, help_text="Đã đối chiếu với văn bản gốc. Chưa đánh dấu: cần kiểm tra."
    )
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn hiệu lực.")
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="tỉnh, thành phố", null=True, blank=True, help_text="Để trống: cả nước."
    )
    note = CleanTextField("ghi chú", blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = DossierItemQuerySet.as_manager()

    class Meta:
        verbose_name = "thành phần hồ sơ"
        verbose_name_plural = "thành phần hồ sơ"
        ordering = ["position", "pk"]
        constraints = [
            constraints.not_blank("dossier_item", "name", "Nhập tên giấy tờ."),
            constraints.not_blank("dossier_item", "document", "Nhập văn bản quy định."),
            constraints.dates_in_order(
                "dossier_item", "valid_from", "valid_to", "Ngày cuối không được trước ngày đầu."
            ),
            models.CheckConstraint(
                name="dossier_item_copies_given",
                condition=Q(copies__gte=1, copies__lte=20),
                violation_error_code="dossier_item_copies_given",
                violation_error_message="Số bộ phải từ 1 đến 20.",
            ),
            models.CheckConstraint(
                name="dossier_item_step_known",
                condition=Q(step__in=Step.values),
                violation_error_code="dossier_item_step_known",
                violation_error_message="Bước này không có trong quy trình.",
            ),
            models.UniqueConstraint(
                fields=["step", "name", "content", "level", "kind", "province", "document", "valid_from"],
                name="dossier_item_once",
                nulls_distinct=False,
                violation_error_code="dossier_item_once",
                violation_error_message="Thành phần hồ sơ này của văn bản đã có.",
            ),
        ]

    def __str__(self):
        return self.name

    def is_valid_on(self, day):
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    @property
    def source(self):
        """'TT 36/2013/TT-BCT, Điều 14'."""
        return ", ".join(part for part in (self.document, self.clause) if part)


class SchemeDocumentQuerySet(ScopedQuerySet):
    province_field = "scheme__province"

    def in_force(self):
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def for_list(self):
        return self.select_related("item", "uploaded_by", "withdrawn_by")


@track()
class SchemeDocument(models.Model):
    """One paper in a scheme's dossier: a file, or a note that the paper itself was received (bản giấy).

    Never changed: a wrong one is withdrawn with a reason. Only of a draft that was never sent may it be deleted.
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="documents")
    item = models.ForeignKey(
        DossierItem, models.PROTECT, related_name="documents", verbose_name="thành phần hồ sơ", null=True, blank=True
    )
    title = CleanCharField("tên giấy tờ", max_length=250)
    is_paper = models.BooleanField("bản giấy", default=False)
    received_on = models.DateField("ngày nhận")
    stored_name = models.CharField("tên tệp lưu", max_length=40, blank=True, editable=False)
    original_name = models.CharField("tên tệp", max_length=200, blank=True, editable=False)
    size = models.PositiveIntegerField("dung lượng", null=True, blank=True, editable=False)
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64, blank=True, editable=False)
    content_type = models.CharField("định dạng", max_length=100, blank=True, editable=False)
    note = CleanCharField("ghi chú", max_length=250, blank=True)
    uploaded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")
    uploaded_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người rút", null=True, blank=True, editable=False
    )
    withdrawn_reason = CleanCharField("lý do rút", max_length=300, blank=True, editable=False)

    objects = SchemeDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy tờ trong hồ sơ"
        verbose_name_plural = "giấy tờ trong hồ sơ"
        ordering = ["pk"]
        constraints = [
            constraints.not_blank("document", "title", "Nhập tên giấy tờ."),
            models.CheckConstraint(
                name="document_file_or_paper",
                condition=Q(is_paper=True, stored_name="", size__isnull=True, sha256="", content_type="")
                | Q(is_paper=False, size__gt=0, sha256__regex="^[0-9a-f]{64}$", stored_name__regex="^[0-9a-f]{32}$")
                & ~Q(original_name="")
                & ~Q(content_type=""),
                violation_error_code="document_file_or_paper",
                violation_error_message="Giấy tờ phải có tệp, hoặc ghi là đã nhận bản giấy.",
            ),
            models.CheckConstraint(
                name="document_withdrawal_whole",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                violation_error_code="document_withdrawal_whole",
                violation_error_message="Rút giấy tờ phải ghi người, thời điểm và lý do.",
            ),
            models.UniqueConstraint(
                fields=["stored_name"],
                condition=~Q(stored_name=""),
                name="document_stored_once",
                violation_error_code="document_stored_once",
                violation_error_message="Tệp này đã thuộc một giấy tờ khác.",
            ),
        ]
        triggers = [guards.belongs, guards.stays, guards.goes_with_drafts]

    def __str__(self):
        return self.title
