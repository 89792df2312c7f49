"""What a file is by its own bytes, whatever its name says; a file that may do harm is refused with a sentence."""

import re
import struct
import zlib
from pathlib import PurePath

from django.conf import settings

from khuyencong import text
from khuyencong.refusals import RefusedError
from programmes.dossier import packages
from programmes.dossier.kinds import BY_ENDING, NAMES, FileKind

MOST_PIXELS = 40_000_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z])")
ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,500}?stream\r?\n", re.DOTALL)
MOST_OBJECTS = 20 * 2**20
MOST_STREAMS = 2000
SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

WRONG_TYPE = f"Chỉ nhận {NAMES}."
EMPTY = "Tệp rỗng."
TOO_LARGE = "Tệp lớn hơn {} MB. Hãy nén ảnh, quét lại ở độ phân giải thấp hơn hoặc tách thành nhiều tệp."
NOT_WHAT_IT_SAYS = "Nội dung tệp không phải là {} như tên tệp nói. Hãy lưu lại đúng định dạng rồi chọn lại."
PASSWORD = "Tệp có mật khẩu hoặc ở định dạng Office cũ. Hãy bỏ mật khẩu, lưu dưới dạng .docx, .xlsx hoặc PDF."
ACTIVE_PDF = "Tệp PDF có mã chạy hoặc tệp đính kèm bên trong. Hãy in lại ra PDF rồi chọn lại."
LOCKED_PDF = "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi chọn lại."
TOO_MANY_PIXELS = "Ảnh lớn hơn 40 triệu điểm ảnh. Hãy giảm kích thước ảnh rồi chọn lại."
BROKEN_IMAGE = "Không đọc được kích thước ảnh: tệp bị hỏng. Hãy lưu lại ảnh rồi chọn lại."


def clean_name(name) -> str:
    """A file's own name as it may be shown: no folder, no control or direction marks, at most 200 characters."""
    base = PurePath(str(name).replace("\\", "/")).name
    shown = "".join(character for character in text.clean(base) if character.isprintable())
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[:190]}{dot}{ending[:9]}" if dot else shown[:200]


def inspect(file) -> FileKind:
    """What `file` (an uploaded file with `name` and `size`) is; RefusedError for what a dossier does not take."""
    kind = BY_ENDING.get(clean_name(file.name).rpartition(".")[2].lower())
    if kind is None:
        raise RefusedError(WRONG_TYPE, "file_type")
    if not file.size:
        raise RefusedError(EMPTY, "file_empty")
    if file.size > settings.DOSSIER_FILE_LIMIT:
        raise RefusedError(TOO_LARGE.format(settings.DOSSIER_FILE_LIMIT // 2**20), "file_too_large")
    _check_magic(file, kind)
    file.seek(0)
    CHECKS.get(kind.ending, _check_package)(file, kind)
    file.seek(0)
    return kind


def _check_magic(file, kind):
    file.seek(0)
    head = file.read(16)
    if head.startswith(OLD_OFFICE):
        raise RefusedError(PASSWORD, "file_locked")
    if not head.startswith(kind.magic):
        raise RefusedError(NOT_WHAT_IT_SAYS.format(f".{kind.ending}"), "file_not_what_it_says")


def _check_package(file, kind):
    packages.check(file, kind.part)


def _check_pdf(file, kind):
    content = file.read()
    for part in (content, *_object_streams(content)):
        if b"/Encrypt" in part:
            raise RefusedError(LOCKED_PDF, "file_locked")
        if ACTIVE.search(part) or ACTIVE.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)):
            raise RefusedError(ACTIVE_PDF, "file_active")


def _object_streams(content):
    """Objects that a newer PDF keeps compressed, all of them; RefusedError when they go beyond the bounds."""
    if content.count(b"/ObjStm") > MOST_STREAMS:
        raise RefusedError(packages.ODD, "file_odd")
    left, end, seen = MOST_OBJECTS, 0, memoryview(content)
    for found in OBJECT_STREAM.finditer(content):
        if left <= 0:
            raise RefusedError(packages.ODD, "file_odd")
        if end < found.end():
            end = content.find(b"endstream", found.end()) % (len(content) + 1)  # without one, all the rest
        part = _unpack(seen[found.end() : end], left)
        left -= len(part)
        yield part


def _unpack(packed, most):
    """The whole stream, at most `most` bytes; nothing when it is not compressed: then it was read as it stands."""
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(packed[:2])
    except zlib.error:
        return b""
    try:
        part = unpacker.decompress(packed[2:], most)
    except zlib.error as error:
        raise RefusedError(packages.ODD, "file_odd") from error
    if not unpacker.eof:
        raise RefusedError(packages.ODD, "file_odd")
    return part


def _check_png(file, kind):
    head = file.read(24)
    if len(head) < 24 or head[12:16] != b"IHDR":
        raise RefusedError(BROKEN_IMAGE, "file_unreadable")
    _check_pixels(*struct.unpack(">II", head[16:24]))


def _check_jpeg(file, kind):
    """Walk the segments to the frame that says height and width."""
    file.seek(2)
    while True:
        marker = file.read(4)
        if len(marker) < 4 or marker[0] != 0xFF:
            raise RefusedError(BROKEN_IMAGE, "file_unreadable")
        length = struct.unpack(">H", marker[2:])[0]
        if marker[1] in SIZE_MARKERS:
            height, width = struct.unpack(">xHH", file.read(5).ljust(5, b"\0"))
            return _check_pixels(width, height)
        file.seek(max(length - 2, 0), 1)


def _check_pixels(width, height):
    if not width or not height:
        raise RefusedError(BROKEN_IMAGE, "file_unreadable")
    if width * height > MOST_PIXELS:
        raise RefusedError(TOO_MANY_PIXELS, "image_too_large")


CHECKS = {"pdf": _check_pdf, "png": _check_png, "jpg": _check_jpeg}
