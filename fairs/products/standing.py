"""What a product holds on a day: its highest certificate in force."""

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from fairs.models import Certificate, SelectionLevel

MAKER = Coalesce("facility__merged_into", "facility")  # who counts for a product whose facility was merged


def with_highest(products, day):
    """Annotates `highest`: the id of the certificate of the highest level in force on `day`, or None; and `highest_level`."""
    valid = Certificate.objects.valid_on(day).filter(entry__product=OuterRef("pk"))
    best = valid.order_by("-round__level__rank", "-valid_to", "-pk")
    return products.annotate(
        highest=Subquery(best.values("pk")[:1]), highest_level=Subquery(best.values("round__level__code")[:1])
    )


def named(products):
    """{certificate id: Certificate} of the `highest` of these products, in one query."""
    ids = [one.highest for one in products if one.highest]
    return Certificate.objects.for_list().in_bulk(ids) if ids else {}


def totals(products):
    """{products, sets, facilities, certified} of a QuerySet with `highest`; a merged facility counts as one."""
    return (
        products.order_by()
        .annotate(maker=MAKER)
        .aggregate(
            products=Count("pk"),
            sets=Count("pk", filter=Q(is_set=True)),
            facilities=Count("maker", distinct=True),
            certified=Count("pk", filter=Q(highest__isnull=False)),
        )
    )


def level_choices():
    """(code, name) of the levels, the highest first, each once whatever its periods."""
    rows = SelectionLevel.objects.filter(is_active=True).order_by("-rank", "valid_from")
    return list(dict(rows.values_list("code", "name")).items())


def of_facility(facility):
    """Q of products that count for `facility`: its own and those of facilities merged into it."""
    return Q(facility=facility.pk) | Q(facility__merged_into=facility.pk)


HOLDER = Coalesce(F("entry__product__facility__merged_into"), F("entry__product__facility"))  # of a certificate
