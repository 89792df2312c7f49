"""What a person typed into the search box."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from khuyencong import text

LONGEST, SHORTEST = 100, 2
# Kinds of units that people put before a name; records keep the name alone.
KINDS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh")
_KIND_KEYS = {text.search_key(kind): text.match_key(kind) for kind in KINDS}
_NUMBER = re.compile(r"(?:(?:quiet dinh|van ban|qd|so) )*(\d{1,6}(?!\d).*)")  # longer ones are tax codes


@dataclass(frozen=True)
class Query:
    """`text` is what was typed, one line of at most 100 characters; `key` is how it is compared (`text.search_key`)."""

    text: str

    @classmethod
    def read(cls, typed: str):
        """Whatever came in the address: control characters and the rest beyond 100 characters are dropped."""
        plain = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in typed[: LONGEST * 4])
        return cls(text.clean(plain)[:LONGEST].strip())

    @cached_property
    def key(self) -> str:
        return text.search_key(self.text)

    @property
    def is_enough(self) -> bool:
        """Two letters or digits at least: one alone is in every second row."""
        return len(self.key.replace(" ", "")) >= SHORTEST

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """`key`, and for "xã Diễn Kỷ" also "dien ki". A word that only looks like a kind stays: "xà phòng"."""
        for kind, spelled in _KIND_KEYS.items():
            rest = self.key.removeprefix(f"{kind} ")
            plain = text.match_key(self.text).startswith((f"{spelled} ", f"{text.match_key(kind)} "))
            if rest != self.key and len(rest) >= SHORTEST and plain:
                return (self.key, rest)
        return (self.key,)

    @property
    def name(self) -> str:
        """What lists are asked for, which know names without kinds: "Diễn Kỷ" of "xã Diễn Kỷ", else the text."""
        kind = len(self.key.split()) - len(self.keys[-1].split())
        return " ".join(self.text.split()[kind:])

    @cached_property
    def number(self) -> str:
        """The key of a document's number, '15 qd sct' for "quyết định số 15/QĐ-SCT"; '' when it cannot be one."""
        found = _NUMBER.fullmatch(self.key)
        return found[1] if found else ""
