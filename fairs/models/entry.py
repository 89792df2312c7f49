"""What is registered for a round: dossiers, their papers, the points they were given."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from fairs.enums import EntryStatus
from fairs.models import selection_guards as guards
from fairs.models.product import Product
from fairs.models.reference import EntryItem
from fairs.models.selection import OfRoundQuerySet, RoundMember, SelectionRound
from khuyencong.fields import CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.scope import ScopedQuerySet

PERSON = settings.AUTH_USER_MODEL


class EntryQuerySet(OfRoundQuerySet):
    def standing(self):
        """Not withdrawn."""
        return self.exclude(status=EntryStatus.WITHDRAWN)

    def passed(self):
        return self.filter(status=EntryStatus.PASSED)

    def for_list(self):
        return self.select_related(
            "product__facility", "round__cycle", "round__level", "round__unit", "round__region", "certificate"
        )


@track()
class Entry(models.Model):
    """The dossier of one product in one round (hồ sơ đăng ký bình chọn, TT 26/2014 Đ12).

    Above the first level it rests on a valid certificate of the level below, or says why not (`skip_ground`: no round was
    held there). `average_score` is derived from the jury's sheets, or written from the minutes; at least the pass mark to
    be recognised. "Promoted" is not stored: a certificate is promoted when an entry of the next level rests on it.
    """

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="entries", verbose_name="kỳ bình chọn")
    product = models.ForeignKey(Product, models.PROTECT, related_name="entries", verbose_name="sản phẩm")
    number = models.PositiveIntegerField("số thứ tự", null=True, blank=True)
    registered_on = models.DateField("ngày nhận hồ sơ")
    lower_certificate = models.ForeignKey(
        "Certificate",
        models.PROTECT,
        related_name="promotions",
        verbose_name="giấy chứng nhận cấp dưới",
        null=True,
        blank=True,
    )
    skip_ground = CleanCharField(
        "lý do không có giấy chứng nhận cấp dưới", max_length=250, blank=True, help_text="TT 26/2014 Đ12.2.d."
    )
    status = models.CharField(
        "trạng thái", max_length=10, choices=EntryStatus, default=EntryStatus.REGISTERED, editable=False
    )
    average_score = models.DecimalField("điểm trung bình", max_digits=5, decimal_places=2, null=True, blank=True)
    remark = CleanTextField("nhận xét của hội đồng", blank=True)
    note = CleanTextField("ghi chú", blank=True)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ bình chọn"
        verbose_name_plural = "hồ sơ bình chọn"
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "product"],
                name="entry_once",
                violation_error_code="entry_once",
                violation_error_message="Sản phẩm này đã đăng ký trong kỳ bình chọn.",
            ),
            models.UniqueConstraint(
                fields=["round", "number"],
                name="entry_number_once",
                violation_error_code="entry_number_once",
                violation_error_message="Số thứ tự này đã có trong kỳ bình chọn.",
            ),
            models.CheckConstraint(
                name="entry_score_in_range",
                condition=Q(average_score__isnull=True) | Q(average_score__gte=0, average_score__lte=100),
                violation_error_code="entry_score_in_range",
                violation_error_message="Điểm trung bình từ 0 đến 100.",
            ),
            models.CheckConstraint(
                name="entry_one_ground",
                condition=Q(lower_certificate__isnull=True) | Q(skip_ground=""),
                violation_error_code="entry_one_ground",
                violation_error_message="Đã có giấy chứng nhận cấp dưới thì không ghi lý do bỏ qua cấp.",
            ),
        ]
        triggers = [guards.entry_fits, guards.entry_steps, guards.entry_kept]

    def __str__(self):
        return f"{self.product} – {self.round}"

    def get_absolute_url(self):
        return reverse("fairs:entry-detail", args=[self.pk])


class OfEntryQuerySet(ScopedQuerySet):
    province_field = "entry__round__cycle__province"


@track()
class EntryPaper(models.Model):
    """One paper of a registration dossier: a file, or a note that the paper itself was received (bản giấy)."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="papers", verbose_name="hồ sơ")
    item = models.ForeignKey(EntryItem, models.PROTECT, related_name="+", verbose_name="thành phần hồ sơ")
    is_paper = models.BooleanField("bản giấy", default=True)
    received_on = models.DateField("ngày nhận")
    stored_name = models.CharField("tên tệp lưu", max_length=40, blank=True, editable=False)
    original_name = models.CharField("tên tệp", max_length=200, blank=True, editable=False)
    size = models.PositiveIntegerField("dung lượng", null=True, blank=True, editable=False)
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64, blank=True, editable=False)
    content_type = models.CharField("định dạng", max_length=100, blank=True, editable=False)
    note = CleanCharField("ghi chú", max_length=250, blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy tờ của hồ sơ bình chọn"
        verbose_name_plural = "giấy tờ của hồ sơ bình chọn"
        ordering = ["item__position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="entry_paper_file_or_paper",
                condition=Q(is_paper=True, stored_name="", size__isnull=True, sha256="", content_type="")
                | Q(is_paper=False, size__gt=0, sha256__regex="^[0-9a-f]{64}$", stored_name__regex="^[0-9a-f]{32}$")
                & ~Q(original_name="")
                & ~Q(content_type=""),
                violation_error_code="entry_paper_file_or_paper",
                violation_error_message="Giấy tờ phải có tệp, hoặc ghi là đã nhận bản giấy.",
            ),
            models.UniqueConstraint(
                fields=["stored_name"],
                condition=~Q(stored_name=""),
                name="entry_paper_stored_once",
                violation_error_code="entry_paper_stored_once",
                violation_error_message="Tệp này đã thuộc một giấy tờ khác.",
            ),
        ]
        triggers = [guards.of_changeable_entry("entry_paper_of_changeable")]

    def __str__(self):
        return f"{self.item} – {self.entry}"


@track()
class ScoreSheet(models.Model):
    """What one juror gave one entry, by the four criteria (TT 26/2014 Đ7, Đ16): independent, once, within the scale."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="sheets", verbose_name="hồ sơ")
    juror = models.ForeignKey(RoundMember, models.PROTECT, related_name="sheets", verbose_name="giám khảo")
    market = models.DecimalField("thị trường, khả năng phát triển", max_digits=5, decimal_places=2)
    economic = models.DecimalField("kinh tế, kỹ thuật, xã hội, môi trường", max_digits=5, decimal_places=2)
    cultural = models.DecimalField("văn hóa, thẩm mỹ", max_digits=5, decimal_places=2)
    other = models.DecimalField("tiêu chí khác", max_digits=5, decimal_places=2, default=0)
    total = models.GeneratedField(
        expression=F("market") + F("economic") + F("cultural") + F("other"),
        output_field=models.DecimalField("tổng điểm", max_digits=6, decimal_places=2),
        db_persist=True,
        verbose_name="tổng điểm",
    )
    remark = CleanCharField("nhận xét", max_length=250, blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người nhập")

    objects = OfEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu chấm điểm"
        verbose_name_plural = "phiếu chấm điểm"
        ordering = ["entry", "juror"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "juror"],
                name="score_sheet_once",
                violation_error_code="score_sheet_once",
                violation_error_message="Giám khảo này đã chấm hồ sơ: mỗi giám khảo chấm một lần.",
            ),
            models.CheckConstraint(
                name="score_sheet_not_negative",
                condition=Q(market__gte=0, economic__gte=0, cultural__gte=0, other__gte=0),
                violation_error_code="score_sheet_not_negative",
                violation_error_message="Điểm không được âm.",
            ),
        ]
        triggers = [guards.sheet_fits, guards.sheet_averages]

    def __str__(self):
        return f"{self.juror} – {self.entry}"
