"""Vietnamese text: what is stored, what is searched, what counts as the same name, and how names are sorted.

`nfc` and `clean` prepare text for storing; the three keys are derived from it and never shown.
Every function accepts text in any Unicode form and is idempotent, except `sort_key`.
"""

import re
import unicodedata

# No glyph of their own: soft hyphen, grapheme joiner, zero-width space and joiners, direction marks, byte-order mark.
_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_FIXED_SPACES = str.maketrans("\u00a0\u2007\u202f", "   ")

# Icelandic eth and African D look like Đ and come from old fonts; NFD does not take đ apart either.
D_LOOKALIKES = str.maketrans("ÐƉðɖ", "ĐĐđđ")
_APOSTROPHES_AND_DASHES = str.maketrans("‘’ʼʻ′`“”‐‑‒–—−", "''''''\"\"------")

_TONE_RANKS = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_TONES = "".join(_TONE_RANKS)
_VOWEL_RUN = re.compile(f"(?:[aeiouy][{_TONES}\u0302\u0306\u031b]*)+")
_Y_AFTER_CONSONANT = re.compile("(?:(?<=[bcdfghjklmnpqrstvwxz])|(?<=qu))y")
_NOT_LETTERS_OR_DIGITS = re.compile(r"[\W_ʹʺʻʼ]+")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANKS = dict(zip(_ALPHABET, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg", strict=True))


def nfc(text: str) -> str:
    """The same text in NFC, without zero-width characters, with plain spaces for no-break ones; lines are kept."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_FIXED_SPACES))


def clean(text: str) -> str:
    """One line: `nfc`, every run of white space as one space, none at the ends."""
    return " ".join(nfc(text).split())


def search_key(text: str) -> str:
    """What a search compares: "Nghệ An" -> "nghe an", words of letters and digits with single spaces.

    Case, diacritics, đ/d, tone placement (hoà/hòa) and punctuation do not count. Neither does i/y where spelling
    varies: y after a consonant or after "qu" becomes i (tỷ/tỉ, kỹ/kĩ, lý/lí, Mỹ/Mĩ, Quy/Qui Nhơn, quýt/quít).
    Elsewhere y is another sound and stays: thúy is not thúi, tay is not tai, yên. Inside a word the rule is the same,
    so the key of what one has typed so far begins the key of the whole word.
    """
    letters = "".join(char for char in _decomposed(text) if not unicodedata.combining(char)).replace("đ", "d")
    return _Y_AFTER_CONSONANT.sub("i", _words(letters))


def match_key(text: str) -> str:
    """Equal for two writings of one name: a unique column that stops duplicates.

    Case, white space, Unicode form, tone placement (hoà/hòa, thuỷ/thủy), look-alikes of Đ and the shape of dashes and
    apostrophes do not count. Tones, vowel marks, đ/d and i/y do: "hoa" is not "hòa".
    """
    spelled = _VOWEL_RUN.sub(_tone_at_the_end, _decomposed(text))
    return re.sub(" ?- ?", "-", clean(spelled))


def sort_key(text: str) -> str:
    """Text whose code-point order (PostgreSQL's C collation) is Vietnamese dictionary order.

    First the letters, a ă â b c d đ e ê …, one ASCII character each, "-" between words, digits before letters; then a
    space and the tones (ngang huyền hỏi ngã sắc nặng), which decide only between names of equal letters. Case and tone
    placement do not count. Other scripts come last. At most twice as long as the text, for Vietnamese.
    """
    composed = "".join(char for char in match_key(text) if not unicodedata.combining(char))
    letters, tones = "", ""
    for char in _words(composed):
        letter, tone = _letter_and_tone(char)
        letters += "-" if letter == " " else _LETTER_RANKS.get(letter, letter)
        tones += tone
    return f"{letters} {tones.rstrip('0')}".rstrip()


def _decomposed(text: str) -> str:
    """Lower case, marks after their letters, compatibility forms (full width, ², …) and look-alikes replaced."""
    folded = unicodedata.normalize("NFKD", nfc(text)).casefold()
    return folded.translate(D_LOOKALIKES | _APOSTROPHES_AND_DASHES)


def _words(text: str) -> str:
    return _NOT_LETTERS_OR_DIGITS.sub(" ", text).strip()


def _tone_at_the_end(vowels: re.Match[str]) -> str:
    """Of a run of vowels, decomposed: the tone after the last one, wherever it was typed."""
    run = vowels[0]
    return "".join(char for char in run if char not in _TONES) + "".join(char for char in run if char in _TONES)


def _letter_and_tone(char: str) -> tuple[str, str]:
    """Of one character: "ậ" -> ("â", "5"). A letter of another language loses its other marks: "ü" -> ("u", "0")."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONE_RANKS[part] for part in parts if part in _TONE_RANKS), "0")
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONE_RANKS))
    return (letter if letter in _LETTER_RANKS else parts[0]), tone
