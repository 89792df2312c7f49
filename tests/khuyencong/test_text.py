import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.text import clean, match_key, nfc, search_key, sort_key

# The 63 provinces before 1/7/2025, as a dictionary lists them.
PROVINCES = (
    """
An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước,
Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang,
Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Hưng Yên, Khánh Hòa, Kiên Giang,
Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên,
Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên,
Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
""".replace("\n", " ")
    .strip()
    .split(", ")
)
PROVINCES = [name.strip() for name in PROVINCES]

VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"  # six tones each
CONSONANTS = "bcdđghklmnpqrstvx"
# The places of a dictionary, in order: the gap between words, then letters; a vowel by its number in VOWELS.
PLACES = [" ", 0, 1, 2, *"bcdđ", 3, 4, *"gh", 5, *"klmn", 6, 7, 8, *"pqrst", 9, 10, *"vx", 11]

names = st.text(VOWELS + CONSONANTS + VOWELS.upper() + CONSONANTS.upper() + " -.,’'0123456789", max_size=30)
syllables = st.lists(
    st.builds("{}{}".format, st.sampled_from("bđl"), st.sampled_from("aàảãáạăằâẫêệôơưỵ")), min_size=1, max_size=3
).map(" ".join)
# Latin with its marks, spaces, ligatures, full width, emoji: ranges are quicker than all of Unicode, and meaner.
anything = st.lists(
    st.one_of(
        st.sampled_from(VOWELS + CONSONANTS + "ÐƉðɖ’–\u00a0\u200b\ufeff\u0323\u0302\u0301"),
        *(
            st.integers(*bounds).map(chr)
            for bounds in [(0, 0x37F), (0x1E00, 0x2FFF), (0xF900, 0xFFFF), (0x10000, 0x1FFFF)]
        ),
    ),
    max_size=20,
).map("".join)


def in_every_form(name):
    """One name as different machines and keyboards send it."""
    yield from (unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD"))
    yield name.upper()
    yield f"\ufeff  {name.replace(' ', chr(0xA0) + '  ')}\u200b\n"
    yield name.replace("Đ", "Ð").replace("đ", "ð")


# Stored text


def test_nfc_composes_and_drops_what_cannot_be_seen():
    assert nfc("Nghe\u0302\u0323 An") == "Nghệ An"
    assert nfc("Nghệ\u00a0An") == nfc("Nghệ\u202fAn") == "Nghệ An"
    assert nfc("\ufeffĐắk\u200b Lắk\u00ad\u034f\u202a") == "Đắk Lắk"


def test_a_zero_width_character_between_letter_and_mark_does_not_keep_them_apart():
    assert nfc("e\u200d\u0323\u0302") == "ệ"


def test_nfc_keeps_lines_and_spaces():
    assert nfc(" Dòng 1\r\n\tDòng  2 ") == " Dòng 1\r\n\tDòng  2 "


def test_clean_is_one_line_with_single_spaces():
    assert clean(" \u00a0Công ty\t TNHH\u200b\r\n Hòa  Bình\u3000") == "Công ty TNHH Hòa Bình"
    assert clean("\u200b \n") == ""


@given(anything)
def test_stored_text_is_nfc_and_cleaning_twice_changes_nothing(text):
    for prepare in (nfc, clean):
        assert unicodedata.is_normalized("NFC", prepare(text))
        assert prepare(prepare(text)) == prepare(text)


# Search


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nghệ An", "nghe an"),
        ("ĐẮK LẮK", "dak lak"),
        ("Bà Rịa – Vũng Tàu", "ba ria vung tau"),
        ("Ðà Nẵng", "da nang"),
        ("B’Lao", "b lao"),
        ("B'Lao", "b lao"),
        ("  TP.HCM: (quận_1) ", "tp hcm quan 1"),
        ("Ｈà Nội 1.200 m²", "ha noi 1 200 m2"),
        ("«…»", ""),
        ("", ""),
    ],
)
def test_search_key_is_plain_words(text, key):
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tỷ đồng", "tỉ đồng"),
        ("kỹ thuật", "kĩ thuật"),
        ("quản lý", "quản lí"),
        ("Mỹ Đức", "Mĩ Đức"),
        ("Quy Nhơn", "Qui Nhơn"),
        ("quýt", "quít"),
        ("hoà", "hòa"),
        ("luỹ kế", "lũy kế"),
        ("Đăk Lăk", "Đắk Lắk"),
    ],
)
def test_search_does_not_mind_variant_spelling(one, other):
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("one", "other"), [("thúy", "thúi"), ("tay", "tai"), ("yên", "iên"), ("huy", "hui")])
def test_search_keeps_y_and_i_apart_where_they_are_different_sounds(one, other):
    assert search_key(one) != search_key(other)


@given(anything)
def test_search_key_is_idempotent(text):
    assert search_key(search_key(text)) == search_key(text)


@given(names)
def test_search_key_of_a_vietnamese_name_is_ascii_words(name):
    words = search_key(name).split(" ")

    assert all(word.isascii() and word.isalnum() for word in words) or words == [""]


def test_what_is_typed_so_far_finds_the_province_it_begins():
    typed = [(name, name[:length]) for name in PROVINCES for length in range(len(name))]

    assert [pair for pair in typed if not search_key(pair[0]).startswith(search_key(pair[1]))] == []


def test_an_unfinished_word_finds_the_whole_one():
    assert search_key("quyết định").startswith(search_key("quy"))


@pytest.mark.parametrize("key", [search_key, match_key, sort_key])
def test_keys_are_the_same_in_every_form(key):
    forms = [(name, form) for name in PROVINCES for form in in_every_form(name)]

    assert [pair for pair in forms if key(pair[0]) != key(pair[1])] == []


# Duplicates


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("Tòan Thắng", "Toàn Thắng"),
        ("QUÝ", "qúy"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("B’Lao", "B'Lao"),
    ],
)
def test_two_writings_of_one_name_match(one, other):
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hoa"),
        ("Hoà", "Hoá"),
        ("Hà Nam", "Hạ Nam"),
        ("dân", "dần"),
        ("ban", "băn"),
        ("ban", "bân"),
        ("Đa", "Da"),
        ("to", "tơ"),
        ("Lý", "Lí"),
        ("Công ty A", "Công ty B"),
        ("HTX 1", "HTX 11"),
        ("résumé", "resumé"),
    ],
)
def test_different_names_do_not_match(one, other):
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize("key", [match_key, search_key])
def test_no_two_provinces_share_a_key(key):
    assert len({key(name) for name in PROVINCES}) == len(PROVINCES) == 63


@given(anything)
def test_match_key_is_idempotent_and_nfc(text):
    key = match_key(text)

    assert match_key(key) == key
    assert unicodedata.is_normalized("NFC", key)


# Order


def in_key_order(listed):
    by_key = {sort_key(name): name for name in listed}
    return [by_key[key] for key in sorted(by_key)]


def test_provinces_sort_as_a_dictionary_lists_them():
    assert in_key_order(PROVINCES) == PROVINCES


@given(names)
def test_sort_keys_of_vietnamese_names_are_ascii(name):
    assert sort_key(name).isascii()


def test_tones_sort_in_the_order_of_the_dictionary():
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]

    assert in_key_order(tones) == tones


def test_letters_sort_in_the_order_of_the_alphabet():
    alphabet = [*"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"]

    assert in_key_order(alphabet) == alphabet


@pytest.mark.parametrize(
    "listed",
    [
        ["an", "ảnh", "ánh", "ăn", "ân"],
        ["Hoa", "Hòa", "Hoá", "Hoan"],
        ["Len", "Lê", "Lệ", "Lê An", "Lệ An", "Lê Anh"],
        ["1", "10", "2", "9 A", "A", "Ấ"],
        ["An", "Án", "An Giang", "Ana"],
        ["hà nam", "Hà Nội"],
        ["Mùa", "Muỗi", "Mỹ"],
        ["Zét", "Ωmega", "中"],
    ],
)
def test_names_in_dictionary_order(listed):
    assert in_key_order(listed) == listed


def test_letters_decide_before_tones():
    assert sort_key("Bá Anh") < sort_key("Ba Áp") < sort_key("Bà Áp")


def test_case_form_tone_placement_and_punctuation_do_not_move_a_name():
    keys = {sort_key(form) for name in ("Hòa An – B", "Hoà An-B", "“hòa an” (B)") for form in in_every_form(name)}

    assert len(keys) == 1


def test_a_foreign_letter_stands_with_its_base():
    assert sort_key("Mu") < sort_key("Münch") < sort_key("Muo")
    assert sort_key("ab\u0300c") == sort_key("abc")


def test_a_sort_key_is_one_character_a_letter_and_as_few_tones_as_decide():
    assert sort_key("Gia Lai 10") == "KMA-PAM-10"
    assert sort_key("Đà Nẵng") == "GA-RBRK 01003"


@given(syllables, syllables)
def test_order_is_letters_first_then_tones(one, other):
    def dictionary_order(name):
        letters = [VOWELS.find(char) // 6 if char in VOWELS else char for char in name]
        return [PLACES.index(letter) for letter in letters], [VOWELS.find(char) % 6 for char in name if char in VOWELS]

    assert (sort_key(one) < sort_key(other)) == (dictionary_order(one) < dictionary_order(other))
