"""Photos of products: what is kept of a picture, who may see it, and that files and rows go together."""

import io
import os
import time

import pytest
from django.urls import reverse
from PIL import Image

from fairs.models import ProductPhoto
from fairs.products import photos, pictures
from khuyencong.refusals import RefusedError
from programmes.dossier import services as dossier
from programmes.dossier import storage
from tests.dossier_files import a_jpg, a_pdf, upload
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory
from tests.fairs.factories import PhotoFactory, ProductFactory
from tests.fairs.pictures import a_bomb, a_picture, a_text_bomb, cut_short, of_a_phone
from tests.pages import sentences, soup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOSSIER_DIR = tmp_path / "dossiers"
    return settings.DOSSIER_DIR


@pytest.fixture
def product(staff):
    return ProductFactory(facility=FacilityFactory(province=staff.province))


def files(folder):
    return sorted(path.name for path in folder.glob("??/*"))


def opened(content):
    return Image.open(io.BytesIO(content))


def test_a_picture_of_a_phone_stands_upright_and_says_no_longer_where_it_was_taken():
    taken = pictures.read(of_a_phone(400, 200))

    for content in (taken.large, taken.small):
        image = opened(content)
        assert image.format == "JPEG"
        assert not image.getexif()
        assert {"exif", "comment", "icc_profile", "xmp"} & set(image.info) == set()
        assert b"Exif" not in content
        assert b"rieng" not in content
    image = opened(taken.large)
    assert image.size == (taken.width, taken.height) == (200, 400)
    red, blue = image.getpixel((100, 50)), image.getpixel((100, 350))
    assert red[0] > 200 > red[2]
    assert blue[2] > 200 > blue[0]


@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((4000, 3000), (1600, 1200), (480, 360)),
        ((300, 200), (300, 200), (300, 200)),
        ((500, 4000), (200, 1600), (60, 480)),
    ],
)
def test_pictures_are_made_small_and_never_larger(size, large, small):
    taken = pictures.read(a_picture(*size))

    assert (opened(taken.large).size, opened(taken.small).size) == (large, small)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "CMYK"])
def test_every_kind_of_picture_becomes_a_plain_one(mode):
    file = a_picture(mode="RGB") if mode == "RGB" else _of_mode(mode)

    assert opened(pictures.read(file).large).mode == "RGB"


def _of_mode(mode):
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    return upload("a.jpg" if mode == "CMYK" else "a.png", out.getvalue())


def test_what_is_see_through_lies_on_white():
    file = a_picture(20, 20, "a.png", "PNG", "RGBA", (255, 0, 0, 0))

    assert opened(pictures.read(file).large).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (a_bomb, "image_too_large"),
        (a_text_bomb, "file_unreadable"),
        (cut_short, "file_unreadable"),
        (a_jpg, "file_unreadable"),
        (a_pdf, "file_type"),
        (lambda: upload("a.png", b"GIF89a" + b"\0" * 50), "file_not_what_it_says"),
        (lambda: upload("a.png", b""), "file_empty"),
    ],
)
def test_what_is_no_good_picture_is_refused_with_a_sentence(make, code):
    with pytest.raises(RefusedError) as caught:
        pictures.read(make())

    assert caught.value.refusal.code == code
    assert caught.value.refusal.sentence.endswith(".")


def test_a_photo_is_put_up_shown_and_taken_away_with_its_files(
    client, staff, product, folder, django_capture_on_commit_callbacks
):
    client.force_login(staff)
    typed = {"file": a_picture(2000, 1000), "view": "side", "caption": "Bao bì"}

    client.post(reverse("fairs:photo-create", args=[product.pk]), typed)

    photo = ProductPhoto.objects.get()
    assert (photo.view, photo.caption, photo.width, photo.height) == ("side", "Bao bì", 1600, 800)
    assert files(folder) == sorted([photo.stored_name, photo.thumbnail_name])
    for name, width in (("fairs:photo-file", 1600), ("fairs:photo-thumbnail", 480)):
        answer = client.get(reverse(name, args=[photo.pk]))
        assert opened(b"".join(answer.streaming_content)).width == width
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
        assert answer["Cache-Control"].startswith("private")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("fairs:photo-delete", args=[photo.pk]))
    assert (files(folder), ProductPhoto.objects.count()) == ([], 0)


def test_a_refused_photo_leaves_no_file_and_says_why_beside_its_box(client, staff, product, folder):
    client.force_login(staff)
    url = reverse("fairs:photo-create", args=[product.pk])

    page = soup(client.post(url, {"file": a_bomb(), "view": "front"}))

    assert any("40 triệu điểm ảnh" in one for one in sentences(page))
    assert files(folder) == []
    client.post(url, {"file": a_picture(), "view": "front"})
    again = soup(client.post(url, {"file": a_picture(), "view": "side"}))
    assert any(photos.KNOWN in one for one in sentences(again))
    assert len(files(folder)) == 2


def test_a_product_has_at_most_twelve_photos(staff, product, folder):
    PhotoFactory.create_batch(photos.MOST, product=product)

    with pytest.raises(RefusedError, match="nhiều nhất 12 ảnh"):
        photos.add(product, a_picture(), by=staff, view="front")

    assert files(folder) == []


def test_photos_of_another_province_do_not_exist(client, staff):
    other = FacilityFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    photo = PhotoFactory(product=ProductFactory(facility=other))
    client.force_login(staff)

    for name in ("fairs:photo-file", "fairs:photo-thumbnail"):
        assert client.get(reverse(name, args=[photo.pk])).status_code == 404
    assert client.post(reverse("fairs:photo-delete", args=[photo.pk])).status_code == 404
    assert client.get(reverse("fairs:photo-create", args=[photo.product_id])).status_code == 404
    assert ProductPhoto.objects.exists()


def test_a_file_that_was_altered_is_not_given_out(client, staff, product):
    photo = photos.add(product, a_picture(), by=staff, view="front")
    storage.path(photo.thumbnail_name).write_bytes(b"<script>")
    client.force_login(staff)

    assert client.get(reverse("fairs:photo-thumbnail", args=[photo.pk])).status_code == 409
    assert b"".join(client.get(reverse("fairs:photo-file", args=[photo.pk])).streaming_content)[:2] == b"\xff\xd8"


def test_the_sweep_of_unnamed_files_spares_photos(staff, product, folder):
    photo = photos.add(product, a_picture(), by=staff, view="front")
    lost = storage.keep([b"nobody names me"])
    SchemeFactory()
    for name in files(folder):
        os.utime(storage.path(name), (time.time() - 3 * dossier.DAY,) * 2)

    dossier.sweep()

    assert files(folder) == sorted([photo.stored_name, photo.thumbnail_name])
    assert lost.name not in files(folder)


def test_deleting_a_product_takes_its_files_with_it(client, staff, product, folder, django_capture_on_commit_callbacks):
    photos.add(product, a_picture(), by=staff, view="front")
    client.force_login(staff)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("fairs:product-delete", args=[product.pk]))

    assert files(folder) == []
