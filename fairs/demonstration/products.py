"""Illustrative products: numbered, never a real name; their group follows from the facility's trade."""

from fairs.enums import ProductGroup
from fairs.models import Product

GROUPS = {"a": ProductGroup.FOOD, "d": ProductGroup.MACHINE, "dd": ProductGroup.CRAFT}
PARTS = "Ba loại sản phẩm đóng hộp chung (minh họa)"
DESCRIPTION = "Sản phẩm minh họa để trình diễn cổng, không phải sản phẩm có thật."
EVERY_NINTH = 9


def products_of(facilities, *, first) -> list[Product]:
    """One new product for each of `facilities`, in their order, numbered from `first`; every ninth is a set."""
    return Product.objects.bulk_create(_product(one, number) for number, one in enumerate(facilities, start=first))


def _product(facility, number):
    is_set = number % EVERY_NINTH == 0
    work = facility.name.partition(" – ")[2] or "sản xuất"
    return Product(
        facility=facility,
        name=f"{'Bộ sản phẩm' if is_set else 'Sản phẩm'} minh họa {number:03d} – {work}",
        group=GROUPS.get(facility.trade_id and facility.trade.code, ProductGroup.OTHER),
        is_set=is_set,
        parts=PARTS if is_set else "",
        description=DESCRIPTION,
        is_illustrative=True,
    )
