"""What part of a whole something is, in per cent."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

CENT = Decimal("0.01")


def percentage(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """`part` of `whole` in per cent with two decimals, rounded half up; None when either is not known or `whole` is 0."""
    if part is None or not whole:
        return None
    with localcontext(prec=60, rounding=ROUND_HALF_UP):
        return (Decimal(part) * 100 / Decimal(whole)).quantize(CENT)
