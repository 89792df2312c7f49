import random
import unicodedata
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.money import (
    AmountError,
    Unit,
    distribute,
    format_amount,
    format_decimal,
    format_in_unit,
    parse_amount,
    shares,
    whole,
)

amounts = st.integers(0, 10**18 - 1)
weights = st.lists(st.integers(0, 10**12) | st.integers(0, 9), max_size=12)


def refusal(text):
    with pytest.raises(AmountError) as caught:
        parse_amount(text)
    return str(caught.value)


# Reading


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", 0),
        ("1.234.567", 1_234_567),
        ("1234567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1\u00a0234\u202f567", 1_234_567),
        ("  1.234.567\u00a0\n", 1_234_567),
        ("\ufeff1.234.567\u200b", 1_234_567),
        ("1.000.000 đồng", 1_000_000),
        ("1.000.000 ĐỒNG", 1_000_000),
        ("1.000.000 VNĐ", 1_000_000),
        ("1.000.000 vnd", 1_000_000),
        ("1.000.000 ₫", 1_000_000),
        ("1.000đ", 1_000),
        ("1.000Ð", 1_000),
        ("35 triệu", 35_000_000),
        ("35 TRIỆU ĐỒNG", 35_000_000),
        ("35tr", 35_000_000),
        ("35trđ", 35_000_000),
        ("1.714 triệu", 1_714_000_000),
        ("1 714 triệu", 1_714_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1,5 tỉ", 1_500_000_000),
        ("1,50tỷ", 1_500_000_000),
        ("0,5 tỷ", 500_000_000),
        ("38,995 tỷ đồng", 38_995_000_000),
        ("1.712,64 triệu", 1_712_640_000),
        ("0,000000001 tỷ", 1),
        ("300 nghìn", 300_000),
        ("300 ngàn", 300_000),
        ("300k", 300_000),
        ("300K", 300_000),
        ("2 tỷ 250 triệu", 2_250_000_000),
        ("2tỷ250triệu", 2_250_000_000),
        ("2 tỷ 250 triệu 500 nghìn", 2_250_500_000),
        ("2 tỷ 1,5 triệu", 2_001_500_000),
        ("2 tỷ 250.000 đồng", 2_000_250_000),
        ("999.999.999 tỷ", 999_999_999 * 10**9),
        ("999999999999999999", 10**18 - 1),
    ],
)
def test_amounts_are_read_as_offices_type_them(text, amount):
    assert parse_amount(text) == amount


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_amounts_are_read_in_any_unicode_form(form):
    assert parse_amount(unicodedata.normalize(form, "2 tỷ 250 triệu đồng")) == 2_250_000_000


def test_an_amount_is_a_decimal_without_a_fraction():
    amount = parse_amount("1,5 tỷ")

    assert isinstance(amount, Decimal)
    assert str(amount) == "1500000000"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("1.5", "“1.5” không rõ là 1,5 hay 15."),
        ("1.5 đồng", "không rõ là 1,5 hay 15."),
        ("1234.567", "không rõ là 1234,567 hay 1234567."),
        ("1.5 tỷ", "“1.5 tỷ” không rõ là 1,5 hay 15. Hãy gõ “1,5 tỷ” hoặc “15 tỷ”."),
        ("0.500 tỷ", "Hãy gõ “0,500 tỷ” hoặc “500 tỷ”."),
        ("2 tỷ 1.5 triệu", "Hãy gõ “1,5 triệu” hoặc “15 triệu”."),
        ("2 tỷ 250", "thiếu đơn vị sau “250”."),
        ("tỷ 5", "thiếu đơn vị sau “5”."),
        ("1,234,567", "Hãy dùng dấu chấm: “1.234.567”."),
        ("1,234,567.00", "Hãy dùng dấu chấm: “1.234.567”."),
        ("1,500", "Hãy dùng dấu chấm: “1.500”."),
        ("1,234,567 triệu", "Hãy dùng dấu chấm: “1.234.567 triệu”."),
        ("1.23.456", "Nếu là 123.456, hãy gõ “123.456”."),
        ("1.234.56 triệu", "Nếu là 123.456 triệu, hãy gõ “123.456 triệu”."),
        ("1.234 567", "Nếu là 1.234.567, hãy gõ “1.234.567”."),
        ("0.123.456", "Nếu là 123.456, hãy gõ “123.456”."),
        ("0123", "Nếu là 123, hãy gõ “123”."),
        ("1.000.000.", "Nếu là 1.000.000, hãy gõ “1.000.000”."),
    ],
)
def test_an_ambiguous_amount_is_refused_with_what_to_type(text, suggestion):
    assert suggestion in refusal(text)


@pytest.mark.parametrize("text", ["1,5", "1,5 đồng", "1.234.567,00", "1,0000000001 tỷ", f"1,{'0' * 40}1 tỷ"])
def test_a_fraction_of_a_dong_is_refused(text):
    assert "lẻ dưới một đồng" in refusal(text)


@pytest.mark.parametrize("text", ["-5", "- 5", "−1.000", "–1.000", "(1.000)", "âm 5 triệu", "ÂM 5"])
def test_a_negative_amount_is_refused(text):
    assert "là số âm" in refusal(text)


@pytest.mark.parametrize("text", ["=1+2", "=A1", "+1000", "@SUM(A1)"])
def test_a_formula_is_refused(text):
    assert "là công thức" in refusal(text)


@pytest.mark.parametrize("text", ["1" + "0" * 18, "1.000.000.000 tỷ", "9" * 50])
def test_more_than_18_digits_are_refused(text):
    assert "quá 18 chữ số" in refusal(text)


@pytest.mark.parametrize("text", ["2 tỷ 1.250 triệu", "1,5 tỷ 200 triệu", "250 triệu 2 tỷ", "1 tỷ 1 tỷ"])
def test_overlapping_parts_are_refused(text):
    assert "chồng lên nhau" in refusal(text)


@pytest.mark.parametrize("text", ["100\t200", "100\n200", "100\u2028200"])
def test_two_pasted_cells_are_not_one_number(text):
    assert "nhiều ô" in refusal(text)


@pytest.mark.parametrize("text", ["", "  ", "\u00a0\u200b", "\n"])
def test_nothing_is_refused(text):
    assert "Chưa có số tiền" in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "đồng",
        "k",
        "3 trăm",
        "nghìn tỷ",
        "1e6",
        "1/2 tỷ",
        "10%",
        ",5 tỷ",
        "1,,5 tỷ",
        "٣",
        "１２",
    ],
)
def test_what_is_no_amount_is_refused(text):
    assert "không phải là số tiền" in refusal(text)


def test_a_page_of_digits_is_refused_at_once():
    assert "quá dài" in refusal("1" * 100_000)


@given(amounts, st.sampled_from(["", " đồng", "đ", " VNĐ"]))
def test_what_is_shown_can_be_typed_again(amount, dong):
    assert parse_amount(format_amount(amount) + dong) == amount


@given(st.integers(0, 10**9 - 1), st.sampled_from([Unit.THOUSAND, Unit.MILLION, Unit.BILLION]), st.integers(0, 3))
def test_what_is_shown_in_a_unit_can_be_typed_again(number, unit, spare):
    amount = number * unit.factor // 10**spare

    assert parse_amount(f"{format_in_unit(amount, unit, unit.exponent)} {unit.label}") == amount


@given(st.text("0123456789., -tỷriệukđồng", max_size=20))
def test_what_is_read_is_a_whole_amount_within_18_digits(text):
    with suppress(AmountError):
        assert 0 <= whole(parse_amount(text)) < 10**18


# Showing


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, ""),
        (0, "0"),
        (999, "999"),
        (1000, "1.000"),
        (Decimal("1234567"), "1.234.567"),
        (Decimal("1E+6"), "1.000.000"),
        (-1234567, "-1.234.567"),
        (10**18 - 1, "999.999.999.999.999.999"),
        (10**30, "1.000.000.000.000.000.000.000.000.000.000"),
    ],
)
def test_amounts_are_shown_with_dots(amount, text):
    assert format_amount(amount) == text


@pytest.mark.parametrize(
    ("amount", "unit", "decimals", "text"),
    [
        (38_995_000_000, Unit.BILLION, 3, "38,995"),
        (38_995_000_000, Unit.BILLION, 2, "39,00"),
        (22_000_000_000, Unit.BILLION, 3, "22,000"),
        (1_714_000_000, Unit.MILLION, 0, "1.714"),
        (1_714_000_000, Unit.BILLION, 1, "1,7"),
        (1_712_640_000, Unit.MILLION, 2, "1.712,64"),
        (500_000, Unit.MILLION, 0, "1"),
        (1_500_000, Unit.MILLION, 0, "2"),
        (2_500_000, Unit.MILLION, 0, "3"),
        (499_999, Unit.MILLION, 0, "0"),
        (-1_500_000, Unit.MILLION, 0, "-2"),
        (-499_999, Unit.MILLION, 0, "0"),
        (1_500, Unit.THOUSAND, 1, "1,5"),
        (Decimal(1_234_567), Unit.DONG, 0, "1.234.567"),
        (999_999_999_999_999_999, Unit.BILLION, 9, "999.999.999,999999999"),
        (None, Unit.MILLION, 1, ""),
    ],
)
def test_amounts_are_shown_in_the_unit_of_the_table(amount, unit, decimals, text):
    assert format_in_unit(amount, unit, decimals) == text


def test_units_have_their_printed_label():
    assert [unit.label for unit in Unit] == ["đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"]
    assert [unit.factor for unit in Unit] == [1, 1000, 10**6, 10**9]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("5.77"), 2, "5,77"),
        (Decimal("5.7"), 2, "5,70"),
        (Decimal("0.125"), 2, "0,13"),
        (Decimal("-2.5"), 1, "-2,5"),
        (Decimal("-0.001"), 2, "0,00"),
        (100, 2, "100,00"),
        (Decimal("1712.64"), 2, "1.712,64"),
        (None, 2, ""),
    ],
)
def test_decimals_are_shown_with_a_comma(value, decimals, text):
    assert format_decimal(value, decimals) == text


@pytest.mark.parametrize(
    "use",
    [
        whole,
        format_amount,
        lambda value: format_in_unit(value, Unit.MILLION),
        lambda value: shares([value]),
        lambda value: distribute(value, [1]),
    ],
)
def test_a_float_is_never_money(use):
    with pytest.raises(TypeError):
        use(1.0)


def test_a_fraction_of_a_dong_is_not_an_amount():
    with pytest.raises(AmountError, match="không có phần lẻ như 1,50"):
        whole(Decimal("1.5"))


# Splitting


def rounded_each(numbers):
    cent = Decimal("0.01")
    return [(Decimal(100) * number / sum(numbers)).quantize(cent, ROUND_HALF_UP) for number in numbers]


def test_shares_of_nghe_an_by_source():
    by_source = shares([14_745_000_000, 22_000_000_000, 2_250_000_000])

    assert by_source == [Decimal("37.81"), Decimal("56.42"), Decimal("5.77")]
    assert [format_decimal(share, 2) for share in by_source] == ["37,81", "56,42", "5,77"]


@pytest.mark.parametrize(
    ("parts", "decimals", "expected"),
    [
        ([1, 1, 1], 2, ["33.34", "33.33", "33.33"]),
        ([1, 1, 1], 0, ["34", "33", "33"]),
        ([1, 1, 1, 1, 1, 1], 0, ["17", "17", "17", "17", "16", "16"]),
        ([0, 5, 0], 2, ["0.00", "100.00", "0.00"]),
        ([0, 0], 2, ["0.00", "0.00"]),
        ([Decimal(0)], 1, ["0.0"]),
        ([], 2, []),
        ([Decimal("1E+9"), Decimal(3 * 10**9)], 1, ["25.0", "75.0"]),
    ],
)
def test_shares_with_their_decimals(parts, decimals, expected):
    assert [str(share) for share in shares(parts, decimals)] == expected


@given(weights, st.integers(0, 4))
def test_shares_add_up_to_exactly_100_and_each_is_within_one_step(parts, decimals):
    result, step = shares(parts, decimals), Fraction(1, 10**decimals)

    assert sum(result) == (100 if any(parts) else 0)
    assert all(
        abs(Fraction(share) - Fraction(100 * part, sum(parts) or 1)) < step
        for share, part in zip(result, parts, strict=True)
    )
    assert all(not share for share, part in zip(result, parts, strict=True) if not part)


def test_shares_are_plain_rounding_wherever_that_adds_up():
    dice = random.Random(45)
    cases = [[dice.randint(1, 10**11) for _ in range(dice.randint(2, 9))] for _ in range(1500)]
    adding_up = [case for case in cases if sum(rounded_each(case)) == 100]

    assert [case for case in adding_up if shares(case) != rounded_each(case)] == []
    assert 100 < len(adding_up) < len(cases) - 100


@given(weights.filter(any))
def test_a_bigger_amount_never_has_a_smaller_share(parts):
    in_order = [share for _, share in sorted(zip(parts, shares(parts), strict=True))]

    assert in_order == sorted(in_order)


def test_negative_amounts_have_no_shares():
    with pytest.raises(AmountError, match="số tiền âm"):
        shares([5, -1])


@pytest.mark.parametrize(
    ("total", "by", "expected"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (10, [1, 2, 3], [2, 3, 5]),
        (5, [3, 3, 3], [2, 2, 1]),
        (1, [1, 2, 2], [0, 1, 0]),
        (Decimal(7), [Decimal(1), 0], [7, 0]),
        (0, [1, 2], [0, 0]),
        (0, [], []),
    ],
)
def test_distribute_gives_the_rest_to_the_biggest_remainders(total, by, expected):
    assert distribute(total, by) == expected


@given(amounts, weights.filter(any))
def test_distribute_adds_up_and_each_part_is_within_one_dong(total, by):
    parts = distribute(total, by)

    assert sum(parts) == total
    assert all(abs(part * sum(by) - total * weight) < sum(by) for part, weight in zip(parts, by, strict=True))


@pytest.mark.parametrize("by", [[], [0, 0]])
def test_nothing_to_share_by_is_refused(by):
    with pytest.raises(AmountError, match="Không có căn cứ để chia"):
        distribute(5, by)


@pytest.mark.parametrize(("total", "by"), [(-1, [1]), (1, [1, -1]), (0, [-1])])
def test_nothing_negative_is_distributed(total, by):
    with pytest.raises(AmountError, match="số tiền âm"):
        distribute(total, by)
