"""When two writings name one facility."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilities.names import name_key, plain_name

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ0123456789 &-.,()/"
NAMES = st.text(LETTERS + LETTERS.upper(), max_size=40)
ONE = [
    "Công ty TNHH An Bình",
    "công ty tnhh an bình",
    "  Công   ty TNHH  An Bình ",
    "CÔNG TY TRÁCH NHIỆM HỮU HẠN AN BÌNH",
    "Cty TNHH An Bình",
    "CTY TRÁCH NHIỆM HỮU HẠN AN BÌNH",
    "Cty. TNHH “An Bình”",
    "Công ty TNHH An Bi\u0300nh",
]


@pytest.mark.parametrize("name", ONE)
def test_one_company_has_one_key_however_it_is_written(name):
    assert name_key(name) == name_key(ONE[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Phát", "Hoà Phát"),
        ("Thủy sản Quỳnh Lưu", "Thuỷ sản Quỳnh Lưu"),
        ("Sản xuất và thương mại An Bình", "SX & TM An Bình"),
        ("Hợp tác xã Chè Thanh Chương", "HTX chè Thanh Chương"),
        ("Hộ kinh doanh Nguyễn Văn Mẫu", "HKD Nguyễn Văn Mẫu"),
        ("Công ty cổ phần Đầu tư Phát triển Mẫu", "Cty CP ĐT PT Mẫu"),
        ("Doanh nghiệp tư nhân Mẫu", "DNTN Mẫu"),
        ("Đồng Tâm", "Ðồng Tâm"),
    ],
)
def test_abbreviations_tone_placement_and_signs_do_not_count(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoa Phát", "Hòa Phát"),
        ("Cơ sở mộc số 1", "Cơ sở mộc số 2"),
        ("Đan Tâm", "Dan Tâm"),
        ("Công ty TNHH An Bình", "Công ty cổ phần An Bình"),
        ("Vân An", "Và An"),
    ],
)
def test_what_tells_two_facilities_apart_counts(one, other):
    assert name_key(one) != name_key(other)


@given(NAMES)
def test_the_key_of_a_key_is_itself(name):
    assert name_key(name_key(name)) == name_key(name)


@given(NAMES)
def test_the_unicode_form_never_counts(name):
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, name)
        assert (name_key(typed), plain_name(typed)) == (name_key(name), plain_name(name))


@given(NAMES)
def test_case_never_counts(name):
    assert name_key(name.upper()) == name_key(name.lower())


@given(NAMES)
def test_the_plain_name_is_of_letters_that_every_locale_knows(name):
    assert plain_name(name).isascii()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Công ty TNHH Mộc An Bình", "moc an binh"),
        ("Cơ sở sản xuất cơ khí Hồ Mẫu", "co khi ho mau"),
        ("Công ty cổ phần Thương mại", ""),
    ],
)
def test_the_plain_name_leaves_out_what_many_names_share(name, plain):
    assert plain_name(name) == plain
