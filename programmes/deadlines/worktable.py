"""The worktable as rows for its page: what waits for whom, since when, by when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from khuyencong.delegations import acts_for
from khuyencong.enums import Role
from khuyencong.models import User
from programmes.deadlines import waiting
from programmes.deadlines.waiting import REVIEWER, Clock
from programmes.models import DeadlineRule, Scheme

SHOWN = 60
ANYONE = {Role.STAFF: "Chuyên viên", Role.REVIEWER: "Thẩm định, chưa giao"}


@dataclass(frozen=True, slots=True)
class Row:
    """One scheme that waits. `left`: working days to the deadline, below zero when late, None without a deadline."""

    scheme: Scheme
    todo: str
    who: str
    is_mine: bool
    left: int | None
    rule: DeadlineRule | None
    is_late: bool = False
    is_soon: bool = False

    @property
    def due(self) -> date | None:
        return self.scheme.due_on

    @property
    def lateness(self) -> str:
        """'quá hạn 2 ngày làm việc', 'hạn hôm nay', 'còn 5 ngày làm việc'; '' without a deadline."""
        if self.left is None:
            return ""
        if self.is_late:
            return f"quá hạn {-self.left} ngày làm việc" if self.left else "quá hạn"
        return f"còn {self.left} ngày làm việc" if self.left else "hạn hôm nay"

    @property
    def tone(self):
        return "bad" if self.is_late else "wait" if self.is_soon else ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, or a queue of a role, with how many schemes wait there; `key` is its value in the filters of the list."""

    name: str
    role: str
    key: str
    all: int
    late: int
    soon: int
    oldest: object


def of_office(user):
    """Every scheme that waits within the user's provinces."""
    return waiting.waiting(Scheme.objects.visible_to(user))


def of_person(user, today):
    """Of these, what the user may do today: theirs, that of those they stand in for, and the reviewers' open queue."""
    ids = acts_for(user, today)
    mine = Q(holder__in=ids)
    if user.role == REVIEWER:
        mine |= Q(holder__isnull=True)
    return of_office(user).filter(mine, waits_for=user.role)


def rows(schemes, clock: Clock, user) -> list[Row]:
    """The most urgent first, at most SHOWN; two queries."""
    is_soon = ExpressionWrapper(clock.soon(), output_field=BooleanField())
    found = waiting.with_rule(schemes).annotate(is_soon=is_soon).select_related("content", "province")
    found = list(found.order_by(F("due_on").asc(nulls_last=True), "status_at", "pk")[:SHOWN])
    people = User.objects.in_bulk({scheme.holder for scheme in found if scheme.holder})
    return [_row(scheme, people.get(scheme.holder), clock, user) for scheme in found]


def _row(scheme, holder, clock, user):
    return Row(
        scheme=scheme,
        todo=waiting.todo(scheme),
        who="Bạn" if holder == user else str(holder) if holder else ANYONE[scheme.waits_for],
        is_mine=holder == user,
        left=clock.left(scheme.due_on) if scheme.due_on else None,
        rule=clock.rules.get(scheme.rule),
        is_late=bool(scheme.due_on and scheme.due_on < clock.today),
        is_soon=bool(scheme.due_on and scheme.is_soon),
    )


def overview(schemes, clock: Clock) -> list[Holder]:
    """Who holds how much, the most late first; two queries."""
    groups = list(waiting.holders(schemes, clock))
    people = User.objects.in_bulk({group["holder"] for group in groups if group["holder"]})
    return [_holder(group, people) for group in groups]


def _holder(group, people):
    role, person = Role(group["waits_for"]), people.get(group["holder"])
    figures = {name: group[name] for name in ("all", "late", "soon", "oldest")}
    key = str(person.pk) if person else "queue"
    return Holder(str(person) if person else ANYONE[role], role.label, key, **figures)
