"""Which files a dossier takes, how each is recognised, and how large it may be."""

from dataclasses import dataclass

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A format: its ending, its media type, the bytes that it begins with; of a packed format the part it must hold."""

    ending: str
    content_type: str
    magic: bytes
    part: str = ""


KINDS = (
    FileKind("pdf", "application/pdf", b"%PDF-"),
    FileKind("docx", f"{OFFICE}.wordprocessingml.document", b"PK\x03\x04", "word/document.xml"),
    FileKind("xlsx", f"{OFFICE}.spreadsheetml.sheet", b"PK\x03\x04", "xl/workbook.xml"),
    FileKind("jpg", "image/jpeg", b"\xff\xd8\xff"),
    FileKind("png", "image/png", b"\x89PNG\r\n\x1a\n"),
)
BY_ENDING = {kind.ending: kind for kind in KINDS} | {"jpeg": next(kind for kind in KINDS if kind.ending == "jpg")}
BY_TYPE = {kind.content_type: kind for kind in KINDS}
ACCEPT = ",".join(f".{ending}" for ending in BY_ENDING)
NAMES = "PDF, Word (.docx), Excel (.xlsx), ảnh JPG hoặc PNG"
