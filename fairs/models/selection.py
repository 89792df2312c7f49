"""Selection of typical rural-industrial products (bình chọn sản phẩm CNNT tiêu biểu, TT 26/2014): cycles, rounds, people."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from fairs.enums import Body, ComplaintOutcome, RoundStatus, Scoring
from fairs.models import selection_guards as guards
from fairs.models.reference import SelectionLevel, SelectionRegion
from khuyencong import constraints
from khuyencong.fields import CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.scope import ScopedQuerySet

PERSON = settings.AUTH_USER_MODEL


@track()
class SelectionCycle(models.Model):
    """One selection of a province, from its first level up to the nation's (đợt bình chọn): rounds of one cohort.

    `year` is that of the provincial round. Cycles are usually every two years; parity is never assumed (Đ14).
    """

    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    year = models.PositiveSmallIntegerField("năm")
    name = CleanCharField("tên đợt bình chọn", max_length=200)
    plan_number = CleanCharField("số kế hoạch", max_length=60, blank=True)
    planned_on = models.DateField("ngày kế hoạch", null=True, blank=True)
    note = CleanTextField("ghi chú", blank=True)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt bình chọn"
        verbose_name_plural = "đợt bình chọn"
        ordering = ["-year", "name", "pk"]
        constraints = [
            constraints.not_blank("selection_cycle", "name", "Nhập tên đợt bình chọn."),
            models.UniqueConstraint(
                fields=["province", "year", "name"],
                name="selection_cycle_once",
                violation_error_code="selection_cycle_once",
                violation_error_message="Đợt bình chọn này đã có.",
            ),
            models.CheckConstraint(
                name="selection_cycle_year_in_range",
                condition=Q(year__gte=2005, year__lte=2100),
                violation_error_code="selection_cycle_year_in_range",
                violation_error_message="Năm phải từ 2005 đến 2100.",
            ),
        ]
        triggers = [guards.cycle_province, guards.cycle_stays]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("fairs:cycle-detail", args=[self.pk])


class SelectionRoundQuerySet(ScopedQuerySet):
    province_field = "cycle__province"

    def concluded(self):
        return self.filter(status=RoundStatus.CONCLUDED)

    def for_list(self):
        return self.select_related("cycle__province", "level", "unit", "region")


@track()
class SelectionRound(models.Model):
    """A cycle's round at one level, as the products of one province took part in it.

    `unit` names the district (until 2025) or commune, `region` the region, where the level asks for one. Points come
    from the sheets of each juror, or are averages written from the minutes of a round that was held on paper.
    `complaints_until` is the last of 15 working days after the announcement (Đ20). A reviewer concludes: the decision,
    its number and day; who made the round may not.
    """

    cycle = models.ForeignKey(SelectionCycle, models.PROTECT, related_name="rounds", verbose_name="đợt bình chọn")
    level = models.ForeignKey(SelectionLevel, models.PROTECT, related_name="rounds", verbose_name="cấp")
    unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="+", verbose_name="huyện, xã", null=True, blank=True
    )
    region = models.ForeignKey(SelectionRegion, models.PROTECT, verbose_name="khu vực", null=True, blank=True)
    opens_on = models.DateField("nhận hồ sơ từ ngày")
    closes_on = models.DateField("đến ngày", null=True, blank=True)
    scoring = models.CharField("cách ghi điểm", max_length=10, choices=Scoring, default=Scoring.SHEETS)
    status = models.CharField(
        "trạng thái", max_length=10, choices=RoundStatus, default=RoundStatus.PREPARING, editable=False
    )
    council_number = CleanCharField("số quyết định lập hội đồng", max_length=60, blank=True)
    council_on = models.DateField("ngày lập hội đồng", null=True, blank=True)
    minutes_number = CleanCharField("số biên bản họp", max_length=60, blank=True)
    minutes_on = models.DateField("ngày họp", null=True, blank=True)
    decision_number = CleanCharField("số quyết định công nhận", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    announced_on = models.DateField("ngày công bố", null=True, blank=True)
    complaints_until = models.DateField("nhận khiếu nại đến ngày", null=True, blank=True, editable=False)
    note = CleanTextField("ghi chú", blank=True)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người lập")
    concluded_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người kết luận", null=True, blank=True, editable=False
    )
    concluded_at = models.DateTimeField("kết luận lúc", null=True, blank=True, editable=False)

    objects = SelectionRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ bình chọn"
        verbose_name_plural = "kỳ bình chọn"
        ordering = ["-opens_on", "-pk"]
        permissions = [("conclude_selectionround", "Kết luận kỳ bình chọn, cấp và thu hồi giấy chứng nhận")]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "level", "unit", "region"],
                name="selection_round_once",
                nulls_distinct=False,
                violation_error_code="selection_round_once",
                violation_error_message="Đợt này đã có kỳ bình chọn của cấp đó.",
            ),
            constraints.dates_in_order(
                "selection_round", "opens_on", "closes_on", "Ngày hết nhận hồ sơ không được trước ngày bắt đầu."
            ),
            constraints.dates_in_order(
                "selection_round", "opens_on", "decided_on", "Ngày quyết định không được trước ngày nhận hồ sơ."
            ),
            constraints.dates_in_order(
                "selection_round", "minutes_on", "decided_on", "Ngày quyết định không được trước ngày họp."
            ),
            constraints.dates_in_order(
                "selection_round", "decided_on", "announced_on", "Ngày công bố không được trước ngày quyết định."
            ),
            constraints.both_or_neither(
                "selection_round", "concluded_by", "concluded_at", "Kết luận phải có người và thời điểm."
            ),
            models.CheckConstraint(
                name="selection_round_concluded_whole",
                condition=Q(status=RoundStatus.CONCLUDED, concluded_at__isnull=False, decided_on__isnull=False)
                & ~Q(decision_number="")
                | ~Q(status=RoundStatus.CONCLUDED) & Q(concluded_at__isnull=True),
                violation_error_code="selection_round_concluded_whole",
                violation_error_message="Kết luận phải có số và ngày quyết định công nhận.",
            ),
            models.CheckConstraint(
                name="selection_round_four_eyes",
                condition=Q(concluded_by__isnull=True) | ~Q(concluded_by=F("created_by")),
                violation_error_code="selection_round_four_eyes",
                violation_error_message="Người lập kỳ bình chọn không được tự kết luận.",
            ),
            models.CheckConstraint(
                name="selection_round_minutes_given",
                condition=~Q(status=RoundStatus.CONCLUDED) | (~Q(minutes_number="") & Q(minutes_on__isnull=False)),
                violation_error_code="selection_round_minutes_given",
                violation_error_message="Ghi số và ngày biên bản họp hội đồng trước khi kết luận.",
            ),
        ]
        triggers = [guards.round_fits, guards.round_steps, guards.round_starts, guards.complaints_follow]

    def __str__(self):
        return f"{self.level} – {self.cycle}" if self.place == "" else f"{self.level} {self.place} – {self.cycle}"

    def get_absolute_url(self):
        return reverse("fairs:round-detail", args=[self.pk])

    @property
    def place(self):
        """The district, commune or region; '' for a whole province or the nation."""
        return self.unit.name if self.unit else self.region.name if self.region else ""

    @property
    def year(self):
        """The year it counts for: of the decision once it is concluded, until then of its opening."""
        return (self.decided_on if self.status == RoundStatus.CONCLUDED else self.opens_on).year

    @property
    def is_open(self):
        """Dossiers may still be registered and changed."""
        return self.status in (RoundStatus.PREPARING, RoundStatus.OPEN)


class OfRoundQuerySet(ScopedQuerySet):
    province_field = "round__cycle__province"


@track()
class RoundMember(models.Model):
    """A person on the council or the jury of a round (TT 26/2014 Đ9, Đ11), by name and office. Never on the public page."""

    class Position(models.TextChoices):
        CHAIR = "chair", "Chủ tịch, Trưởng ban"
        DEPUTY = "deputy", "Phó Chủ tịch, Phó ban"
        MEMBER = "member", "Thành viên"
        SECRETARY = "secretary", "Thư ký"

    round = models.ForeignKey(SelectionRound, models.CASCADE, related_name="members", verbose_name="kỳ bình chọn")
    body = models.CharField("thuộc", max_length=10, choices=Body)
    position = models.CharField("chức danh", max_length=10, choices=Position, default=Position.MEMBER)
    name = CleanCharField("họ và tên", max_length=120)
    office = CleanCharField("chức vụ, đơn vị", max_length=200, blank=True)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên hội đồng, ban giám khảo"
        verbose_name_plural = "thành viên hội đồng, ban giám khảo"
        ordering = ["body", "pk"]
        constraints = [
            constraints.not_blank("round_member", "name", "Nhập họ và tên."),
            models.UniqueConstraint(
                fields=["round", "body", "name", "office"],
                name="round_member_once",
                violation_error_code="round_member_once",
                violation_error_message="Người này đã có trong danh sách.",
            ),
            models.UniqueConstraint(
                fields=["round", "body"],
                condition=Q(position="chair"),
                name="round_member_one_chair",
                violation_error_code="round_member_one_chair",
                violation_error_message="Đã có chủ tịch hoặc trưởng ban.",
            ),
        ]
        triggers = [guards.of_unconcluded("round_member_of_unconcluded")]

    def __str__(self):
        return self.name


@track()
class Complaint(models.Model):
    """A complaint about a round's result (TT 26/2014 Đ20): within 15 working days, answered within 10.

    A late one is kept and says so. `due_on`: the last day for the answer.
    """

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="complaints", verbose_name="kỳ bình chọn")
    entry = models.ForeignKey(
        "Entry", models.PROTECT, related_name="complaints", verbose_name="hồ sơ", null=True, blank=True
    )
    complainant = CleanCharField("người khiếu nại", max_length=200)
    received_on = models.DateField("ngày nhận")
    content = CleanTextField("nội dung")
    due_on = models.DateField("hạn trả lời", editable=False)
    is_late = models.BooleanField("quá thời hạn", default=False, editable=False)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=ComplaintOutcome, blank=True)
    answer = CleanTextField("trả lời", blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người ghi")

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "khiếu nại"
        verbose_name_plural = "khiếu nại"
        ordering = ["-received_on", "-pk"]
        constraints = [
            constraints.not_blank("complaint", "complainant", "Nhập người khiếu nại."),
            constraints.not_blank("complaint", "content", "Nhập nội dung khiếu nại."),
            constraints.dates_in_order(
                "complaint", "received_on", "answered_on", "Ngày trả lời không được trước ngày nhận."
            ),
            models.CheckConstraint(
                name="complaint_answer_whole",
                condition=Q(answered_on__isnull=True, outcome="", answer="")
                | Q(answered_on__isnull=False) & ~Q(outcome="") & ~Q(answer=""),
                violation_error_code="complaint_answer_whole",
                violation_error_message="Trả lời phải có ngày, kết quả và nội dung.",
            ),
        ]
        triggers = [guards.complaint_fits]

    def __str__(self):
        return f"{self.complainant}, {self.received_on:%d/%m/%Y}"
