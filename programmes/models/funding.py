"""Money: what each source gives to a scheme at each stage, and money of a plan that belongs to no single scheme."""

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.triggers import before, refuse
from programmes.enums import EDITABLE, UNDER_REVIEW, Status
from programmes.models import budget_guards, guards, money_guards
from programmes.models.reference import FundingSource, Programme
from programmes.models.scheme import Scheme, SchemePart
from programmes.querysets import FundingLineQuerySet, PlanFundingQuerySet


def stages(model, agreed="approved_amount"):
    """Proposed >= approved, and what is `agreed` today >= settled; only with a reason is more approved than proposed."""
    return [
        constraints.not_negative(model, "proposed_amount", "Số đề nghị"),
        constraints.not_negative(model, "approved_amount", "Số phê duyệt"),
        constraints.not_negative(model, "settled_amount", "Số quyết toán"),
        models.CheckConstraint(
            name=f"{model}_approved_within_proposed",
            condition=Q(approved_amount__isnull=True)
            | Q(approved_amount__lte=F("proposed_amount"))
            | ~Q(adjustment_reason=""),
            violation_error_code=f"{model}_approved_within_proposed",
            violation_error_message="Số phê duyệt lớn hơn số đề nghị. Giảm số phê duyệt, hoặc ghi lý do điều chỉnh.",
        ),
        within(f"{model}_settled_within_approved", "settled_amount", agreed, "Số quyết toán", "số phê duyệt"),
    ]


def within(name, less, more, label, of):
    """The amount `less` is empty, or `more` is given and not below it."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{less}__isnull": True}) | Q(**{f"{less}__lte": Coalesce(more, Value(Decimal(-1)))}),
        violation_error_code=name,
        violation_error_message=f"{label} không được lớn hơn {of}.",
    )


AGREED_AMOUNT = Coalesce("adjusted_amount", "approved_amount")


@track()
class FundingLine(SchemePart):
    """What one source gives to one scheme, at each stage, in whole đồng (NĐ 45/2012 Đ11-14)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="funding_lines")
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="nguồn")
    proposed_amount = AmountField("đề nghị", default=0)
    approved_amount = AmountField("phê duyệt", null=True, blank=True)
    adjusted_amount = AmountField("sau điều chỉnh", null=True, blank=True, editable=False)
    accepted_amount = AmountField("nghiệm thu", null=True, blank=True)
    settled_amount = AmountField("quyết toán", null=True, blank=True)
    adjustment_reason = CleanCharField("lý do điều chỉnh", max_length=300, blank=True)

    objects = FundingLineQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng kinh phí"
        verbose_name_plural = "dòng kinh phí"
        ordering = ["source__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "source"],
                name="funding_line_source_once",
                violation_error_code="funding_line_source_once",
                violation_error_message="Mỗi nguồn chỉ ghi một dòng trong một đề án.",
            ),
            *stages("funding_line", AGREED_AMOUNT),
            constraints.not_negative("funding_line", "adjusted_amount", "Số sau điều chỉnh"),
            constraints.not_negative("funding_line", "accepted_amount", "Giá trị nghiệm thu"),
            within(
                "funding_line_accepted_within_approved",
                "accepted_amount",
                AGREED_AMOUNT,
                "Giá trị nghiệm thu",
                "số phê duyệt sau điều chỉnh",
            ),
            within(
                "funding_line_settled_within_accepted",
                "settled_amount",
                "accepted_amount",
                "Số quyết toán",
                "giá trị nghiệm thu",
            ),
        ]
        triggers = [
            *guards.stage_locks(
                "funding_line",
                {
                    "scheme_id": [],
                    "source_id": EDITABLE,
                    "proposed_amount": EDITABLE,
                    "approved_amount": UNDER_REVIEW,
                    "adjustment_reason": UNDER_REVIEW,
                    "accepted_amount": [Status.IN_PROGRESS, Status.ACCEPTED],
                    "settled_amount": [Status.ACCEPTED, Status.LIQUIDATED],
                },
                added_also=guards.ADDED_BY_ADJUSTMENT,
            ),
            money_guards.line_adds_up_over_years,
            money_guards.line_as_adjusted,
            money_guards.line_covers_what_was_paid,
            guards.source_open_in_year("funding_line_source_open_in_year", "NEW.scheme_id"),
            guards.beneficiaries_within_support("funding_line_covers_beneficiaries", pgtrigger.Update, "NEW.scheme_id"),
            guards.beneficiaries_within_support("funding_line_gone_still_covers", pgtrigger.Delete, "OLD.scheme_id"),
            budget_guards.line_within_budget,
        ]

    @property
    def amount(self):
        """What counts today: approved once decided, as adjusted since; proposed before."""
        return self.proposed_amount if self.agreed_amount is None else self.agreed_amount

    @property
    def agreed_amount(self):
        """What was approved, as adjusted since; None before the decision."""
        return self.approved_amount if self.adjusted_amount is None else self.adjusted_amount


@track(exclude=["version"])
class PlanFunding(models.Model):
    """Money of a year's plan that belongs to no single scheme, such as what districts gave beside their province's schemes.

    Written down by staff from a decision; counts in reports once a reviewer has confirmed it against that decision.
    """

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="chương trình", null=True, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="nguồn")
    purpose = CleanCharField("nội dung", max_length=250)
    proposed_amount = AmountField("dự toán", default=0)
    approved_amount = AmountField("phê duyệt")
    settled_amount = AmountField("quyết toán", null=True, blank=True)
    adjustment_reason = CleanCharField("lý do điều chỉnh", max_length=300, blank=True)
    decision_number = CleanCharField("số quyết định", max_length=60)
    decision_on = models.DateField("ngày quyết định")
    note = CleanTextField("ghi chú", blank=True)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xác nhận", null=True, blank=True
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    version = models.PositiveIntegerField("lần lưu", default=1, editable=False)

    objects = PlanFundingQuerySet.as_manager()

    class Meta:
        verbose_name = "kinh phí ngoài đề án"
        verbose_name_plural = "kinh phí ngoài đề án"
        ordering = ["-year", "source__position", "-pk"]
        permissions = [("decide_planfunding", "Xác nhận kinh phí ngoài đề án")]
        indexes = [models.Index(fields=["province", "-year", "-id"], name="plan_funding_list")]
        constraints = [
            *stages("plan_funding"),
            constraints.not_blank("plan_funding", "decision_number", "Nhập số quyết định."),
            constraints.not_blank("plan_funding", "purpose", "Nhập nội dung."),
            models.CheckConstraint(
                name="plan_funding_year_in_range",
                condition=Q(year__gte=2005, year__lte=2100),
                violation_error_code="plan_funding_year_in_range",
                violation_error_message="Năm phải từ 2005 đến 2100.",
            ),
            constraints.both_or_neither(
                "plan_funding", "confirmed_by", "confirmed_at", "Xác nhận phải có người và thời điểm."
            ),
            models.CheckConstraint(
                name="plan_funding_four_eyes",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("created_by")),
                violation_error_code="plan_funding_four_eyes",
                violation_error_message="Người ghi không được tự xác nhận.",
            ),
        ]
        triggers = [
            before(
                "plan_funding_source_open",
                pgtrigger.Insert | pgtrigger.Update,
                """
                SELECT name, to_char(valid_to, 'DD/MM/YYYY') AS last_day INTO closed FROM programmes_fundingsource
                    WHERE code = NEW.source_id AND valid_to < NEW.decision_on;
                IF FOUND THEN """
                + refuse(
                    "plan_funding_source_open",
                    "%s chỉ được quyết định đến hết ngày %s.",
                    "closed.name",
                    "closed.last_day",
                )
                + " END IF;",
                declare=[("closed", "RECORD")],
            ),
            before(
                "plan_funding_confirmed_is_final",
                pgtrigger.Update,
                "IF OLD.confirmed_at IS NOT NULL THEN "
                + refuse("plan_funding_confirmed_is_final", "Khoản đã xác nhận thì không sửa được nữa.")
                + " END IF;",
            ),
            guards.province_of_the_year("plan_funding_province_of_the_year"),
            budget_guards.plan_funding_within_budget,
            before("plan_funding_counts_versions", pgtrigger.Update, "NEW.version := OLD.version + 1;"),
            before(
                "plan_funding_stays",
                pgtrigger.Delete,
                "IF OLD.confirmed_at IS NOT NULL THEN "
                + refuse("plan_funding_stays", "Khoản đã xác nhận thì không xóa được.")
                + " END IF;",
            ),
        ]

    def __str__(self):
        return f"{self.purpose} ({self.year})"

    def get_absolute_url(self):
        return reverse("programmes:plan-funding-list")
