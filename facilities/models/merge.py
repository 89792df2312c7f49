"""Facilities that turned out to be one."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from facilities.models import guards
from facilities.models.facility import Facility
from khuyencong import constraints, scope
from khuyencong.fields import CleanTextField
from khuyencong.history import track


class MergeQuerySet(scope.ScopedQuerySet):
    province_field = "kept__province"

    def standing(self):
        """Not undone."""
        return self.filter(undone_at__isnull=True)

    def named(self):
        return self.select_related("kept", "duplicate", "merged_by", "undone_by")


@track()
class FacilityMerge(models.Model):
    """`duplicate` is the same facility as `kept`: who found it, when, why; and who took it back.

    Nothing is moved or deleted: what the duplicate received counts for the kept one while the merge stands.
    `carried`: ids of facilities that had been merged into the duplicate before and now count for `kept` too.
    `replaced`: {column: [before, after]} of `kept`, for the values that it took from the duplicate.
    """

    kept = models.ForeignKey(Facility, models.PROTECT, related_name="merges", verbose_name="cơ sở giữ lại")
    duplicate = models.ForeignKey(Facility, models.PROTECT, related_name="+", verbose_name="cơ sở trùng")
    reason = CleanTextField("lý do")
    carried = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    replaced = models.JSONField(default=dict, blank=True, editable=False, encoder=DjangoJSONEncoder)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gộp")
    merged_at = models.DateTimeField("gộp lúc", auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người hoàn tác", null=True, blank=True
    )
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undo_reason = CleanTextField("lý do hoàn tác", blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "lần gộp cơ sở"
        verbose_name_plural = "lần gộp cơ sở"
        ordering = ["-merged_at", "-pk"]
        constraints = [
            constraints.not_blank("merge", "reason", "Ghi lý do gộp."),
            constraints.both_or_neither("merge", "undone_by", "undone_at", "Hoàn tác phải có người và thời điểm."),
            models.CheckConstraint(
                name="merge_undo_reason_given",
                condition=Q(undone_at__isnull=True) | ~Q(undo_reason=""),
                violation_error_code="merge_undo_reason_given",
                violation_error_message="Ghi lý do hoàn tác.",
            ),
            models.CheckConstraint(
                name="merge_of_two",
                condition=~Q(kept=F("duplicate")),
                violation_error_code="merge_of_two",
                violation_error_message="Không thể gộp một cơ sở vào chính nó.",
            ),
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(undone_at__isnull=True),
                name="merge_once",
                violation_error_code="merge_once",
                violation_error_message="Cơ sở này đã được gộp.",
            ),
        ]
        triggers = [
            guards.merge_within_province,
            guards.merge_is_kept,
            guards.merge_undone_once,
            guards.merge_carried_out,
        ]

    def __str__(self):
        return f"{self.duplicate} → {self.kept}"


class NotDuplicateQuerySet(scope.ScopedQuerySet):
    province_field = "first__province"


@track()
class NotDuplicate(models.Model):
    """Two facilities that look alike and are not one: a person looked, and they are no longer suggested."""

    first = models.ForeignKey(Facility, models.PROTECT, related_name="+", verbose_name="cơ sở thứ nhất")
    second = models.ForeignKey(Facility, models.PROTECT, related_name="+", verbose_name="cơ sở thứ hai")
    reason = CleanTextField("lý do")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xem xét")
    at = models.DateTimeField("xem xét lúc", auto_now_add=True)

    objects = NotDuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = "cặp cơ sở không trùng"
        verbose_name_plural = "cặp cơ sở không trùng"
        ordering = ["-at", "-pk"]
        constraints = [
            constraints.not_blank("not_duplicate", "reason", "Ghi lý do vì sao hai cơ sở không phải là một."),
            models.CheckConstraint(
                name="not_duplicate_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_code="not_duplicate_in_order",
                violation_error_message="Chọn hai cơ sở khác nhau.",
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="not_duplicate_once",
                violation_error_code="not_duplicate_once",
                violation_error_message="Cặp cơ sở này đã được ghi là không trùng.",
            ),
        ]

    def __str__(self):
        return f"{self.first} ≠ {self.second}"
