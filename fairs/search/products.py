"""Products, certificates by their numbers, and commendations in the search box."""

from django.urls import reverse
from django.utils.http import urlencode

from fairs.models import Certificate, Commendation, Product
from khuyencong.search import Hit, Source, best_first, near, rank_of_row, register
from khuyencong.search.numbers import CANDIDATES, numbered, rank_of_number


def find_products(query, user, limit):
    """By name, or by the facility that makes it."""
    rows, ranks = _near(Product.objects.for_list(), query, user, "name")
    return best_first(query, [_product_hit(row, ranks[row.pk]) for row in rows])[:limit]


def _product_hit(product, rank):
    parts = (product.facility.name, product.get_group_display(), product.facility.province.name)
    return Hit(product.name, product.get_absolute_url(), " · ".join(parts), rank)


def _near(rows, query, user, *columns):
    """(rows that are near to what was typed, {id: rank}), within what `user` may see."""
    seen = rows.visible_to(user)
    found = near(rows.model.objects.visible_to(user), query.keys, *columns)
    ranks = {pk: rank_of_row(query, *names) for pk, *names in found}
    ids = [pk for pk, rank in ranks.items() if rank is not None]
    return (seen.filter(pk__in=ids).order_by() if ids else []), ranks


def find_certificates(query, user, limit):
    if not query.number:
        return []
    rows = Certificate.objects.visible_to(user).for_list().filter(numbered(query, "number"))
    return best_first(query, [_certificate_hit(query, row) for row in rows[:CANDIDATES]])[:limit]


def _certificate_hit(query, certificate):
    parts = (certificate.entry.product.name, certificate.round.level.name, f"đến {certificate.valid_to:%d/%m/%Y}")
    title = f"Giấy chứng nhận {certificate.number}"
    url = certificate.get_absolute_url()
    return Hit(title, url, " · ".join(parts), rank_of_number(query, certificate.number))


def find_commendations(query, user, limit):
    """By who was commended, for what, or the decision: each leads to the list that shows it."""
    rows, ranks = _near(Commendation.objects.select_related("province"), query, user, "recipient", "decision_number")
    return best_first(query, [_commendation_hit(row, ranks[row.pk]) for row in rows])[:limit]


def _commendation_hit(one, rank):
    url = f"{reverse('fairs:commendation-list')}?{urlencode({'q': one.recipient, 'year': one.year})}"
    note = f"{one.form} của {one.get_level_display()}, năm {one.year} · {one.province.name}"
    return Hit(one.recipient, url, note, rank)


VIEW = "fairs.view_product"
register(Source("Sản phẩm CNNT", find_products, 44, VIEW, "fairs:product-list"))
register(Source("Giấy chứng nhận", find_certificates, 60, "fairs.view_certificate", "fairs:certificate-list"))
register(
    Source("Khen thưởng", find_commendations, 62, "fairs.view_commendation", "fairs:commendation-list"),
)
