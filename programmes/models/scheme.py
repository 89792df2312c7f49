"""A scheme, who benefits from it and what came of it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate
from django.urls import reverse

from facilities.models import Facility
from facilities.models.guards import stands
from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField, CleanTextField, SearchKeyField
from khuyencong.history import track
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.models.guards import place_of_record
from programmes.enums import EDITABLE, FINISHED, STAMPED, TONES, UNDER_REVIEW, Kind, Level, Selection, Status
from programmes.models import budget_guards, ceiling_guards, dossier_guards, guards, money_guards
from programmes.models.deadlines import assignee_of_the_place, scheme_due
from programmes.models.reference import ActivityContent, ImplementingUnit, Indicator, Programme
from programmes.querysets import BeneficiaryQuerySet, ResultQuerySet, SchemeQuerySet

PERSON = settings.AUTH_USER_MODEL
SETTLED = (Status.SETTLED, Status.CLOSED)
DECISION = ("decision_number", "decision_on", "decided_at", "decided_by")


def _all_null(fields, is_null):
    return Q(**{f"{field}__isnull": is_null for field in fields})


@track(exclude=["search_key", "version", "due_on", "entry_token"])
class Scheme(models.Model):
    """A khuyến công scheme or task: fixed contents, beneficiaries, time and money (NĐ 45/2012 Đ2.3).

    `province` is the unit of the scheme's time, not today's. Money stands in its funding lines, one a source.
    """

    code = models.CharField("mã", max_length=20, unique=True)
    name = CleanCharField("tên đề án", max_length=400)
    kind = models.CharField("loại", max_length=10, choices=Kind, default=Kind.SCHEME)
    level = models.CharField("cấp", max_length=10, choices=Level, default=Level.LOCAL)
    is_flagship = models.BooleanField(
        "đề án điểm", default=False, help_text="Từ hai nội dung gắn với nhau, quy mô lớn, trên một năm."
    )
    is_group = models.BooleanField(
        "đề án nhóm", default=False, help_text="Đơn vị thụ hưởng xác định sau, trong kế hoạch chi tiết."
    )
    selection = models.CharField("phương thức lựa chọn", max_length=10, choices=Selection, default=Selection.CHOICE)
    year = models.PositiveSmallIntegerField("năm kế hoạch")
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="+",
        verbose_name="xã, phường",
        null=True,
        blank=True,
        help_text="Để trống nếu thực hiện ở nhiều xã.",
    )
    commune_today = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="schemes",
        verbose_name="xã, phường hiện nay",
        null=True,
        blank=True,
        editable=False,
    )
    former_district = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="+",
        verbose_name="huyện",
        null=True,
        blank=True,
        help_text="Cho đề án trước ngày 01/7/2025.",
    )
    location = CleanCharField("địa điểm", max_length=250, blank=True, help_text="Thôn, khu, hoặc các xã thực hiện.")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="chương trình", null=True, blank=True)
    content = models.ForeignKey(ActivityContent, models.PROTECT, verbose_name="nội dung hoạt động")
    implementing_unit = models.ForeignKey(ImplementingUnit, models.PROTECT, verbose_name="đơn vị thực hiện")
    objective = CleanTextField("mục tiêu, quy mô", blank=True)
    start_on = models.DateField("ngày bắt đầu", null=True, blank=True)
    end_on = models.DateField("ngày kết thúc", null=True, blank=True)
    adjusted_end_on = models.DateField("ngày kết thúc sau điều chỉnh", null=True, blank=True, editable=False)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)

    assigned_to = models.ForeignKey(
        PERSON, models.PROTECT, related_name="assigned_schemes", verbose_name="người thụ lý", null=True, blank=True
    )
    due_on = models.DateField("hạn của bước này", null=True, blank=True, editable=False)
    status = models.CharField("trạng thái", max_length=12, choices=Status, default=Status.DRAFT)
    status_at = models.DateTimeField("chuyển lúc")
    status_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người chuyển")
    status_reason = CleanTextField("lý do, ý kiến", blank=True)
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người gửi", null=True, blank=True
    )
    decision_number = CleanCharField("số quyết định", max_length=60, null=True, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_at = models.DateTimeField("ghi quyết định lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người quyết định", null=True, blank=True
    )
    accepted_on = models.DateField("ngày nghiệm thu", null=True, blank=True)
    settled_on = models.DateField("ngày quyết toán", null=True, blank=True)
    settled_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người duyệt quyết toán", null=True, blank=True
    )
    settlement_number = CleanCharField("số văn bản quyết toán", max_length=60, null=True, blank=True)

    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người lập")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    version = models.PositiveIntegerField("lần lưu", default=1, editable=False)
    entry_token = models.UUIDField(
        "mã lần lập", null=True, editable=False
    )  # of the form: sent twice, it makes one draft
    search_key = SearchKeyField(["code", "name", "place_names", "decision_number"], max_length=900)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "đề án"
        verbose_name_plural = "đề án"
        ordering = ["-year", "-pk"]
        permissions = [("decide_scheme", "Thẩm định, quyết định đề án")]
        indexes = [
            models.Index(fields=["province", "-year", "-id"], name="scheme_list"),
            models.Index(fields=["-year", "-id"], name="scheme_list_national"),
            models.Index(fields=["status", "province"], name="scheme_waiting"),
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="scheme_search"),
            models.Index(Collate("search_key", "C"), name="scheme_search_start"),
            models.Index(OpClass("decision_number", name="varchar_pattern_ops"), name="scheme_decision_number"),
            models.Index(OpClass("settlement_number", name="varchar_pattern_ops"), name="scheme_settlement_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry_token"],
                name="scheme_entered_once",
                violation_error_code="scheme_entered_once",
                violation_error_message="Bản này đã được lưu thành một đề án.",
            ),
            constraints.not_blank("scheme", "name", "Nhập tên đề án."),
            constraints.nfc("scheme", "name"),
            constraints.dates_in_order("scheme", "start_on", "end_on", "Ngày kết thúc không được trước ngày bắt đầu."),
            constraints.dates_in_order(
                "scheme", "decision_on", "accepted_on", "Ngày nghiệm thu không được trước ngày quyết định phê duyệt."
            ),
            constraints.dates_in_order(
                "scheme", "accepted_on", "settled_on", "Ngày quyết toán không được trước ngày nghiệm thu."
            ),
            models.CheckConstraint(
                name="scheme_year_in_range",
                condition=Q(year__gte=2005, year__lte=2100),
                violation_error_code="scheme_year_in_range",
                violation_error_message="Năm kế hoạch phải từ 2005 đến 2100.",
            ),
            models.CheckConstraint(
                name="scheme_status_known",
                condition=Q(status__in=Status.values),
                violation_error_code="scheme_status_known",
                violation_error_message="Trạng thái không có trong quy trình.",
            ),
            models.CheckConstraint(
                name="scheme_submitted_stamp",
                condition=Q(status=Status.DRAFT) & _all_null(["submitted_at", "submitted_by"], True)
                | ~Q(status=Status.DRAFT) & _all_null(["submitted_at", "submitted_by"], False),
                violation_error_code="scheme_submitted_stamp",
                violation_error_message="Đề án đã gửi phải có người gửi và thời điểm gửi.",
            ),
            models.CheckConstraint(
                name="scheme_decision_stamp",
                condition=Q(status__in=STAMPED) & _all_null(DECISION, False)
                | ~Q(status__in=STAMPED) & _all_null(DECISION, True),
                violation_error_code="scheme_decision_stamp",
                violation_error_message="Quyết định phải có số, ngày và người quyết định.",
            ),
            models.CheckConstraint(
                name="scheme_accepted_stamp",
                condition=Q(status__in=FINISHED, accepted_on__isnull=False)
                | ~Q(status__in=FINISHED) & Q(accepted_on__isnull=True),
                violation_error_code="scheme_accepted_stamp",
                violation_error_message="Nghiệm thu phải có ngày nghiệm thu.",
            ),
            models.CheckConstraint(
                name="scheme_settled_stamp",
                condition=Q(status__in=SETTLED) & _all_null(["settled_on", "settled_by", "settlement_number"], False)
                | ~Q(status__in=SETTLED) & _all_null(["settled_on", "settled_by", "settlement_number"], True),
                violation_error_code="scheme_settled_stamp",
                violation_error_message="Quyết toán phải có số văn bản, ngày và người duyệt.",
            ),
            models.CheckConstraint(
                name="scheme_decision_number_given",
                condition=Q(decision_number__isnull=True) | ~Q(decision_number=""),
                violation_error_code="scheme_decision_number_given",
                violation_error_message="Nhập số quyết định hoặc số văn bản.",
            ),
            models.CheckConstraint(
                name="scheme_decision_reason_given",
                condition=~Q(status__in=[Status.RETURNED, Status.REJECTED, Status.APPROVED]) | ~Q(status_reason=""),
                violation_error_code="scheme_decision_reason_given",
                violation_error_message="Quyết định phải ghi lý do hoặc ý kiến.",
            ),
            models.CheckConstraint(
                name="scheme_four_eyes",
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("created_by")) & ~Q(decided_by=F("submitted_by")),
                violation_error_code="scheme_four_eyes",
                violation_error_message="Người lập hoặc người gửi đề án không được tự quyết định đề án đó.",
            ),
            models.CheckConstraint(
                name="scheme_settled_by_another",
                condition=Q(settled_by__isnull=True)
                | ~Q(settled_by=F("created_by")) & ~Q(settled_by=F("submitted_by")),
                violation_error_code="scheme_settled_by_another",
                violation_error_message="Người lập hoặc người gửi đề án không được tự duyệt quyết toán.",
            ),
        ]
        triggers = [
            guards.starts_as_draft,
            guards.steps,
            dossier_guards.complete,
            ceiling_guards.within_ceilings,
            money_guards.settlement_booked,
            money_guards.books_even_at_close,
            money_guards.end_as_adjusted,
            guards.locked_once_sent,
            guards.decision_is_final,
            guards.stamped_by_steps_only,
            guards.only_drafts_go,
            guards.counts_versions,
            scheme_due,
            assignee_of_the_place,
            guards.province_of_the_year("scheme_province_of_the_year"),
            guards.source_open_in_year("scheme_sources_open_in_year", "NEW.id"),
            guards.parts_of_the_place,
            budget_guards.scheme_within_budget,
            place_of_record,
        ]

    def __str__(self):
        return f"{self.code} {self.name}" if self.code else self.name

    def get_absolute_url(self):
        return reverse("programmes:scheme-detail", args=[self.pk])

    @property
    def is_editable(self):
        """Its content may be changed: it is a draft or was returned."""
        return self.status in EDITABLE

    @property
    def tone(self):
        """How its status is coloured: wait, good, bad or ''."""
        return TONES.get(self.status, "")

    @property
    def place(self):
        """'xóm 3, xã Diễn Kỷ, Diễn Châu'; '' for a scheme of the whole province."""
        unit = Facility.place.fget(self)
        return ", ".join(part for part in (self.location, unit) if part)

    @property
    def place_names(self):
        """What a search for its place may name: communes and district, old and new."""
        commune = self.commune
        today = self.commune_today or (commune and commune.today())
        units = (commune, commune and commune.parent, self.former_district, today)
        return " ".join([self.location, *dict.fromkeys(unit.name for unit in units if unit)])


class SchemePart(models.Model):
    """What every part of a scheme shares."""

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name} của {self.scheme.code}"


@track()
class SchemeBeneficiary(SchemePart):
    """What one facility gets from one scheme, in whole đồng (đơn vị thụ hưởng, TT 36/2013 Đ2.2)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="beneficiaries")
    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="cơ sở", related_name="benefits")
    cost_item = CleanCharField(
        "hạng mục được hỗ trợ", max_length=200, blank=True, help_text="Máy, thiết bị, mô hình… được trả bằng tiền này."
    )
    base_cost = AmountField(
        "chi phí làm căn cứ", null=True, blank=True, help_text="Đồng: giá trị hạng mục để tính tỷ lệ hỗ trợ."
    )
    is_priority = models.BooleanField("áp dụng hệ số ưu tiên", default=False)
    priority_ground = CleanCharField("căn cứ ưu tiên", max_length=200, blank=True)
    proposed_amount = AmountField("hỗ trợ đề nghị", default=0)
    approved_amount = AmountField("hỗ trợ phê duyệt", null=True, blank=True)
    adjusted_amount = AmountField("hỗ trợ sau điều chỉnh", null=True, blank=True, editable=False)

    objects = BeneficiaryQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị thụ hưởng"
        verbose_name_plural = "đơn vị thụ hưởng"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "facility"],
                name="beneficiary_once",
                violation_error_code="beneficiary_once",
                violation_error_message="Cơ sở này đã có trong đề án.",
            ),
            constraints.not_negative("beneficiary", "proposed_amount", "Số hỗ trợ đề nghị"),
            constraints.not_negative("beneficiary", "approved_amount", "Số hỗ trợ phê duyệt"),
            constraints.not_negative("beneficiary", "adjusted_amount", "Số hỗ trợ sau điều chỉnh"),
            constraints.not_negative("beneficiary", "base_cost", "Chi phí làm căn cứ"),
            models.CheckConstraint(
                name="beneficiary_priority_ground_given",
                condition=Q(is_priority=False) | ~Q(priority_ground=""),
                violation_error_code="beneficiary_priority_ground_given",
                violation_error_message="Ghi căn cứ ưu tiên, ví dụ: địa bàn đặc biệt khó khăn, sản phẩm tiêu biểu.",
            ),
        ]
        triggers = [
            *guards.stage_locks(
                "beneficiary",
                {
                    "scheme_id": [],
                    "facility_id": EDITABLE,
                    "proposed_amount": EDITABLE,
                    "cost_item": EDITABLE,
                    "base_cost": EDITABLE,
                    "is_priority": EDITABLE,
                    "approved_amount": UNDER_REVIEW,
                },
                added_also=f"({guards.NAMED_LATER}) OR ({guards.ADDED_BY_ADJUSTMENT})",
                changed_also=guards.NAMED_LATER,
            ),
            money_guards.benefit_as_adjusted,
            money_guards.benefit_covers_what_was_paid,
            guards.beneficiary_of_the_place,
            stands("beneficiary_of_standing"),
            guards.beneficiaries_within_support(
                "beneficiary_within_support", pgtrigger.Insert | pgtrigger.Update, "NEW.scheme_id"
            ),
        ]

    @property
    def agreed_amount(self):
        """What was approved, as adjusted since; None before the decision."""
        return self.approved_amount if self.adjusted_amount is None else self.adjusted_amount


@track()
class SchemeResult(SchemePart):
    """What a scheme is to give and gave, counted in one indicator."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="results")
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="chỉ tiêu")
    planned = models.DecimalField("kế hoạch", max_digits=14, decimal_places=2, default=0)
    actual = models.DecimalField("thực hiện", max_digits=14, decimal_places=2, null=True, blank=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả"
        verbose_name_plural = "kết quả"
        ordering = ["indicator__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "indicator"],
                name="result_indicator_once",
                violation_error_code="result_indicator_once",
                violation_error_message="Chỉ tiêu này đã có trong đề án.",
            ),
            constraints.not_negative("result", "planned", "Số kế hoạch"),
            constraints.not_negative("result", "actual", "Số thực hiện"),
        ]
        triggers = guards.stage_locks(
            "result",
            {
                "scheme_id": [],
                "indicator_id": EDITABLE,
                "planned": EDITABLE,
                "actual": [Status.IN_PROGRESS, Status.ACCEPTED, Status.LIQUIDATED],
            },
        )
