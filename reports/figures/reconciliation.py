"""Reconciliation of khuyến công money: what was approved, paid, accepted and settled, and why it differs.

The difference is what was paid less what is to be paid: settled, else accepted, else agreed (TT 36/2013 Đ12.6: to be given
back = paid - settled). It is 0 or has a reason with its amount, and reasons are never netted against each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from khuyencong.money import format_amount
from reports.figures.reconciliation_rows import Money, ReconciliationRows, SchemeMoney
from reports.figures.rows import Subject, Unconfirmed

COUNTED = ("agreed", "begun", "finished")
MACHINERY = ("KC03.04", "KC03.05")
PARTS = (("machinery", "Máy móc, thiết bị, dây chuyền"), ("other", "Nội dung khác"))
EVEN = "khớp"
REFUND = "còn phải hoàn trả"
OPEN = {
    "agreed": "chưa bắt đầu thực hiện, chưa chi",
    "begun": "chưa nghiệm thu, chưa chi",
    "finished": "còn được thanh toán",
}
STOPPED = "đã chi, chưa thu hồi"
APART = {
    "waiting": "Đang chờ thẩm định, phê duyệt",
    "later": "Quyết định sau ngày chốt số liệu",
    "returned": "Trả lại bổ sung",
    "rejected": "Không phê duyệt",
    "terminated": "Đã dừng thực hiện",
}


@dataclass(frozen=True, slots=True)
class Sums:
    """Money of some schemes, added up. `reasons`: why the difference is not 0, {reason: đồng}."""

    schemes: int
    tasks: int
    beneficiaries: int
    proposed: int
    approved: int
    agreed: int
    advanced: int
    paid: int
    refunded: int
    accepted: int
    settled: int
    difference: int
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Schemes and tasks."""
        return self.schemes + self.tasks

    @property
    def spent(self) -> int:
        """Net: advances and payments less refunds."""
        return self.advanced + self.paid - self.refunded

    @property
    def adjusted(self) -> int:
        """By how much adjustments changed what was approved."""
        return self.agreed - self.approved

    @property
    def explanation(self) -> str:
        """'khớp', or each reason with its amount."""
        return "; ".join(f"{reason} {format_amount(amount)} đồng" for reason, amount in self.reasons.items()) or EVEN


@dataclass(frozen=True, slots=True)
class Group:
    """A level, a part of one, or a reason for not counting, under its name."""

    key: str
    name: str
    sums: Sums
    parts: tuple["Group", ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of one scheme; `number` counts the schemes, and only its first line has it."""

    number: int | None
    scheme: SchemeMoney
    money: Money
    sums: Sums


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The figures of "Bảng đối chiếu kinh phí khuyến công"."""

    subject: Subject
    total: Sums
    levels: tuple[Group, ...]
    sources: tuple[Group, ...]
    lines: tuple[SourceLine, ...]
    apart: tuple[Group, ...]
    apart_lines: tuple[SourceLine, ...]
    outside: Unconfirmed
    unconfirmed: Unconfirmed
    is_illustrative: bool


def reconciliation(rows: ReconciliationRows, subject: Subject) -> Reconciliation:
    """Counted schemes by level, part and source; the others apart, by why they are not counted."""
    counted = [scheme for scheme in rows.schemes if scheme.standing in COUNTED]
    others = [scheme for scheme in rows.schemes if scheme.standing not in COUNTED]
    return Reconciliation(
        subject=subject,
        total=add_up(counted),
        levels=tuple(_level(code, name, counted) for code, name in rows.levels.items()),
        sources=_by_source(counted),
        lines=_lines(counted),
        apart=_apart(others),
        apart_lines=_lines(others),
        outside=rows.outside,
        unconfirmed=rows.unconfirmed,
        is_illustrative=any(scheme.is_illustrative for scheme in rows.schemes),
    )


def difference(scheme: SchemeMoney, money: Money) -> int:
    """Paid less payable: above 0 is to be given back. Of a scheme that is not counted, everything that was paid."""
    spent = money.advanced + money.paid - money.refunded
    if scheme.standing not in COUNTED:
        return spent
    return spent - _payable(money)


def add_up(schemes: Iterable[SchemeMoney], source: str = "") -> Sums:
    """The money of `schemes`, of one source where one is named; a facility counts once."""
    schemes = list(schemes)
    money = [(scheme, one) for scheme in schemes for one in scheme.money if source in ("", one.source.code)]
    reasons: dict[str, int] = {}
    for scheme, one in money:
        if found := difference(scheme, one):
            reason = _reason(scheme, found)
            reasons[reason] = reasons.get(reason, 0) + abs(found)
    return Sums(
        schemes=sum(not scheme.is_task for scheme in schemes),
        tasks=sum(scheme.is_task for scheme in schemes),
        beneficiaries=len(frozenset().union(*(scheme.facilities for scheme in schemes))),
        difference=sum(difference(scheme, one) for scheme, one in money),
        reasons=reasons,
        **{name: sum(getattr(one, name) or 0 for _, one in money) for name in STAGES},
    )


STAGES = ("proposed", "approved", "agreed", "advanced", "paid", "refunded", "accepted", "settled")


def _payable(money: Money) -> int:
    found = (amount for amount in (money.settled, money.accepted, money.agreed) if amount is not None)
    return next(found, 0)


def _reason(scheme: SchemeMoney, amount: int) -> str:
    if scheme.standing not in COUNTED:
        return STOPPED
    return REFUND if amount > 0 else OPEN[scheme.standing]


def _level(code: str, name: str, counted: list[SchemeMoney]) -> Group:
    schemes = [scheme for scheme in counted if scheme.level == code]
    parts = (Group(key, label, add_up(s for s in schemes if _part(s) == key)) for key, label in PARTS)
    return Group(code, name, add_up(schemes), tuple(part for part in parts if part.sums.count))


def _part(scheme: SchemeMoney) -> str:
    return "machinery" if scheme.content_code in MACHINERY else "other"


def _by_source(counted: list[SchemeMoney]) -> tuple[Group, ...]:
    """Sources in order; a scheme counts in each source that gives to it."""
    sources = {money.source for scheme in counted for money in scheme.money}
    found = []
    for source in sorted(sources, key=lambda source: source.position):
        schemes = [scheme for scheme in counted if any(one.source == source and one.agreed for one in scheme.money)]
        found.append(Group(source.code, source.name, add_up(schemes, source.code)))
    return tuple(group for group in found if group.sums.count)


def _apart(others: list[SchemeMoney]) -> tuple[Group, ...]:
    groups = (Group(key, name, add_up(s for s in others if s.standing == key)) for key, name in APART.items())
    return tuple(group for group in groups if group.sums.count)


def _lines(schemes: list[SchemeMoney]) -> tuple[SourceLine, ...]:
    return tuple(
        SourceLine(number if place == 0 else None, scheme, money, add_up([scheme], money.source.code))
        for number, scheme in enumerate(schemes, start=1)
        for place, money in enumerate(scheme.money)
    )
