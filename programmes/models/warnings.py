"""What a person decided about a warning."""

import pgtrigger
from django.conf import settings
from django.db import models

from facilities.models import Facility
from khuyencong import constraints
from khuyencong.fields import CleanTextField
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.scope import ScopedQuerySet
from khuyencong.triggers import before, refuse
from programmes.models.scheme import Scheme


class Kind(models.TextChoices):
    """What a warning is about."""

    DOUBLE = "double", "Hỗ trợ hai lần"
    UNSETTLED = "unsettled", "Quá hạn quyết toán"
    LATE = "late", "Chậm tiến độ"
    UNIT = "unit", "Đơn vị thực hiện"


class Verdict(models.TextChoices):
    VALID = "valid", "Đã kiểm tra, hợp lệ"
    HANDLED = "handled", "Đã xử lý"
    REOPENED = "reopened", "Mở lại"


class DecisionQuerySet(ScopedQuerySet):
    def newest(self):
        """The last word on each warning."""
        return self.filter(replaced_by__isnull=True)


KEPT = "Ý kiến về cảnh báo được giữ nguyên; hãy ghi ý kiến mới thay cho ý kiến này."
is_kept = before(
    "warning_decision_is_kept", pgtrigger.Delete | pgtrigger.Update, refuse("warning_decision_is_kept", KEPT)
)
follows_the_last = before(
    "warning_decision_follows_the_last",
    pgtrigger.Insert,
    f"""
    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM programmes_warningdecision
        WHERE id = NEW.replaces_id AND kind = NEW.kind AND key = NEW.key AND province_id = NEW.province_id)
    THEN {refuse("warning_decision_same_warning", "Ý kiến được thay phải là của cùng một cảnh báo.")} END IF;
    """,
)
four_eyes = before(
    "warning_decision_four_eyes",
    pgtrigger.Insert,
    "IF EXISTS (SELECT 1 FROM programmes_scheme WHERE id = NEW.scheme_id AND NEW.by_id IN (created_by_id, submitted_by_id)) THEN "
    + refuse(
        "warning_decision_four_eyes", "Người lập hoặc người gửi đề án không tự cho ý kiến về cảnh báo của đề án đó."
    )
    + " END IF;",
)


@track()
class WarningDecision(models.Model):
    """What a person found when looking into a warning: append-only, one standing a warning, replaced by a later one.

    `key` is made of the facts of the warning: when a figure, state or scheme in it changes the key does, the warning is
    a new one and no old decision hides it. `sentence` is the warning as it was read.
    """

    kind = models.CharField("loại cảnh báo", max_length=12, choices=Kind)
    key = models.CharField("dấu của cảnh báo", max_length=64)
    sentence = CleanTextField("cảnh báo")
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="warning_decisions", verbose_name="đề án", null=True, blank=True
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="+", verbose_name="cơ sở", null=True, blank=True
    )
    verdict = models.CharField("kết luận", max_length=12, choices=Verdict)
    reason = CleanTextField("lý do, căn cứ")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người kết luận")
    at = models.DateTimeField("lúc", auto_now_add=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, related_name="replaced_by", verbose_name="thay cho", null=True, blank=True
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "kết luận về cảnh báo"
        verbose_name_plural = "kết luận về cảnh báo"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "key"], name="warning_decision_key")]
        constraints = [
            constraints.not_blank("warning_decision", "reason", "Ghi lý do, căn cứ của kết luận."),
            models.UniqueConstraint(
                fields=["kind", "key", "province"],
                condition=models.Q(replaces__isnull=True),
                name="warning_decision_once",
                violation_error_code="warning_decision_once",
                violation_error_message="Người khác vừa kết luận về cảnh báo này. Hãy mở lại trang để xem.",
            ),
        ]
        triggers = [is_kept, follows_the_last, four_eyes]

    def __str__(self):
        return f"{self.get_verdict_display()}: {self.sentence}"
