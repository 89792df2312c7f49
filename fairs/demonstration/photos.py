"""Calm drawings instead of photos: a vessel on a table, and the word that it is made up."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from fairs.products import photos

SIZE, TABLE = (960, 720), 520
INK, LEFT, TOP = "#33424a", 390, 630
COLOURS = (("#eef3f2", "#c9b58a", "#3d9ab8"), ("#f5f1ea", "#9cc9d6", "#b07aa1"))  # wall, table, vessel


def illustrate(products, staff):
    """One drawing for each of the products, kept as an uploaded photo is."""
    for number, product in enumerate(products):
        photos.add(product, _file(*COLOURS[number % len(COLOURS)]), by=staff, view="front", caption="Ảnh minh họa")


def _file(wall, table, vessel):
    image = Image.new("RGB", SIZE, wall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, TABLE, *SIZE), fill=table)
    draw.ellipse((330, 250, 630, 610), fill=vessel)
    draw.rectangle((420, 180, 540, 300), fill=vessel)
    _write(draw)
    content = BytesIO()
    image.save(content, "PNG")
    return ContentFile(content.getvalue(), "minh-hoa.png")


def _write(draw):
    """ "minh họa": the font that comes with Pillow has no "ọ", so its dot is drawn."""
    font = ImageFont.load_default(44)
    draw.text((LEFT, TOP), "minh hoa", fill=INK, font=font)
    middle = LEFT + font.getlength("minh h") + font.getlength("o") / 2
    draw.ellipse((middle - 3, TOP + 50, middle + 3, TOP + 56), fill=INK)
