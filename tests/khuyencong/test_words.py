import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.money import AmountError
from khuyencong.words import amount_in_words, number_in_words, words_to_number

EXPECTED = {
    0: "không",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi bốn",
    25: "hai mươi lăm",
    100: "một trăm",
    101: "một trăm linh một",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    551: "năm trăm năm mươi mốt",
    555: "năm trăm năm mươi lăm",
    1_000: "một nghìn",
    1_001: "một nghìn không trăm linh một",
    1_010: "một nghìn không trăm mười",
    1_100: "một nghìn một trăm",
    1_000_000: "một triệu",
    1_005_000: "một triệu không trăm linh năm nghìn",
    2_000_005: "hai triệu không trăm linh năm",
    21_000_015: "hai mươi mốt triệu không trăm mười lăm",
    800_000_000: "tám trăm triệu",
    1_000_000_001: "một tỷ không trăm linh một",
    1_714_000_000: "một tỷ bảy trăm mười bốn triệu",
    38_995_000_000: "ba mươi tám tỷ chín trăm chín mươi lăm triệu",
    100_000_000_005: "một trăm tỷ không trăm linh năm",
    1_000_000_000_000: "một nghìn tỷ",
    1_234_000_000_000: "một nghìn hai trăm ba mươi bốn tỷ",
    5_000_000_000_000_000: "năm triệu tỷ",
    1_000_000_000_000_000_000: "một tỷ tỷ",
    -25: "âm hai mươi lăm",
}


@pytest.mark.parametrize(("number", "words"), EXPECTED.items())
def test_numbers_in_words(number, words):
    assert number_in_words(number) == words
    assert words_to_number(words) == number


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (800_000_000, "Tám trăm triệu đồng"),
        (1_714_000_000, "Một tỷ bảy trăm mười bốn triệu đồng"),
        (38_995_000_000, "Ba mươi tám tỷ chín trăm chín mươi lăm triệu đồng"),
        (Decimal(1_005_000), "Một triệu không trăm linh năm nghìn đồng"),
        (Decimal("1E+6"), "Một triệu đồng"),
        (-5, "Âm năm đồng"),
    ],
)
def test_amounts_in_words(amount, words):
    assert amount_in_words(amount) == words
    assert words_to_number(words) == amount


def test_only_whole_dong_can_be_said():
    with pytest.raises(TypeError):
        amount_in_words(1.0)
    with pytest.raises(AmountError):
        amount_in_words(Decimal("1.5"))


@given(st.integers(0, 10**18 - 1) | st.integers(0, 10**7) | st.integers(0, 999).map(lambda n: n * 10**9 + n))
def test_every_number_is_read_back(number):
    assert words_to_number(number_in_words(number)) == number
    assert words_to_number(amount_in_words(number)) == number
    assert words_to_number(number_in_words(-number)) == -number


def test_small_numbers_all_differ():
    assert len({number_in_words(number) for number in range(10_000)}) == 10_000


@given(st.integers(0, 10**18 - 1))
def test_words_are_nfc_and_single_spaced(number):
    words = amount_in_words(number)

    assert unicodedata.is_normalized("NFC", words)
    assert " ".join(words.split()) == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("một trăm lẻ năm", 105),
        ("hai ngàn", 2_000),
        ("hai mươi tư", 24),
        ("ba tỉ", 3 * 10**9),
        ("  Hai   mươi mốt triệu\u00a0đồng ", 21_000_000),
        ("HAI MƯƠI TƯ NGÀN ĐỒNG", 24_000),
        (unicodedata.normalize("NFD", "Một tỷ đồng"), 10**9),
    ],
)
def test_variant_words_are_read(text, number):
    assert words_to_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đồng",
        "abc",
        "một abc",
        "12",
        "ba bốn",
        "hai mươi một",
        "mươi",
        "trăm",
        "tỷ",
        "một triệu năm nghìn",
        "một nghìn triệu",
        "năm nghìn hai triệu",
        "không trăm linh năm",
        "âm",
        "âm không",
        "âm âm một",
        "một triệu đồng đồng",
        "tỷ " * 5000,
        "âm " * 5000 + "một",
    ],
)
def test_other_words_are_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"không phải là số viết bằng chữ\. Hãy viết như “Hai triệu"):
        words_to_number(text)
