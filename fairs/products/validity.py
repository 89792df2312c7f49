"""In what state a certificate is on a day, in words and in colour."""

from dataclasses import dataclass

from fairs.products.filters import SOON
from khuyencong.money import format_amount


@dataclass(frozen=True, slots=True)
class State:
    """`label` for a tag, its `tone`, and how many days are left (None when it is no longer in force)."""

    label: str
    tone: str
    days: int | None = None

    @property
    def left(self):
        """'còn 40 ngày', '' when it is no longer in force."""
        return "" if self.days is None else f"còn {format_amount(self.days)} ngày"


def state_of(certificate, day) -> State:
    """Revoked, expired, about to expire or in force on `day`; the last day counts, so that 0 days are left on it."""
    if certificate.revoked_on and certificate.revoked_on <= day:
        return State("Đã thu hồi", "bad")
    days = (certificate.valid_to - day).days
    if days < 0:
        return State("Đã hết hạn", "")
    return State("Sắp hết hạn" if days <= SOON else "Còn giá trị", "wait" if days <= SOON else "good", days)


def with_states(certificates, day):
    """[(certificate, State)]."""
    return [(one, state_of(one, day)) for one in certificates]
