"""How figures and addresses are written on pages."""

from django import template
from django.utils import timezone

from khuyencong import money, words

register = template.Library()


@register.filter
def amount(value):
    """1234567 -> '1.234.567'; '' for nothing."""
    return money.format_amount(value)


@register.filter
def million(value):
    """Đồng as triệu đồng, exact to the đồng: 150000000 -> '150', 1250500000 -> '1.250,5'."""
    if value in (None, ""):
        return ""
    return money.format_in_unit(value, money.Unit.MILLION, decimals=6).rstrip("0").rstrip(",")


@register.filter
def in_words(value):
    """1005000 -> 'Một triệu không trăm linh năm nghìn đồng'."""
    return words.amount_in_words(int(value or 0))


@register.filter
def quantity(value):
    """A count without useless decimals: 44.00 -> '44', 2.5 -> '2,5'."""
    if value in (None, ""):
        return ""
    text = money.format_decimal(value, 2)
    return text.rstrip("0").rstrip(",")


@register.filter
def hectares(value):
    """Two decimals always, so that a column of areas lines up: 1712.64 -> '1.712,64'; '' for nothing."""
    return "" if value in (None, "") else money.format_decimal(value, 2)


@register.filter
def days_since(moment):
    """'hôm nay', '9 ngày': how long something has been waiting."""
    days = (timezone.localdate() - timezone.localtime(moment).date()).days
    return "hôm nay" if days <= 0 else f"{days} ngày"


@register.filter
def item(mapping, key):
    """mapping[key], or None."""
    return mapping.get(key)


@register.filter
def at(sequence, position):
    """sequence[position]."""
    return sequence[position]
