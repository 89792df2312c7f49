"""Seed rows of the law: papers asked for at each step, and the first templates of papers."""

from khuyencong.reference import FIXTURES, read, upsert
from programmes.models import ActivityContent, DossierItem, PaperTemplate


def load() -> int:
    """How many rows were added; what an office changed in one stays so."""
    return _load_items() + _load_templates()


def _load_items():
    """A row that names several contents becomes one item for each: `remainder-works-completion.KC07.04`."""
    contents = dict(ActivityContent.objects.values_list("code", "pk"))
    items = []
    for row in read("dossier_items"):
        for content in row.pop("contents").split() or [""]:
            code = "-".join(part for part in (row["code"], content.lower().replace(".", "-")) if part)
            items.append(row | {"code": code, "content_id": contents[content] if content else "", "province_id": ""})
    return upsert(DossierItem, ["code"], items, once=[name for name in items[0] if name != "code"])


def _load_templates():
    rows = [row | {"content": (FIXTURES / "papers" / row["file_name"]).read_bytes()} for row in read("paper_templates")]
    return upsert(PaperTemplate, ["code"], rows, once=[name for name in rows[0] if name != "code"]) if rows else 0
