"""What a province may spend on khuyến công in a year, source by source, as decisions allocated it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.scope import ScopedQuerySet
from programmes.models import budget_guards, guards
from programmes.models.reference import FundingSource

PERSON = settings.AUTH_USER_MODEL


class YearBudgetQuerySet(ScopedQuerySet):
    def of_year(self, year):
        return self.filter(year=year)


@track()
class YearBudget(models.Model):
    """The khuyến công budget of one province, year and source (dự toán năm): its decisions say how much it is.

    Once one of them is confirmed, no more than their sum can be committed. A source without a budget is not limited.
    """

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    year = models.PositiveSmallIntegerField("năm")
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="nguồn")
    note = CleanTextField("ghi chú", blank=True)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)

    objects = YearBudgetQuerySet.as_manager()

    class Meta:
        verbose_name = "dự toán năm"
        verbose_name_plural = "dự toán năm"
        ordering = ["-year", "source__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "year", "source"],
                name="year_budget_once",
                violation_error_code="year_budget_once",
                violation_error_message="Nguồn này đã có dự toán của năm: ghi thêm quyết định vào dự toán đó.",
            ),
            models.CheckConstraint(
                name="year_budget_year_in_range",
                condition=Q(year__gte=2005, year__lte=2100),
                violation_error_code="year_budget_year_in_range",
                violation_error_message="Năm phải từ 2005 đến 2100.",
            ),
        ]
        triggers = [
            budget_guards.budget_of_support,
            guards.province_of_the_year("year_budget_province_of_the_year"),
        ]

    def __str__(self):
        return f"{self.source} năm {self.year}, {self.province.name}"

    def get_absolute_url(self):
        return reverse("programmes:budget-list", query={"year": self.year})


class AllocationQuerySet(ScopedQuerySet):
    province_field = "budget__province"

    def confirmed(self):
        """Checked against its decision by a second person: only these count."""
        return self.filter(confirmed_at__isnull=False)

    def awaiting_confirmation(self):
        return self.filter(confirmed_at__isnull=True)

    def named(self):
        return self.select_related("budget__province", "budget__source", "created_by", "confirmed_by")


@track(exclude=["version"])
class Allocation(models.Model):
    """One decision about a year's budget: given, added, cut or carried over. Not a payment.

    Staff write it down; it counts once a reviewer has confirmed it against the decision, and then never changes.
    """

    class Kind(models.TextChoices):
        INITIAL = "initial", "Giao đầu năm"
        SUPPLEMENT = "supplement", "Bổ sung, điều chỉnh tăng"
        CUT = "cut", "Cắt giảm, điều chỉnh giảm"
        CARRIED = "carried", "Chuyển từ năm trước sang"
        TRANSFERRED = "transferred", "Chuyển sang năm sau"

    LESS = (Kind.CUT, Kind.TRANSFERRED)

    budget = models.ForeignKey(YearBudget, models.PROTECT, verbose_name="dự toán", related_name="allocations")
    kind = models.CharField("loại quyết định", max_length=12, choices=Kind, default=Kind.INITIAL)
    amount = AmountField("số tiền", help_text="Đồng; số âm khi cắt giảm hoặc chuyển sang năm sau.")
    decision_number = CleanCharField("số quyết định", max_length=60)
    decision_on = models.DateField("ngày quyết định")
    authority = CleanCharField("cơ quan ban hành", max_length=150, blank=True)
    note = CleanTextField("ghi chú", blank=True)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người xác nhận", null=True, blank=True
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    version = models.PositiveIntegerField("lần lưu", default=1, editable=False)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định dự toán"
        verbose_name_plural = "quyết định dự toán"
        ordering = ["decision_on", "pk"]
        permissions = [("decide_allocation", "Xác nhận quyết định dự toán")]
        constraints = [
            models.CheckConstraint(
                name="allocation_sign_of_kind",
                condition=Q(kind__in=["initial", "supplement", "carried"], amount__gt=0)
                | Q(kind__in=["cut", "transferred"], amount__lt=0),
                violation_error_code="allocation_sign_of_kind",
                violation_error_message="Số tiền phải lớn hơn 0: giao, bổ sung, nhận chuyển là cộng; "
                "cắt giảm, chuyển đi là trừ.",
            ),
            models.UniqueConstraint(
                fields=["budget", "kind", "decision_number", "decision_on"],
                name="allocation_once",
                violation_error_code="allocation_once",
                violation_error_message="Quyết định này đã được ghi cho nguồn này.",
            ),
            constraints.not_blank("allocation", "decision_number", "Nhập số quyết định."),
            constraints.both_or_neither(
                "allocation", "confirmed_by", "confirmed_at", "Xác nhận phải có người và thời điểm."
            ),
            models.CheckConstraint(
                name="allocation_four_eyes",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("created_by")),
                violation_error_code="allocation_four_eyes",
                violation_error_message="Người ghi không được tự xác nhận.",
            ),
        ]
        triggers = [
            budget_guards.allocation_is_final,
            budget_guards.allocation_stays,
            budget_guards.allocation_counts_versions,
            budget_guards.allocation_covers_committed,
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.decision_number} ({self.budget})"

    def get_absolute_url(self):
        return self.budget.get_absolute_url()

    @property
    def magnitude(self):
        """The amount as the decision writes it, without a sign."""
        return abs(self.amount)
