"""What becomes of an uploaded picture: upright, small, JPEG, and without what the camera wrote into it."""

import struct
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from khuyencong.refusals import RefusedError
from programmes.dossier.inspection import MOST_PIXELS, TOO_MANY_PIXELS, inspect

LARGE, SMALL = 1600, 480  # pixels of the longer side
QUALITY = 85
ENDINGS = {"jpg", "png"}
NO_PICTURE = "Chỉ nhận ảnh JPG hoặc PNG."
BROKEN = "Không đọc được ảnh: tệp bị hỏng hoặc không phải ảnh JPG, PNG. Hãy lưu lại ảnh rồi chọn lại."
BAD = (OSError, ValueError, SyntaxError, EOFError, struct.error, MemoryError, OverflowError)


@dataclass(frozen=True, slots=True)
class Pictures:
    """JPEG bytes of the picture and of its small copy; the size of the former in pixels."""

    large: bytes
    small: bytes
    width: int
    height: int


def read(file) -> Pictures:
    """`file` (uploaded, `name` and `size`) as we keep it; RefusedError with a sentence for what is no good picture."""
    if inspect(file).ending not in ENDINGS:
        raise RefusedError(NO_PICTURE, "file_type")
    try:
        with Image.open(file, formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise RefusedError(TOO_MANY_PIXELS, "image_too_large")
            large = _plain(image)
    except (*BAD, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedError(BROKEN, "file_unreadable") from error
    small = large.copy()
    small.thumbnail((SMALL, SMALL))
    return Pictures(_jpeg(large), _jpeg(small), large.width, large.height)


def _plain(image):
    """Upright, at most LARGE, on white where it was see-through; pixels only, nothing else of the file."""
    image.draft("RGB", (LARGE, LARGE))
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LARGE, LARGE))
    plain = Image.new("RGB", upright.size, "white")
    mask = upright.convert("RGBA") if upright.mode in ("P", "PA", "LA", "RGBA") else None
    plain.paste(mask or upright.convert("RGB"), mask=mask)
    return plain


def _jpeg(image):
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
