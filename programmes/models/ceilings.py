"""Support beyond the rules: a reason, and a second person who confirms it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khuyencong import constraints
from khuyencong.fields import AmountField, CleanTextField
from khuyencong.history import track
from programmes.models import ceiling_guards as guards
from programmes.models.rules import SupportRule
from programmes.models.scheme import Scheme, SchemeBeneficiary
from programmes.querysets import OfSchemeQuerySet

PERSON = settings.AUTH_USER_MODEL


@track()
class CeilingException(models.Model):
    """Why a scheme or one of its facilities may get `amount` đồng although a rule leaves only `most`.

    Who asked wrote the reason; another person confirms it before the scheme is approved. Kept for inspectors.
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="ceiling_exceptions")
    rule = models.ForeignKey(SupportRule, models.PROTECT, verbose_name="mức hỗ trợ")
    benefit = models.ForeignKey(
        SchemeBeneficiary,
        models.CASCADE,
        verbose_name="đơn vị thụ hưởng",
        null=True,
        blank=True,
        help_text="Để trống: cả đề án.",
    )
    most = AmountField("mức còn được hỗ trợ")
    amount = AmountField("số hỗ trợ")
    reason = CleanTextField("lý do vượt mức")
    requested_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi lý do")
    requested_at = models.DateTimeField("ghi lúc")
    confirmed_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người xác nhận", null=True, blank=True
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "lý do vượt mức"
        verbose_name_plural = "lý do vượt mức hỗ trợ"
        ordering = ["pk"]
        constraints = [
            constraints.not_blank("ceiling_exception", "reason", "Nhập lý do vượt mức."),
            constraints.both_or_neither(
                "ceiling_exception", "confirmed_by", "confirmed_at", "Xác nhận phải có người và thời điểm."
            ),
            models.CheckConstraint(
                name="ceiling_exception_second_person",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("requested_by")),
                violation_error_code="ceiling_exception_second_person",
                violation_error_message="Người ghi lý do vượt mức không được tự xác nhận.",
            ),
        ]
        triggers = [guards.exception_unconfirmed_first, guards.exception_confirmed_only, guards.exception_stays]

    def __str__(self):
        return f"{self.scheme.code}: {self.rule}"
