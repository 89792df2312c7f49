"""What came of an event: memoranda, followed until they became contracts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from facilities.models import Facility
from facilities.models.guards import stands
from fairs.enums import DealOutcome
from fairs.models import event_guards as guards
from fairs.models.event import MarketEvent
from khuyencong import constraints
from khuyencong.fields import AmountField, CleanCharField, CleanTextField, SearchKeyField
from khuyencong.history import track
from khuyencong.scope import ScopedQuerySet

PERSON = settings.AUTH_USER_MODEL


class DealQuerySet(ScopedQuerySet):
    province_field = "event__province"

    def memoranda(self):
        """Those that began as a memorandum, whatever became of them."""
        return self.filter(signed_on__isnull=False)

    def contracts(self):
        return self.filter(outcome=DealOutcome.CONTRACT)

    def to_follow(self, day):
        """Open, and due to be asked about by `day`."""
        return self.filter(outcome=DealOutcome.OPEN, follow_up_on__lte=day)

    def for_list(self):
        return self.select_related("event__province", "facility")


@track(exclude=["search_key"])
class Deal(models.Model):
    """A memorandum signed at or after an event, and the contract that came of it (biên bản ghi nhớ, hợp đồng).

    A contract signed at once has no memorandum: `signed_on` and `value` are empty. Of a confirmed event the memoranda
    stay. Values in whole đồng. `facility` is empty when an office signed for many. `follow_up_on`: when to ask the
    facility again, while it is open.
    """

    event = models.ForeignKey(MarketEvent, models.PROTECT, related_name="deals", verbose_name="sự kiện")
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="deals", verbose_name="cơ sở", null=True, blank=True
    )
    partner = CleanCharField("đối tác", max_length=200)
    subject = CleanCharField("hàng hóa, nội dung", max_length=250, blank=True)
    signed_on = models.DateField("ngày ký biên bản ghi nhớ", null=True, blank=True)
    value = AmountField("giá trị ghi nhớ", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=DealOutcome, default=DealOutcome.OPEN)
    contract_on = models.DateField("ngày ký hợp đồng", null=True, blank=True)
    contract_number = CleanCharField("số hợp đồng", max_length=60, blank=True)
    contract_value = AmountField("giá trị hợp đồng", null=True, blank=True)
    outcome_note = CleanCharField("lý do không thành", max_length=250, blank=True)
    follow_up_on = models.DateField("hỏi lại ngày", null=True, blank=True)
    note = CleanTextField("ghi chú", blank=True)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    search_key = SearchKeyField(["partner", "subject", "contract_number"], max_length=600)

    objects = DealQuerySet.as_manager()

    class Meta:
        verbose_name = "biên bản ghi nhớ, hợp đồng"
        verbose_name_plural = "biên bản ghi nhớ, hợp đồng"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["outcome", "follow_up_on"], name="deal_to_follow")]
        constraints = [
            constraints.not_blank("deal", "partner", "Nhập đối tác."),
            constraints.not_negative("deal", "value", "Giá trị ghi nhớ"),
            constraints.not_negative("deal", "contract_value", "Giá trị hợp đồng"),
            constraints.dates_in_order(
                "deal", "signed_on", "contract_on", "Ngày ký hợp đồng không được trước ngày ký biên bản ghi nhớ."
            ),
            models.CheckConstraint(
                name="deal_contract_whole",
                condition=Q(outcome=DealOutcome.CONTRACT, contract_on__isnull=False)
                | ~Q(outcome=DealOutcome.CONTRACT)
                & Q(contract_on__isnull=True, contract_number="", contract_value__isnull=True),
                violation_error_code="deal_contract_whole",
                violation_error_message="Đã thành hợp đồng thì nhập ngày ký hợp đồng; chưa thành thì để trống phần hợp đồng.",
            ),
            models.CheckConstraint(
                name="deal_value_of_memorandum",
                condition=Q(value__isnull=True) | Q(signed_on__isnull=False),
                violation_error_code="deal_value_of_memorandum",
                violation_error_message="Hợp đồng ký ngay không có biên bản ghi nhớ: để trống giá trị ghi nhớ.",
            ),
            models.CheckConstraint(
                name="deal_begins",
                condition=Q(signed_on__isnull=False) | Q(contract_on__isnull=False),
                violation_error_code="deal_begins",
                violation_error_message="Nhập ngày ký biên bản ghi nhớ, hoặc ngày ký hợp đồng nếu ký ngay.",
            ),
            models.CheckConstraint(
                name="deal_dropped_has_reason",
                condition=~Q(outcome=DealOutcome.DROPPED) | ~Q(outcome_note=""),
                violation_error_code="deal_dropped_has_reason",
                violation_error_message="Ghi lý do không thành.",
            ),
            models.CheckConstraint(
                name="deal_followed_while_open",
                condition=Q(follow_up_on__isnull=True) | Q(outcome=DealOutcome.OPEN),
                violation_error_code="deal_followed_while_open",
                violation_error_message="Chỉ hẹn hỏi lại khi chưa có kết quả.",
            ),
        ]
        triggers = [stands("deal_of_standing"), guards.deal_fits, guards.deal_of_confirmed]

    def __str__(self):
        return f"{self.partner} – {self.event}"

    def get_absolute_url(self):
        return reverse("fairs:deal-detail", args=[self.pk])

    def is_late(self, day):
        """It is open, and was to be asked about before `day`."""
        return self.outcome == DealOutcome.OPEN and self.follow_up_on is not None and self.follow_up_on < day


class FollowUpQuerySet(ScopedQuerySet):
    province_field = "deal__event__province"


@track()
class FollowUp(models.Model):
    """What was heard when a facility was asked what became of a memorandum. Never changed."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="follow_ups", verbose_name="biên bản, hợp đồng")
    asked_on = models.DateField("ngày hỏi", default=timezone.localdate)
    answer = CleanTextField("nội dung")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người hỏi")
    at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "lần theo dõi"
        verbose_name_plural = "lần theo dõi"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            constraints.not_blank("follow_up", "answer", "Ghi nội dung trả lời."),
            models.CheckConstraint(
                name="follow_up_not_before_events",
                condition=Q(asked_on__gte="2005-01-01"),
                violation_error_code="follow_up_not_before_events",
                violation_error_message="Kiểm tra lại ngày hỏi.",
            ),
        ]
        triggers = [guards.stays("follow_up_stays", "Lần theo dõi đã ghi thì giữ nguyên; hãy ghi thêm một lần mới.")]

    def __str__(self):
        return f"{self.deal}, {self.asked_on:%d/%m/%Y}"
