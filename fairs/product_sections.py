"""What products tell on the page of a facility: its products, their certificates, its commendations."""

from facilities.sections import Section
from fairs.models import Commendation, Product
from fairs.products import standing
from fairs.products.validity import state_of


def section(facility, user, day):
    """Also of facilities merged into it; None when there is nothing to tell and nothing to add."""
    mine = standing.of_facility(facility)
    products = list(
        standing.with_highest(Product.objects.visible_to(user).filter(mine), day).order_by("sort_key", "pk")
    )
    commendations = list(Commendation.objects.visible_to(user).filter(mine).order_by("-year", "-pk"))
    may_add = user.has_perm("fairs.add_product") and not facility.merged_into_id
    if not (products or commendations or may_add):
        return None
    certificates = standing.named(products)
    rows = [(one, certificates.get(one.highest)) for one in products]
    context = {
        "facility": facility,
        "rows": [(product, one, one and state_of(one, day)) for product, one in rows],
        "commendations": commendations,
        "may_add": may_add,
    }
    return Section("fairs/products/_facility_products.html", context)
