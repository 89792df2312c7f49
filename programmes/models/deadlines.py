"""By when each step is to be done: rules of law as dated rows, and the deadline of a scheme as they give it."""

import pgtrigger
from django.db import models
from django.db.models import Q

from khuyencong import constraints
from khuyencong.enums import Role
from khuyencong.fields import CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.models.calendar import working_day_sql
from khuyencong.models.guards import kin
from khuyencong.models.places import DatedQuerySet
from khuyencong.triggers import before, refuse
from programmes.enums import Level, Status


class DeadlineKind(models.TextChoices):
    """How the day is found. The last two are reminders that come again: they give a step no deadline."""

    WORKING_DAYS = "working_days", "Số ngày làm việc sau khi chuyển trạng thái"
    CALENDAR_DAYS = "calendar_days", "Số ngày sau khi chuyển trạng thái"
    SCHEME_END = "scheme_end", "Số ngày sau ngày kết thúc của đề án"
    FIXED_DAY = "fixed_day", "Ngày cố định, tính theo năm kế hoạch"
    MONTHLY = "monthly", "Nhắc hằng tháng, vào ngày"
    YEARLY = "yearly", "Nhắc hằng năm, vào ngày"


DATED = (DeadlineKind.FIXED_DAY, DeadlineKind.YEARLY)
REPEATED = (DeadlineKind.MONTHLY, DeadlineKind.YEARLY)
SHORT_MONTH = Q(month__in=[4, 6, 9, 11], number__lte=30) | Q(month=2, number__lte=28)


@track()
class DeadlineRule(models.Model):
    """By when who has to do what with a scheme that stands in one status, by one document and clause (hạn của một bước).

    `number` counts days or is the day of the month. Where a province has rules of its own for a status, they replace those
    of the whole country; of several that are left the earliest day counts.
    """

    level = models.CharField("cấp", max_length=10, choices=Level, blank=True, help_text="Để trống: mọi cấp.")
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="tỉnh, thành phố", null=True, blank=True, help_text="Để trống: cả nước."
    )
    status = models.CharField("khi đề án ở trạng thái", max_length=12, choices=Status)
    role = models.CharField("người phải làm", max_length=15, choices=Role)
    kind = models.CharField("cách tính hạn", max_length=15, choices=DeadlineKind)
    number = models.PositiveSmallIntegerField(
        "số ngày hoặc ngày trong tháng", help_text="“Trước ngày 25” thì ghi 24: ngày cuối cùng còn đúng hạn."
    )
    month = models.PositiveSmallIntegerField("tháng", null=True, blank=True, help_text="Cho ngày cố định, hằng năm.")
    year_offset = models.SmallIntegerField(
        "cách năm kế hoạch", null=True, blank=True, help_text="-1: năm trước; 0: năm kế hoạch; 1: năm sau."
    )
    label = CleanCharField("việc phải làm", max_length=150)
    document = CleanCharField("văn bản", max_length=150)
    clause = CleanCharField("điều khoản", max_length=100, blank=True)
    warn_days = models.PositiveSmallIntegerField("nhắc trước (ngày làm việc)", default=3)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn hiệu lực.")
    is_verified = models.BooleanField(
        "đã kiểm chứng", default=False, help_text="Đã đối chiếu với văn bản gốc. Chưa đánh dấu: cần kiểm tra."
    )
    note = CleanTextField("ghi chú", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "hạn của bước"
        verbose_name_plural = "hạn của các bước"
        ordering = ["status", "level", "-valid_from", "pk"]
        constraints = [
            constraints.not_blank("deadline_rule", "label", "Nhập việc phải làm."),
            constraints.not_blank("deadline_rule", "document", "Nhập văn bản quy định."),
            constraints.dates_in_order(
                "deadline_rule", "valid_from", "valid_to", "Ngày cuối không được trước ngày đầu."
            ),
            models.CheckConstraint(
                name="deadline_rule_real_day",
                condition=~Q(kind__in=[*DATED, DeadlineKind.MONTHLY])
                | Q(kind=DeadlineKind.MONTHLY, number__gte=1, number__lte=28)
                | Q(kind__in=DATED, number__gte=1)
                & (SHORT_MONTH | Q(month__in=[1, 3, 5, 7, 8, 10, 12], number__lte=31)),
                violation_error_code="deadline_rule_real_day",
                violation_error_message="Không có ngày này: hằng tháng ghi từ ngày 1 đến 28; ngày cố định ghi ngày và tháng có thật.",
            ),
            models.CheckConstraint(
                name="deadline_rule_counts_days",
                condition=Q(kind__in=[*REPEATED, DeadlineKind.FIXED_DAY])
                | Q(kind=DeadlineKind.SCHEME_END, number__lte=1000)
                | Q(number__gte=1, number__lte=1000),
                violation_error_code="deadline_rule_counts_days",
                violation_error_message="Số ngày phải từ 1 đến 1.000.",
            ),
            models.CheckConstraint(
                name="deadline_rule_parts_of_kind",
                condition=Q(kind=DeadlineKind.FIXED_DAY, month__isnull=False, year_offset__isnull=False)
                & Q(year_offset__gte=-2, year_offset__lte=3)
                | Q(kind=DeadlineKind.YEARLY, month__isnull=False, year_offset__isnull=True)
                | ~Q(kind__in=DATED) & Q(month__isnull=True, year_offset__isnull=True),
                violation_error_code="deadline_rule_parts_of_kind",
                violation_error_message="Ngày cố định cần tháng và số năm cách năm kế hoạch (từ -2 đến 3); hằng năm chỉ cần tháng; "
                "các cách khác thì để trống cả hai.",
            ),
            models.UniqueConstraint(
                fields=["level", "province", "status", "kind", "document", "valid_from"],
                name="deadline_rule_once",
                nulls_distinct=False,
                violation_error_code="deadline_rule_once",
                violation_error_message="Hạn này của văn bản đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()}: {self.label}"


def began_sql(scheme):
    """SQL: the day on which the scheme came to its status."""
    return f"({scheme}.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


def _successors(province):
    """SQL: the province and those it went into: the offices that are in charge now."""
    return f"""WITH RECURSIVE later(id) AS (
        SELECT {province} UNION SELECT successor_id FROM khuyencong_provincelineage JOIN later ON predecessor_id = later.id
    ) SELECT id FROM later"""


def rules_sql(scheme):
    """SQL: FROM and WHERE of the rows `rule` that bind a scheme in its status since the day it came there."""
    fits = f"""{{0}}.status = {scheme}.status AND {{0}}.level IN ('', {scheme}.level)
        AND {began_sql(scheme)} BETWEEN {{0}}.valid_from AND coalesce({{0}}.valid_to, 'infinity')"""
    of_province = f"{{0}}.province_id IN ({_successors(f'{scheme}.province_id')})"
    return f"""FROM programmes_deadlinerule rule WHERE {fits.format("rule")} AND ({of_province.format("rule")}
        OR rule.province_id IS NULL AND NOT EXISTS (SELECT 1 FROM programmes_deadlinerule own
            WHERE {fits.format("own")} AND own.kind NOT IN ('monthly', 'yearly') AND {of_province.format("own")}))"""


def day_sql(scheme):
    """SQL: the deadline that `rule` gives, NULL for reminders and for a fixed day that had passed when the status began.

    Days counted by the calendar that end on a day off go on to the next working day (Bộ luật Dân sự 2015 Đ148.5).
    """
    began, fixed = began_sql(scheme), f"make_date({scheme}.year + rule.year_offset, rule.month, rule.number)"
    end = f"coalesce({scheme}.adjusted_end_on, {scheme}.end_on)"
    return f"""CASE rule.kind
        WHEN 'working_days' THEN {working_day_sql(began, "rule.number")}
        WHEN 'calendar_days' THEN {working_day_sql(f"{began} + rule.number - 1", "1")}
        WHEN 'scheme_end' THEN {working_day_sql(f"{end} + rule.number - 1", "1")}
        WHEN 'fixed_day' THEN CASE WHEN {fixed} >= {began} THEN {fixed} END END"""


def due_sql(scheme):
    """SQL: the deadline of the step that a scheme waits for, NULL when no rule gives one."""
    return f"(SELECT min({day_sql(scheme)}) {rules_sql(scheme)})"


def binding_rule_sql(scheme):
    """SQL: the id of the rule that gives the scheme its `due_on`, NULL without a deadline."""
    return f"(SELECT rule.id {rules_sql(scheme)} AND {day_sql(scheme)} = {scheme}.due_on ORDER BY rule.id LIMIT 1)"


STRANGER = "%s không phải chuyên viên hoặc người thẩm định đang hoạt động của địa bàn này nên không được giao đề án."
assignee_of_the_place = before(
    "scheme_assignee_of_the_place",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF NEW.assigned_to_id IS NULL THEN RETURN NEW; END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.assigned_to_id IS NOT DISTINCT FROM OLD.assigned_to_id THEN RETURN NEW; END IF;
    END IF;
    SELECT * INTO person FROM khuyencong_user WHERE id = NEW.assigned_to_id;
    IF NOT person.is_active OR person.role NOT IN ('{Role.STAFF.value}', '{Role.REVIEWER.value}')
        OR person.province_id IS NOT NULL AND NOT {kin("person.province_id", "NEW.province_id")}
    THEN {refuse("scheme_assignee_of_the_place", STRANGER, "person.full_name")} END IF;
    """,
    declare=[("person", "RECORD")],
)

# At every write, so that no door leaves a stale deadline; `programmes.deadlines.rebuild` follows rules and holidays.
scheme_due = before("scheme_due", pgtrigger.Insert | pgtrigger.Update, f"NEW.due_on := {due_sql('NEW')};")
