"""Schemes behind their days: a step past its deadline, work past its end, money not settled by 22 January.

A settlement is due by 22 January of the year after the scheme's (TT 36/2013), or after the year in which it ends.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from khuyencong.money import format_amount
from programmes.enums import Status
from programmes.models import LedgerEntry
from programmes.models.warnings import Kind
from programmes.warnings.alerts import Alert, Severity, scheme_ref

RUNNING = (Status.APPROVED, Status.CONTRACTED, Status.DETAILED, Status.IN_PROGRESS)
SPENDING = (*RUNNING, Status.ACCEPTED, Status.LIQUIDATED, Status.TERMINATED)
OVER = (Status.DRAFT, Status.REJECTED, Status.CLOSED)
STILL = (*OVER, Status.TERMINATED, Status.SETTLED)  # no step is due any more
SETTLE_BY = (1, 22)  # month, day of the next year
HIGH_AFTER, GRAVE_AFTER = 30, 180  # days
ADVANCED = "còn {} đồng đã tạm ứng, thanh toán chưa quyết toán, chưa hoàn trả"
UNBOOKED = "chưa quyết toán {} đồng được duyệt (sổ thu chi chưa ghi khoản nào)"
TO_REFUND = "Đề án {} “{}” đã quyết toán, còn phải hoàn trả {} đồng chi vượt số quyết toán."


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a scheme stands: its state and its days; `end_on` is the end after adjustments."""

    pk: int
    code: str
    name: str
    year: int
    province: int
    status: Status
    due_on: datetime.date | None
    end_on: datetime.date | None

    @classmethod
    def of(cls, scheme):
        """That of a scheme at hand, without a query."""
        end_on = scheme.adjusted_end_on or scheme.end_on
        return cls(
            scheme.pk,
            scheme.code,
            scheme.name,
            scheme.year,
            scheme.province_id,
            Status(scheme.status),
            scheme.due_on,
            end_on,
        )

    @property
    def settle_by(self):
        """The last day to settle."""
        year = max(self.year, self.end_on.year if self.end_on else 0)
        return datetime.date(year + 1, *SETTLE_BY)


def standings(schemes):
    """Of schemes that are not over, settled ones only while their books are uneven; in one query."""
    uneven = Exists(LedgerEntry.objects.filter(scheme=OuterRef("pk")).uneven())
    rows = schemes.exclude(status__in=OVER).filter(~Q(status=Status.SETTLED) | uneven)
    rows = rows.annotate(last_day=Coalesce("adjusted_end_on", "end_on")).order_by()
    values = rows.values_list("pk", "code", "name", "year", "province_id", "status", "due_on", "last_day")
    return [Standing(*row[:5], Status(row[5]), *row[6:]) for row in values]


def late(standing, day):
    """The Alert of a scheme that is late, or None."""
    passed = _lateness(standing, day)
    if not passed:
        return None
    first = min(on for on, _ in passed)
    said = "; ".join(f"{what} {on:%d/%m/%Y} (đã {(day - on).days} ngày)" for on, what in passed)
    return Alert(
        kind=Kind.LATE,
        severity=severity((day - first).days),
        sentence=f"Đề án {standing.code} “{standing.name}” đang ở “{standing.status.label}”, {said}.",
        facts=(standing.pk, standing.status.value, *(on.isoformat() for on, _ in passed)),
        **_about(standing, -first.toordinal()),
    )


def _lateness(standing, day):
    """[(day, what was due)] of what has passed."""
    end_on = standing.end_on if standing.status in RUNNING else None
    due_on = standing.due_on if standing.status not in STILL and standing.due_on != end_on else None
    dues = ((due_on, "quá hạn của bước này từ ngày"), (end_on, "chưa nghiệm thu mà thời gian thực hiện đã hết ngày"))
    return [(on, what) for on, what in dues if on and on < day]


def is_settlement_overdue(standing, day):
    """Money may be out, and the day to settle it has passed; after the settlement, what is too much goes back at once."""
    return standing.status == Status.SETTLED or (standing.status in SPENDING and standing.settle_by < day)


def unsettled(standing, day, approved, still_open):
    """The Alert of a scheme whose settlement is overdue, or None; đồng: support approved, and what of the money paid is
    neither given back nor settled (None: nothing was booked, which weighs less).
    """
    if standing.status == Status.SETTLED:
        return _to_refund(standing, day, still_open or 0)
    is_unbooked = still_open is None
    amount = approved if is_unbooked else still_open
    is_over = is_unbooked and standing.status == Status.TERMINATED
    if is_over or amount <= 0 or not is_settlement_overdue(standing, day):
        return None
    days = (day - standing.settle_by).days
    weight = Severity.GRAVE if days > GRAVE_AFTER else Severity.HIGH
    what = UNBOOKED if is_unbooked else ADVANCED
    return Alert(
        kind=Kind.UNSETTLED,
        severity=Severity(weight - 1) if is_unbooked else weight,
        sentence=f"Đề án {standing.code} “{standing.name}” {what.format(format_amount(amount))}: hạn "
        f"{standing.settle_by:%d/%m/%Y} đã qua {days} ngày, đề án đang ở “{standing.status.label}”.",
        facts=(standing.pk, standing.status.value, standing.settle_by.isoformat(), int(amount), is_unbooked),
        **_about(standing, -standing.settle_by.toordinal()),
    )


def _to_refund(standing, day, amount):
    """The Alert of a settled scheme that was paid `amount` đồng more than was settled, or None."""
    if amount <= 0:
        return None
    return Alert(
        kind=Kind.UNSETTLED,
        severity=severity((day - standing.settle_by).days),
        sentence=TO_REFUND.format(standing.code, standing.name, format_amount(amount)),
        facts=(standing.pk, standing.status.value, int(amount)),
        **_about(standing, -standing.settle_by.toordinal()),
    )


def severity(days):
    """By how long ago it should have been done."""
    if days > GRAVE_AFTER:
        return Severity.GRAVE
    return Severity.HIGH if days > HIGH_AFTER else Severity.LOOK


def _about(standing, order):
    return {
        "province": standing.province,
        "provinces": frozenset({standing.province}),
        "scheme": standing.pk,
        "refs": (scheme_ref(standing.code, standing.pk),),
        "order": order,
    }
