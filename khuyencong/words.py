"""Amounts in words, as contracts and receipts write them, and back."""

from decimal import Decimal

from khuyencong.money import whole
from khuyencong.text import clean

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3), ("trăm", 100), ("mươi", 10))
_VALUES = {word: value for value, word in enumerate(_DIGITS)} | {"linh": 0, "mốt": 1, "lăm": 5, "mười": 10}
_MOST_WORDS = 50  # 18 digits need at most 36
_SAME_WORDS = {"lẻ": "linh", "ngàn": "nghìn", "tư": "bốn", "tỉ": "tỷ"}


def amount_in_words(amount: int | Decimal) -> str:
    """1005000 -> "Một triệu không trăm linh năm nghìn đồng"."""
    words = number_in_words(whole(amount))
    return f"{words[0].upper()}{words[1:]} đồng"


def number_in_words(number: int) -> str:
    """In lower case, northern usage (linh, nghìn, bốn, tỷ); from 10**18 on "tỷ" repeats: "một tỷ tỷ"."""
    if number == 0:
        return "không"
    if number < 0:
        return f"âm {number_in_words(-number)}"
    billions, rest = divmod(number, 10**9)
    words = [number_in_words(billions), "tỷ"] if billions else []
    for scale, unit in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = rest // scale % 1000
        if group:
            words += [_group_in_words(group, inside=bool(words)), unit]
    return " ".join(filter(None, words))


def _group_in_words(group: int, *, inside: bool) -> str:
    """Three digits; `inside` a longer number the hundreds are always said: "không trăm linh năm"."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inside else []
    if tens:
        words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_ones_in_words(tens, ones))
    return " ".join(words)


def _ones_in_words(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:
        return "lăm"
    return _DIGITS[ones]


def words_to_number(text: str) -> int:
    """The number that `number_in_words` or `amount_in_words` would write so.

    Also reads lẻ, ngàn, tư and tỉ. Anything else is a ValueError whose message is a Vietnamese sentence.
    """
    words = [_SAME_WORDS.get(word, word) for word in clean(text).lower().removesuffix(" đồng").split()]
    number = _value(words[:_MOST_WORDS])
    # Adding up is lenient ("ba bốn" would be 7): only what we would write ourselves is accepted.
    if number_in_words(number).split() != words:
        raise ValueError(
            f"“{clean(text)}” không phải là số viết bằng chữ. Hãy viết như “Hai triệu không trăm linh năm nghìn đồng”."
        )
    return number


def _value(words: list[str]) -> int:
    """Add up the words, the biggest unit first."""
    if words[:1] == ["âm"]:
        return -_value(words[1:])
    for unit, scale in _SCALES:
        if unit in words:
            place = len(words) - 1 - words[::-1].index(unit)
            return _value(words[:place]) * scale + _value(words[place + 1 :])
    return sum(_VALUES.get(word, 0) for word in words)
