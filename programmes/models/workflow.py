"""The procedure of a scheme as rows: which step leads where, who takes it, what it waits for; and the papers of its steps."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from khuyencong import constraints
from khuyencong.enums import Role
from khuyencong.fields import CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.models.places import DatedQuerySet
from programmes.enums import Level, Status, Verb
from programmes.models import review_guards as guards
from programmes.models.scheme import Scheme
from programmes.querysets import OfSchemeQuerySet

PERSON = settings.AUTH_USER_MODEL


class Stage(models.TextChoices):
    """Who appraised (TT 36/2013 Đ8, Đ9)."""

    BASE = "base", "Cấp cơ sở (Sở)"
    NATIONAL = "national", "Cục Công Thương địa phương"


@track()
class WorkflowStep(models.Model):
    """One lawful step of a scheme of one level, in force on its days: from which state to which, and by whom.

    A province with rows of its own for a level follows only those (TT 46/2012 Đ8.3.b: UBND tỉnh sets the procedure).
    """

    level = models.CharField("cấp", max_length=10, choices=Level)
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="tỉnh, thành phố",
        null=True,
        blank=True,
        help_text="Để trống: quy trình chung. Tỉnh có quy trình riêng thì chỉ theo quy trình riêng của cấp đó.",
    )
    verb = models.CharField("bước", max_length=20, choices=Verb)
    source = models.CharField("từ trạng thái", max_length=12, choices=Status)
    target = models.CharField("sang trạng thái", max_length=12, choices=Status)
    role = models.CharField("ai làm", max_length=15, choices=Role)
    appraisal = models.CharField(
        "cần phiếu thẩm định", max_length=10, choices=Stage, blank=True, help_text="Bước chờ phiếu đạt của lần gửi này."
    )
    paper = CleanCharField(
        "cần văn bản", max_length=80, blank=True, help_text="Tên văn bản của bước: tờ trình, hợp đồng, biên bản…"
    )
    clause = CleanCharField("căn cứ", max_length=150, blank=True)
    is_verified = models.BooleanField("đã kiểm chứng", default=False, help_text="Chưa đánh dấu: cần kiểm tra.")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn hiệu lực.")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "bước của quy trình"
        verbose_name_plural = "quy trình đề án"
        ordering = ["level", "position", "pk"]
        constraints = [
            constraints.dates_in_order(
                "workflow_step", "valid_from", "valid_to", "Ngày cuối không được trước ngày đầu."
            ),
            models.UniqueConstraint(
                fields=["level", "province", "source", "target", "valid_from"],
                name="workflow_step_once",
                nulls_distinct=False,
                violation_error_code="workflow_step_once",
                violation_error_message="Bước này của quy trình đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()}: {self.get_verb_display()}"


class Finding(models.TextChoices):
    """What an appraiser found in one item."""

    GOOD = "good", "Đạt"
    LACKING = "lacking", "Chưa đạt"
    NOT_APPLICABLE = "none", "Không áp dụng"


class Verdict(models.TextChoices):
    PASS = "pass", "Đề nghị phê duyệt"
    REVISE = "revise", "Đề nghị bổ sung, sửa đổi"
    FAIL = "fail", "Đề nghị không phê duyệt"


def _finding(label):
    return models.CharField(label, max_length=10, choices=Finding)


def _remark(label):
    return CleanTextField(f"{label}: nhận xét", blank=True)


@track()
class Appraisal(models.Model):
    """The appraisal sheet of one sending of a scheme: five items and a verdict (phiếu thẩm định, TT 36/2013 Đ9).

    Never changed: a further sheet of the same sending replaces it. `submitted_at` names the sending.
    """

    ITEMS = ("principles", "objectives", "capacity", "combination", "completeness")

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="appraisals")
    stage = models.CharField("cấp thẩm định", max_length=10, choices=Stage, default=Stage.BASE)
    submitted_at = models.DateTimeField("của lần gửi", editable=False)
    principles = _finding("phù hợp nguyên tắc, nội dung, ngành nghề")
    principles_note = _remark("phù hợp nguyên tắc")
    objectives = _finding("mục tiêu, sự cần thiết, hiệu quả, sử dụng kinh phí hợp lý")
    objectives_note = _remark("mục tiêu, hiệu quả")
    capacity = _finding("năng lực đơn vị thực hiện, phối hợp, thụ hưởng")
    capacity_note = _remark("năng lực")
    combination = _finding("kết hợp với chương trình, dự án khác")
    combination_note = _remark("kết hợp")
    completeness = _finding("hồ sơ đầy đủ, hợp lệ")
    completeness_note = _remark("hồ sơ")
    verdict = models.CharField("kết luận", max_length=10, choices=Verdict)
    conclusion = CleanTextField("ý kiến kết luận")
    council = CleanCharField("hội đồng, người tham gia", max_length=250, blank=True)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người thẩm định")
    made_at = models.DateTimeField("ghi lúc")

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu thẩm định"
        verbose_name_plural = "phiếu thẩm định"
        ordering = ["pk"]
        constraints = [
            constraints.not_blank("appraisal", "conclusion", "Nhập ý kiến kết luận."),
            models.CheckConstraint(
                name="appraisal_pass_needs_items",
                condition=~Q(verdict=Verdict.PASS)
                | ~Q(principles=Finding.LACKING)
                & ~Q(objectives=Finding.LACKING)
                & ~Q(capacity=Finding.LACKING)
                & ~Q(combination=Finding.LACKING)
                & ~Q(completeness=Finding.LACKING),
                violation_error_code="appraisal_pass_needs_items",
                violation_error_message="Còn nội dung chưa đạt thì chưa kết luận đề nghị phê duyệt được.",
            ),
        ]
        triggers = [guards.appraised_under_review, guards.unchanged("appraisal", "Phiếu thẩm định")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.scheme.code}"


@track()
class ReviewComment(models.Model):
    """What a reviewer says about one field of a scheme under review; staff answer it when they send it again."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="comments")
    submitted_at = models.DateTimeField("của lần gửi", editable=False)
    field = models.CharField("ô", max_length=80)
    label = CleanCharField("tên ô", max_length=150)
    text = CleanTextField("ý kiến")
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người góp ý")
    made_at = models.DateTimeField("ghi lúc")
    answer = CleanTextField("giải trình", blank=True)
    answered_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người giải trình", null=True, blank=True
    )

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến thẩm định"
        verbose_name_plural = "ý kiến thẩm định"
        ordering = ["pk"]
        constraints = [constraints.not_blank("review_comment", "text", "Nhập ý kiến.")]
        triggers = [guards.commented_under_review, guards.comment_answered_only]

    def __str__(self):
        return f"{self.label}: {self.text}"


@track()
class StepPaper(models.Model):
    """The paper of a step that is not a decision on the scheme itself: tờ trình, hợp đồng, kế hoạch chi tiết, biên bản.

    Written before its step, in the state that the step leaves; never changed.
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="papers")
    verb = models.CharField("bước", max_length=20, choices=Verb)
    number = CleanCharField("số văn bản", max_length=60)
    issued_on = models.DateField("ngày văn bản")
    signer = CleanCharField("người ký", max_length=120, blank=True)
    note = CleanTextField("nội dung", blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")
    recorded_at = models.DateTimeField("ghi lúc")

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản của bước"
        verbose_name_plural = "văn bản của các bước"
        ordering = ["pk"]
        constraints = [constraints.not_blank("step_paper", "number", "Nhập số văn bản.")]
        triggers = [guards.paper_not_in_future, guards.unchanged("step_paper", "Văn bản của bước")]

    def __str__(self):
        return f"{self.number} ngày {self.issued_on:%d/%m/%Y}"
