"""What a Word or Excel file may hold: plain parts, no macros, nothing embedded, nothing fetched from outside."""

import re
import zipfile
from collections import Counter

from khuyencong.refusals import RefusedError

MOST_PARTS = 1000
MOST_BYTES = 100 * 2**20
MOST_RATIO = 150
CHUNK = 1 << 16
ACTIVE = re.compile(r"vbaproject|externallinks/|embeddings/|activex|oleobject", re.IGNORECASE)
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)""", re.IGNORECASE)
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External""", re.IGNORECASE)

UNREADABLE = (
    "Tệp bị hỏng hoặc không phải là tệp Word, Excel. Hãy mở tệp, lưu lại dưới dạng .docx hoặc .xlsx rồi chọn lại."
)
LOCKED = "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi chọn lại."
MACROS = "Tệp có macro, đối tượng nhúng hoặc liên kết ngoài. Hãy bỏ những phần đó (hoặc xuất ra PDF) rồi chọn lại."
ODD = "Tệp có cấu trúc bất thường nên không nhận. Hãy xuất ra PDF rồi chọn lại."
TOO_BIG = "Tệp khi bung ra quá lớn (trên 100 MB) nên không nhận."


def check(file, part):
    """Refuse, with a sentence, an Office file that is not plain; `part` is what its format must hold."""
    try:
        with zipfile.ZipFile(file) as package:
            _check_names(package.infolist(), part)
            _check_parts(package)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise RefusedError(UNREADABLE, "file_unreadable") from error
    except RuntimeError as error:  # what zipfile says of a password
        raise RefusedError(LOCKED, "file_locked") from error


def _check_names(infos, part):
    names = [info.filename for info in infos]
    if any(info.flag_bits & 0x1 for info in infos):
        raise RefusedError(LOCKED, "file_locked")
    if any(ACTIVE.search(name) for name in names):
        raise RefusedError(MACROS, "file_active")
    if len(names) > MOST_PARTS or max(Counter(name.lower() for name in names).values(), default=0) > 1:
        raise RefusedError(ODD, "file_odd")
    if any(_leads_outside(name) for name in names):
        raise RefusedError(ODD, "file_odd")
    if part not in names or "[Content_Types].xml" not in names:
        raise RefusedError(UNREADABLE, "file_unreadable")


def _leads_outside(name):
    return name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name


def _check_parts(package):
    """Count bytes while unpacking: what a header says of them may be a lie."""
    total = 0
    for info in package.infolist():
        content = bytearray()
        is_markup = info.filename.lower().endswith((".xml", ".rels", ".vml"))
        unpacked = 0
        with package.open(info) as part:
            while chunk := part.read(CHUNK):
                unpacked += len(chunk)
                total += len(chunk)
                if total > MOST_BYTES or unpacked > MOST_RATIO * max(info.compress_size, 1000):
                    raise RefusedError(TOO_BIG, "file_too_big")
                if is_markup:
                    content += chunk
        if is_markup:
            _check_markup(bytes(content), info.filename)


def _check_markup(content, name):
    plain = content.replace(b"\0", b"")  # UTF-16 has a zero beside each letter
    encoding = ENCODING.search(plain[:200])
    if DECLARATION.search(plain) or (encoding and encoding[1].lower() not in {b"utf-8", b"utf-16", b"us-ascii"}):
        raise RefusedError(ODD, "file_odd")
    if name.lower().endswith(".rels"):
        outside = [one for one in RELATIONSHIP.findall(plain) if EXTERNAL.search(one)]
        if any(b"/hyperlink" not in one for one in outside):
            raise RefusedError(MACROS, "file_active")
