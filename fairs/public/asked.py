"""What a visitor asks of the list, within bounds: the same question has one form, so that its answer can be kept."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fairs.enums import ProductGroup
from khuyencong.text import clean, search_key

LONGEST, MOST_WORDS, DEEPEST = 80, 6, 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, name of a province, code of a group and of a level, number of the page (from 1)."""

    q: str = ""
    province: str = ""
    group: str = ""
    level: str = ""
    page: int = 1

    @property
    def query(self):
        """'?q=…&trang=2': only what was asked; '' for the whole list."""
        parts = {"q": self.q, "tinh": self.province, "nhom": self.group, "cap": self.level}
        parts = {name: value for name, value in parts.items() if value}
        if self.page > 1:
            parts["trang"] = self.page
        return f"?{urlencode(parts)}" if parts else ""

    @property
    def is_narrow(self):
        return bool(self.q or self.province or self.group or self.level)

    def on_page(self, page):
        return replace(self, page=page)


def read(data) -> Asked:
    """From a query string; what is unknown or beyond the bounds is left out."""
    words = clean(data.get("q", "")[:LONGEST]).split()
    group, page = data.get("nhom", ""), data.get("trang", "")
    return Asked(
        q=" ".join(words[:MOST_WORDS]),
        province=clean(data.get("tinh", "")[:LONGEST]) if search_key(data.get("tinh", "")[:LONGEST]) else "",
        group=group if group in ProductGroup.values else "",
        level=_slug(data.get("cap", "")),
        page=min(max(int(page), 1), DEEPEST) if page.isascii() and page.isdecimal() and len(page) < 4 else 1,
    )


def _slug(text):
    return text if text.isascii() and text.replace("-", "").isalnum() and len(text) <= 20 else ""
