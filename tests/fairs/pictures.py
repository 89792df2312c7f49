"""Real pictures for products: plain ones, one of a phone that says where it was, and such as are no good."""

import io
import struct
import zlib

from PIL import Image

from tests.dossier_files import upload

ORIENTATION, GPS, LATITUDE_REF, LATITUDE = 0x0112, 0x8825, 1, 2


def a_picture(width=800, height=600, name="Ảnh.jpg", format="JPEG", mode="RGB", colour="brown", **options):
    out = io.BytesIO()
    Image.new(mode, (width, height), colour).save(out, format, **options)
    return upload(name, out.getvalue())


def of_a_phone(width=400, height=200):
    """Lies on its side (orientation 6), red above and blue below once upright from the left; with place and a comment."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[LATITUDE_REF] = "N"
    exif.get_ifd(GPS)[LATITUDE] = (18.0, 40.0, 1.5)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"chup tai nha rieng", quality=95)
    return upload("Điện thoại.jpg", out.getvalue())


def a_bomb(width=30_000, height=30_000):
    """A PNG of some bytes that says it has 900 million pixels."""
    return upload("Bom.png", _png(width, height, zlib.compress(b"\0" * 100)))


def cut_short():
    """A PNG whose pixels break off."""
    content = a_picture(name="a.png", format="PNG").read()
    return upload("Hỏng.png", content[: len(content) // 2])


def a_text_bomb():
    """A PNG with a compressed text of 100 MB in it."""
    text = b"Comment\0\0" + zlib.compress(b"a" * 100_000_000)
    return upload("Chữ.png", _png(2, 2, zlib.compress(b"\0" * 14), (b"zTXt", text)))


def _png(width, height, pixels, *more):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), *more, (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
