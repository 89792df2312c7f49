"""Real files for dossiers, small, good and bad; and the way to put one in."""

import io
import struct
import zipfile
import zlib
from datetime import date

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from programmes.dossier import services

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
trailer<</Root 1 0 R>>
%%EOF"""


def upload(name, content):
    return SimpleUploadedFile(name, content)


def a_pdf(name="Đơn đề nghị.pdf", extra=b""):
    return upload(name, PDF + extra)


def packed_object_stream(content):
    """A PDF object stream, compressed as newer PDFs keep their objects."""
    packed = zlib.compress(content)
    return b"4 0 obj<</Type/ObjStm/Length %d>>stream\r\n%b\nendstream endobj" % (len(packed), packed)


def a_docx(name="Thuyết minh.docx", text="Thuyết minh đề án", add=None, replace=None):
    """A Word file; `add` and `replace` {part: bytes} put further parts into it or change one."""
    plain, out = io.BytesIO(), io.BytesIO()
    document = Document()
    document.add_paragraph(text)
    document.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info.filename, (replace or {}).get(info.filename, source.read(info)))
        for part, content in (add or {}).items():
            target.writestr(part, content)
    return upload(name, out.getvalue())


def an_xlsx(name="Dự toán.xlsx"):
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return upload(name, out.getvalue())


def a_png(width=2, height=2, name="Ảnh máy.png"):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + b"\0" * 3 * min(width, 2) for _ in range(min(height, 2))))
    return upload(name, b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b""))


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_jpg(width=2, height=2, name="Ảnh máy.jpg"):
    """The segments that say a picture's size, after one of the camera's."""
    camera = b"\xff\xe1" + struct.pack(">H", 8) + b"Exif\0\0"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return upload(name, b"\xff\xd8" + camera + frame + b"\xff\xd9")


def put(scheme, file, item=None, by=None):
    """The document that the file becomes in the scheme's dossier."""
    given = services.Given(item.name if item else "Giấy tờ khác", item, file)
    return services.add_documents(scheme, [given], by=by or scheme.created_by, received_on=date(2020, 3, 2))[0]
