"""When two writings name one facility."""

import re

from khuyencong import text

# What offices abbreviate, in the form that `text.match_key` leaves; longer writings first.
_SHORT_FORMS = {
    "trách nhiệm hữu hạn": "tnhh",
    "một thành viên": "mtv",
    "hai thành viên": "2tv",
    "doanh nghiệp tư nhân": "dntn",
    "hộ kinh doanh": "hkd",
    "hộ sản xuất": "hsx",
    "hợp tác xã": "htx",
    "tổ hợp tác": "tht",
    "công ty": "cty",
    "cổ phần": "cp",
    "sản xuất": "sx",
    "thương mại": "tm",
    "dịch vụ": "dv",
    "xây dựng": "xd",
    "xuất nhập khẩu": "xnk",
    "chế biến": "cb",
    "nông nghiệp": "nn",
    "công nghiệp": "cn",
    "đầu tư": "đt",
    "phát triển": "pt",
}
_SHORTER = {text.match_key(long): text.match_key(short) for long, short in _SHORT_FORMS.items()}
_LONG = re.compile("|".join(rf"\b{re.escape(long)}\b" for long in _SHORTER))
_COMMON = re.compile(
    "|".join(rf"\b{word}\b" for word in [*_SHORTER.values(), *map(text.match_key, ("cơ sở", "xưởng", "hộ"))])
)
_NOT_NAME = re.compile(r"(?:\bvà\b|&|[^\w])+".replace("và", text.match_key("và")))


def name_key(name: str) -> str:
    """Equal for two writings of one facility's name.

    Beside what `text.match_key` ignores (case, spaces, Unicode form, tone placement), abbreviations of legal forms and
    common words count as the words, and "và", "&" and punctuation do not count: "Công ty TNHH SX & TM An Bình" is
    "Cty trách nhiệm hữu hạn sản xuất và thương mại An Bình". Diacritics do count.
    """
    short = _LONG.sub(lambda found: _SHORTER[found[0]], text.match_key(name))
    return _NOT_NAME.sub(" ", short).strip()


def plain_name(name: str) -> str:
    """The words of a name that tell it from others, without diacritics: "Công ty TNHH Mộc An Bình" -> "moc an binh".

    What similar names are compared by: pg_trgm sees only letters that the database's locale knows, in C those of ASCII.
    """
    return text.search_key(_COMMON.sub(" ", name_key(name)))
