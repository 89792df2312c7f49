"""Photos of products: a row and its two files come and go together."""

from dataclasses import dataclass

from django.db import connection, transaction

from fairs.models import Product, ProductPhoto
from fairs.products import pictures
from khuyencong.refusals import RefusedError
from programmes.dossier import storage

MOST = 12  # photos of a product
TOO_MANY = f"Mỗi sản phẩm có nhiều nhất {MOST} ảnh. Xóa bớt ảnh cũ rồi thêm ảnh mới."
KNOWN = "Ảnh này đã có ở sản phẩm."


@dataclass(frozen=True, slots=True)
class Kept:
    """What `storage.open_intact` asks of a file."""

    stored_name: str
    sha256: str


def add(product, file, *, by, view, caption="") -> ProductPhoto:
    """The photo that `file` (uploaded JPG or PNG) becomes; RefusedError with nothing kept."""
    taken, kept = pictures.read(file), []
    try:
        with transaction.atomic():
            Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
            large, small = _keep(taken.large, kept), _keep(taken.small, kept)
            _refuse_more(product, large)
            photo = ProductPhoto.objects.create(
                product=product,
                view=view,
                caption=caption,
                uploaded_by=by,
                stored_name=large.name,
                thumbnail_name=small.name,
                sha256=large.sha256,
                thumbnail_sha256=small.sha256,
                size=large.size,
                width=taken.width,
                height=taken.height,
            )
            connection.check_constraints()
    except BaseException:
        _forget(kept)
        raise
    return photo


def _keep(content, kept):
    stored = storage.keep([content])
    kept.append(stored.name)
    return stored


def _refuse_more(product, stored):
    present = list(product.photos.values_list("sha256", flat=True))
    if stored.sha256 in present:
        raise RefusedError(KNOWN, "photo_once")
    if len(present) >= MOST:
        raise RefusedError(TOO_MANY, "photo_count")


def _forget(names):
    for name in names:
        storage.remove(name)


@transaction.atomic
def delete(photo):
    """The row, and its files once that is certain."""
    names = [photo.stored_name, photo.thumbnail_name]
    photo.delete()
    transaction.on_commit(lambda: _forget(names))


@transaction.atomic
def delete_product(product):
    """A product without a dossier (else ProtectedError), its photos and their files."""
    names = [name for photo in product.photos.all() for name in (photo.stored_name, photo.thumbnail_name)]
    product.delete()
    transaction.on_commit(lambda: _forget(names))


def open_large(photo):
    """The file, opened for reading; DamagedFileError when it is not the one that was kept."""
    return storage.open_intact(Kept(photo.stored_name, photo.sha256))


def open_small(photo):
    """The small copy, as `open_large`."""
    return storage.open_intact(Kept(photo.thumbnail_name, photo.thumbnail_sha256))
