"""Money in whole đồng: read as people type it, shown as they read it, split so that the parts add up.

An amount is an `int`, or a `Decimal` without a fraction. A float is never accepted.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import Enum

from khuyencong.text import D_LOOKALIKES, clean, nfc

_MAX_DIGITS = 18  # numeric(18, 0) in the database
_TOO_BIG = 10**_MAX_DIGITS

_FACTORS = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "tr": 10**6, "nghìn": 10**3, "ngàn": 10**3, "k": 10**3}
_UNIT = re.compile(rf" ?({'|'.join(_FACTORS)}) ?")
_DONG = re.compile(" ?(?:đồng|vnđ|vnd|đ|₫)$")
_NUMBER = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:,([0-9]+))?")
_AMERICAN = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NEGATIVE = re.compile(r"(?:[-−–—(]|âm) ?[0-9.]")
_ONE_DOT = re.compile(r"[0-9]+\.[0-9]+")
_DIGITS_AND_GAPS = re.compile(r"[0-9][0-9. ]*")
_CELL_BREAK = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_LONGEST = 60
_EXAMPLES = "“1.234.567”, “35 triệu” hoặc “1,5 tỷ”"


class AmountError(ValueError):
    """An amount that cannot be used; the message is a Vietnamese sentence for the person who typed it."""


class Unit(Enum):
    """The unit that a table is printed in: one per table."""

    DONG = ("đồng", 0)
    THOUSAND = ("nghìn đồng", 3)
    MILLION = ("triệu đồng", 6)
    BILLION = ("tỷ đồng", 9)

    def __init__(self, label: str, exponent: int) -> None:
        self.label = label
        self.exponent = exponent
        self.factor: int = 10**exponent


def whole(amount: int | Decimal) -> int:
    """The amount as an int; TypeError for a float, AmountError for a fraction of a đồng."""
    if not isinstance(amount, int | Decimal):
        raise TypeError(f"an amount is an int or a Decimal, not {type(amount).__name__}")
    if amount != int(amount):
        raise AmountError(f"Số tiền phải tròn đồng, không có phần lẻ như {format_decimal(amount, 2)}.")
    return int(amount)


# Reading


def parse_amount(text: str) -> Decimal:
    """Whole đồng from `1.234.567`, `1 234 567 đồng`, `35tr`, `1,5 tỷ`, `300k`, `2 tỷ 250 triệu` and the like.

    Dots and spaces group by three and the comma is the decimal mark, as the law writes numbers: `38,995 tỷ` is
    38.995.000.000. What could be read in two ways is refused. Raises AmountError.
    """
    typed = clean(text)
    _refuse_other_than_an_amount(text, typed)
    body, dong = _DONG.subn("", typed.lower().translate(D_LOOKALIKES))
    *pairs, last = _UNIT.split(body)
    parts = list(zip(pairs[::2], pairs[1::2], strict=True))
    if parts and not dong and _NUMBER.fullmatch(last):
        raise AmountError(f"“{typed}” thiếu đơn vị sau “{last}”. Hãy ghi đơn vị cho từng số, ví dụ “2 tỷ 250 triệu”.")
    if last or not parts:
        parts.append((last, ""))
    return Decimal(_sum(parts, typed))


def _refuse_other_than_an_amount(text: str, typed: str) -> None:
    if not typed:
        raise AmountError(f"Chưa có số tiền. Hãy gõ như {_EXAMPLES}.")
    if len(typed) > _LONGEST:
        raise AmountError(f"Nội dung quá dài, không phải là số tiền. Hãy gõ như {_EXAMPLES}.")
    if _CELL_BREAK.search(nfc(text).strip()):
        raise AmountError("Có nhiều dòng hoặc nhiều ô được dán vào. Hãy gõ một số tiền, ví dụ “1.234.567”.")
    if typed[0] in "=+@":
        raise AmountError(f"“{typed}” là công thức. Hãy gõ kết quả bằng số, ví dụ “1.234.567”.")
    if _NEGATIVE.match(typed.lower()):
        raise AmountError(
            f"“{typed}” là số âm. Hãy gõ số tiền không có dấu trừ và không để trong ngoặc, ví dụ “1.234.567”."
        )


def _sum(parts: list[tuple[str, str]], typed: str) -> int:
    """The đồng of (number, unit) pairs; each must fit below the unit of the one before it."""
    total, room = 0, _TOO_BIG
    for number, unit in parts:
        amount = _read(number, unit, typed)
        if amount >= room or total % room:
            raise AmountError(f"“{typed}” có các phần chồng lên nhau. Hãy ghi từ lớn đến nhỏ, ví dụ “2 tỷ 250 triệu”.")
        total, room = total + amount, _FACTORS.get(unit, 1)
    return total


def _read(number: str, unit: str, typed: str) -> int:
    match = _NUMBER.fullmatch(number)
    if not match or (not unit and _AMERICAN.fullmatch(number)):
        raise AmountError(_why_not(number, unit, typed))
    digits, fraction = re.sub("[. ]", "", match[1]), match[2] or ""
    scale: int = 10 ** len(fraction)
    amount, rest = divmod(int(digits + fraction) * _FACTORS.get(unit, 1), scale)
    if rest or (fraction and not unit):
        raise AmountError(f"“{typed}” lẻ dưới một đồng. Hãy bỏ phần lẻ, hoặc ghi đơn vị nếu thiếu, ví dụ “1,5 triệu”.")
    if amount >= _TOO_BIG:
        raise AmountError(
            f"“{typed}” có quá {_MAX_DIGITS} chữ số. Hãy kiểm tra lại đơn vị, ví dụ “35 triệu” hoặc “1,5 tỷ”."
        )
    return amount


def _why_not(number: str, unit: str, typed: str) -> str:
    """The sentence for a number that is not written the Vietnamese way."""
    digits = re.sub("[., ]", "", number).lstrip("0") or "0"
    if _AMERICAN.fullmatch(number):
        better = f"{number.split('.')[0].replace(',', '.')} {unit}".strip()
        return f"“{typed}” dùng dấu phẩy để ngăn hàng nghìn. Hãy dùng dấu chấm: “{better}”."
    if _ONE_DOT.fullmatch(number):
        decimal = number.replace(".", ",")
        better = (
            f"“{decimal} {unit}” hoặc “{digits} {unit}”" if unit else f"đủ số đồng hoặc kèm đơn vị, như {_EXAMPLES}"
        )
        return f"“{typed}” không rõ là {decimal} hay {digits}. Hãy gõ {better}."
    if _DIGITS_AND_GAPS.fullmatch(number):
        better = f"{format_amount(int(digits))} {unit}".strip()
        return f"“{typed}” có số 0 ở đầu hoặc có nhóm không đủ ba chữ số. Nếu là {better}, hãy gõ “{better}”."
    return f"“{typed}” không phải là số tiền. Hãy gõ như {_EXAMPLES}."


# Showing


def format_amount(amount: int | Decimal | None) -> str:
    """`1.234.567`, without the unit; nothing for None."""
    return format_decimal(amount, 0)


def format_in_unit(amount: int | Decimal | None, unit: Unit, decimals: int = 0) -> str:
    """The amount in a table's unit: 38995000000 in tỷ đồng with 3 decimals is `38,995`."""
    return "" if amount is None else format_decimal(Decimal(f"{whole(amount)}E-{unit.exponent}"), decimals)


def format_decimal(value: int | Decimal | None, decimals: int) -> str:
    """`1.712,64`: rounded half up, as many decimals as asked, never `-0`; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        raise TypeError("a float has already lost digits: pass an int or a Decimal")
    with localcontext(prec=60, rounding=ROUND_HALF_UP):
        rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals))
    return f"{rounded:z,f}".translate(str.maketrans(",.", ".,"))


# Splitting


def shares(amounts: Sequence[int | Decimal], decimals: int = 2) -> list[Decimal]:
    """The percentage of each amount; together exactly 100 by the largest remainder, or all 0 when the total is 0.

    The same as rounding each half up wherever that already adds up to 100.
    """
    hundred = 100 * 10**decimals if any(amounts) else 0
    return [Decimal(part).scaleb(-decimals) for part in distribute(hundred, amounts)]


def distribute(total: int | Decimal, weights: Sequence[int | Decimal]) -> list[int]:
    """Whole đồng of `total` in proportion to `weights`, adding up to it exactly (largest remainder).

    What is left after rounding down goes one by one to the biggest remainders, the earlier first when they are equal.
    Raises AmountError for a negative number, or when there is something to share and nothing to share it by.
    """
    whole_total, whole_weights = whole(total), [whole(weight) for weight in weights]
    if min([whole_total, *whole_weights]) < 0:
        raise AmountError("Không chia được theo tỷ lệ khi có số tiền âm.")
    if not whole_total:
        return [0] * len(whole_weights)
    if not any(whole_weights):
        raise AmountError("Không có căn cứ để chia: mọi tỷ lệ đều bằng 0.")
    parts, remainders = zip(
        *(divmod(whole_total * weight, sum(whole_weights)) for weight in whole_weights), strict=True
    )
    left = whole_total - sum(parts)
    favoured = set(sorted(range(len(parts)), key=lambda place: -remainders[place])[:left])
    return [part + (place in favoured) for place, part in enumerate(parts)]
