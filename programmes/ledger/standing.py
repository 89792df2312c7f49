"""What may still be paid from a source of a scheme today, and why: the rate before acceptance, the value after it."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.utils import timezone

from khuyencong.money import format_amount, format_decimal
from programmes.ledger.reconciliation import Row, State, rows, state
from programmes.models import AdvanceRule
from programmes.models.money_guards import ADVANCED_UNTIL, PAYABLE, advance_rate

ZERO = Decimal(0)
RULE = (
    f"SELECT rule.* FROM programmes_scheme scheme CROSS JOIN LATERAL ({advance_rate('scheme', '%(day)s::date', 'rule.*')}) rule "
    "WHERE scheme.id = %(scheme)s"
)
CLOSED = "Chưa ghi được thu, chi: đề án chưa ký hợp đồng hoặc bắt đầu thực hiện."
ENDED = "Đề án đã kết thúc: sổ thu chi đã khóa."


@dataclass(frozen=True, slots=True)
class Standing:
    """One source of a scheme: its row of the reconciliation, the most that may be paid now in đồng, and why in words."""

    row: Row
    most: Decimal
    why: str

    @property
    def to_refund(self):
        """What was paid and has to be given back."""
        return self.row.difference if state(self.row) == State.REFUND else ZERO


def rule_of(scheme, day=None):
    """The rule about advances that binds the scheme on `day` (today), or None."""
    day = day or timezone.localdate()
    return next(iter(AdvanceRule.objects.raw(RULE, {"scheme": scheme.pk, "day": day})), None)


def standings(scheme, rule) -> list[Standing]:
    """One for each source of support of the scheme, in order."""
    return [Standing(row, *_may_pay(row, rule)) for row in rows([scheme.pk])]


def _may_pay(row, rule):
    """(đồng, why): the same bounds as the triggers of the book hold."""
    if row.status not in PAYABLE:
        return ZERO, ENDED if row.status == "closed" else CLOSED
    if row.status in ADVANCED_UNTIL:
        return _before_acceptance(row, rule)
    basis = "số quyết toán" if row.settled is not None else "giá trị nghiệm thu"
    most = row.payable or ZERO
    return max(most - row.paid, ZERO), f"Chi tối đa {basis} {format_amount(most)} đồng."


def _before_acceptance(row, rule):
    if rule is None:
        return max(row.agreed - row.paid, ZERO), f"Chi tối đa số được duyệt {format_amount(row.agreed)} đồng."
    most = (row.agreed * rule.rate / 100).to_integral_value(ROUND_FLOOR)
    why = f"Trước nghiệm thu chi tối đa {rate_text(rule)} của {format_amount(row.agreed)} đồng = {format_amount(most)} đồng."
    return max(most - row.paid, ZERO), why


def rate_text(rule):
    """'70%', '33,5%'."""
    return f"{format_decimal(rule.rate, 2).rstrip('0').rstrip(',')}%"
