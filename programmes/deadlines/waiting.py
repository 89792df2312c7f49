"""For whom a scheme waits, since when and by when: one definition for the worktable, lists, reminders and overviews."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from khuyencong.calendar import WorkingDays
from khuyencong.enums import Role
from programmes.actions import PLANNED_IN
from programmes.enums import Status
from programmes.models import DeadlineRule, FundingLine, LedgerEntry, Scheme, SchemeBeneficiary
from programmes.models.deadlines import binding_rule_sql

STAFF, REVIEWER = Role.STAFF, Role.REVIEWER
WAITS = {
    Status.DRAFT: (STAFF, "Hoàn thiện rồi gửi thẩm định"),
    Status.RETURNED: (STAFF, "Bổ sung theo ý kiến rồi gửi lại"),
    Status.SUBMITTED: (REVIEWER, "Thẩm định hồ sơ"),
    Status.APPRAISED: (STAFF, "Đăng ký với Cục"),
    Status.REGISTERED: (REVIEWER, "Ghi kết quả thẩm định của Cục"),
    Status.MINISTRY: (REVIEWER, "Ghi quyết định phê duyệt"),
    Status.APPROVED: (STAFF, "Ký hợp đồng, bắt đầu thực hiện"),
    Status.CONTRACTED: (STAFF, "Bắt đầu thực hiện"),
    Status.DETAILED: (STAFF, "Bắt đầu thực hiện"),
    Status.IN_PROGRESS: (STAFF, "Ghi kết quả; xong thì nghiệm thu"),
    Status.ACCEPTED: (STAFF, "Lập hồ sơ quyết toán"),
    Status.LIQUIDATED: (REVIEWER, "Duyệt quyết toán"),
    Status.SETTLED: (REVIEWER, "Kết thúc"),
}
OTHERWISE = {  # what the other one of the two roles has to do
    Status.ACCEPTED: "Duyệt quyết toán",  # every source has its figure of the settlement
    Status.APPROVED: "Duyệt kế hoạch chi tiết",  # a group whose plan names its beneficiaries
    Status.CONTRACTED: "Duyệt kế hoạch chi tiết",
    Status.SETTLED: "Ghi hoàn trả hoặc thanh toán nốt phần chênh lệch",  # the books are uneven
}
PLAN_OF_GROUP = "Lập, trình kế hoạch chi tiết của đề án nhóm"
OPEN = tuple(WAITS)
CLOSING_YEARS = 2  # a settled scheme waits in its plan year and the next; an older one is looked up
BY_REVIEWER = [status for status, (role, _) in WAITS.items() if role == REVIEWER]


def waiting(schemes):
    """Of a QuerySet of schemes, those that wait for somebody.

    Annotates `waits_for` (role) and `holder` (id of the person: the assignee of that role, else for staff who wrote it;
    None: anyone of the role).
    """
    unsettled = FundingLine.objects.filter(scheme=OuterRef("pk"), settled_amount__isnull=True)
    ready = Q(status=Status.ACCEPTED) & ~Exists(unsettled)
    named = SchemeBeneficiary.objects.filter(scheme=OuterRef("pk"))
    planned = Q(is_group=True, status__in=PLANNED_IN) & Exists(named)
    uneven = Q(status=Status.SETTLED) & Exists(LedgerEntry.objects.filter(scheme=OuterRef("pk")).uneven())
    long_settled = Q(status=Status.SETTLED, year__lte=timezone.localdate().year - CLOSING_YEARS)
    return schemes.filter(~long_settled, status__in=OPEN).annotate(
        waits_for=Case(
            When(uneven, then=Value(STAFF.value)),
            When(Q(status__in=BY_REVIEWER) | ready | planned, then=Value(REVIEWER.value)),
            default=Value(STAFF.value),
        ),
        holder=Case(
            When(assigned_to__role=F("waits_for"), then="assigned_to_id"),
            When(waits_for=STAFF, then="created_by_id"),
            default=None,
        ),
    )


def with_rule(schemes):
    """Annotates `rule`: the id of the DeadlineRule that gives `due_on`, or None."""
    return schemes.annotate(rule=RawSQL(binding_rule_sql(Scheme._meta.db_table), []))


def todo(scheme) -> str:
    """What the one for whom a scheme of `waiting` waits has to do."""
    role, words = WAITS[scheme.status]
    if scheme.waits_for != role:
        return OTHERWISE[scheme.status]
    return PLAN_OF_GROUP if scheme.is_group and scheme.status in PLANNED_IN else words


@dataclass(frozen=True)
class Clock:
    """What it takes to say how late something is, read once: `today`, the working days, the rules by id."""

    today: date
    days: WorkingDays
    rules: dict[int, DeadlineRule]

    @classmethod
    def read(cls, today):
        """Two queries."""
        return cls(today, WorkingDays.load(), DeadlineRule.objects.in_bulk())

    def late(self):
        """Q: the deadline has passed."""
        return Q(due_on__lt=self.today)

    def soon(self):
        """Q: not late, and within the days in which the rules of the status warn."""
        ahead = {}
        for rule in self.rules.values():
            ahead[rule.status] = max(ahead.get(rule.status, 0), rule.warn_days)
        near = Q(pk__in=[])
        for status, warn in ahead.items():
            near |= Q(status=status, due_on__lte=self.days.after(self.today, warn) if warn else self.today)
        return Q(due_on__gte=self.today) & near

    def left(self, due):
        """Working days from today to the deadline; below zero when it has passed."""
        return self.days.between(self.today, due)


DUE = {"late": "Quá hạn", "soon": "Sắp đến hạn", "later": "Còn hạn", "none": "Không có hạn"}


def of_due(schemes, value, clock):
    """Of schemes of `waiting`, those of one key of DUE."""
    if value == "none":
        return schemes.filter(due_on__isnull=True)
    if value == "later":
        return schemes.filter(due_on__gte=clock.today).exclude(clock.soon())
    return schemes.filter(clock.late() if value == "late" else clock.soon())


def counts(schemes, clock):
    """{"all", "late", "soon", "none": how many, "oldest": since when} of schemes of `waiting`; one query."""
    return schemes.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=clock.late()),
        soon=Count("pk", filter=clock.soon()),
        none=Count("pk", filter=Q(due_on__isnull=True)),
        oldest=Min("status_at"),
    )


def holders(schemes, clock):
    """The same for each role and person that schemes of `waiting` wait for, the most late first; one query."""
    return (
        schemes.order_by()
        .values("waits_for", "holder")
        .annotate(
            all=Count("pk"),
            late=Count("pk", filter=clock.late()),
            soon=Count("pk", filter=clock.soon()),
            oldest=Min("status_at"),
        )
        .order_by("-late", "-soon", "-all", "waits_for", "holder")
    )
