"""What everybody may see: products with a certificate in force today. Nothing about people is read here."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from fairs.models import Certificate, Product, ProductPhoto, SelectionLevel
from khuyencong.models import Province
from khuyencong.text import search_key

PLACES = ("province", "commune", "commune_today")


@dataclass(frozen=True, slots=True)
class Shown:
    """A product with its maker (the kept one of merged facilities), its certificates in force, the highest first."""

    product: Product
    maker: object
    certificates: list
    photos: list

    @property
    def best(self):
        return self.certificates[0]

    @property
    def place(self):
        """'xã Diễn Kỷ, Nghệ An', as places are called today."""
        commune = self.maker.commune_today or self.maker.commune
        return ", ".join(part for part in (commune and commune.full_name, self.maker.province.name) if part)


def in_force(day):
    """Certificates valid on `day` of the products of the row outside."""
    return Certificate.objects.valid_on(day).filter(entry__product=OuterRef("pk"))


def public_products(day):
    """Products that may stand on the public page on `day`."""
    return Product.objects.filter(Exists(in_force(day)), is_public=True)


def found(asked, day):
    """Of the public products those that `asked` (fairs.public.asked.Asked) asks for, the highest level first."""
    rows = public_products(day)
    for word in search_key(asked.q).split():
        rows = rows.filter(_names(word))
    if asked.group:
        rows = rows.filter(group=asked.group)
    if asked.province:
        rows = rows.filter(_of_maker("province__search_key", search_key(asked.province)))
    if asked.level:
        rows = rows.filter(Exists(in_force(day).filter(round__level__code=asked.level)))
    highest = in_force(day).order_by().values("entry__product").annotate(rank=Max("round__level__rank")).values("rank")
    return rows.annotate(rank=Subquery(highest)).order_by("-rank", "sort_key", "pk")


def _names(word):
    """Its own words, those of its maker's name, or of where that stands; never the register's search, which knows people.

    A product of a merged facility is also found by the facility's former name, not by its former place.
    """
    rule = Q(search_key__contains=word) | Q(facility__merged_into__plain_name__contains=word)
    for unit in PLACES:
        rule |= _of_maker(f"{unit}__search_key__contains", word)
    return rule


def _of_maker(lookup, value):
    """Of whose maker, the kept one of merged facilities, this is true."""
    own = Q(facility__merged_into__isnull=True, **{f"facility__{lookup}": value})
    return own | Q(**{f"facility__merged_into__{lookup}": value})


def shown(rows, day):
    """[Shown] of `rows`; three queries."""
    certificates = Certificate.objects.valid_on(day).select_related("round__level", "entry")
    rows = list(
        rows.select_related(
            "facility__merged_into",
            *(f"facility__{place}" for place in PLACES),
            *(f"facility__merged_into__{place}" for place in PLACES),
        ).prefetch_related(Prefetch("photos", ProductPhoto.objects.order_by("pk")))
    )
    held = {}
    for one in certificates.filter(entry__product__in=rows).order_by("-round__level__rank", "-valid_to", "pk"):
        held.setdefault(one.entry.product_id, []).append(one)
    return [
        Shown(row, row.facility.merged_into or row.facility, held[row.pk], list(row.photos.all()))
        for row in rows
        if row.pk in held
    ]


def totals(rows):
    """{'products', 'makers'}: how many, those merged counted once."""
    makers = Coalesce("facility__merged_into", "facility")
    return rows.order_by().aggregate(products=Count("pk"), makers=Count(makers, distinct=True))


def provinces(day):
    """Names of the provinces of public products, each once, in the order of the alphabet."""
    maker = Coalesce("facility__merged_into__province", "facility__province")
    ids = public_products(day).order_by().values_list(maker, flat=True).distinct()
    return list(dict.fromkeys(Province.objects.filter(pk__in=ids).order_by("sort_key").values_list("name", flat=True)))


def levels(day):
    """(code, name) of the levels of certificates in force, the highest first."""
    held = Certificate.objects.valid_on(day).filter(entry__product__is_public=True).values("round__level")
    rows = SelectionLevel.objects.filter(pk__in=held).order_by("-rank", "-valid_from")
    return list(dict.fromkeys(rows.values_list("code", "name")))


def public_photos(day):
    """Photos of the products that may stand on the public page on `day`."""
    return ProductPhoto.objects.filter(product__in=public_products(day))
