"""The public page: certified products for citizens and buyers, without login."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone

from fairs.enums import ProductGroup
from fairs.products import photos
from fairs.public import products
from fairs.public.asked import DEEPEST, read
from fairs.public.kept import KEPT, page, public
from fairs.views.photos import picture

PER_PAGE = 24
FOR_EVERYBODY = f"public, max-age={KEPT}"


def _render(template, path, context):
    """Without the request: nobody's name, session or token can come into a page that is kept for all."""
    frame = {"demo": settings.DEMONSTRATION, "site": settings.SITE_URL, "address": f"{settings.SITE_URL}{path}"}
    return render_to_string(template, context | frame)


@public
def product_list(request):
    asked = read(request.GET)
    return page(request, f"list{asked.query}", lambda: _list_page(asked, request.path))


def _list_page(asked, path):
    day = timezone.localdate()
    rows = products.found(asked, day)
    totals = products.totals(rows)
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = min(totals["products"], PER_PAGE * DEEPEST)
    here = paginator.get_page(asked.page)
    context = {
        "asked": asked,
        "rows": products.shown(here.object_list, day),
        "page": here,
        "before": asked.on_page(here.number - 1).query if here.has_previous() else None,
        "after": asked.on_page(here.number + 1).query if here.has_next() else None,
        "is_cut": totals["products"] > paginator.count,
        "totals": totals,
        "provinces": products.provinces(day),
        "groups": ProductGroup.choices,
        "levels": products.levels(day),
        "day": day,
    }
    return _render("fairs/public/product_list.html", path + asked.query, context)


@public
def product_detail(request, pk):
    return page(request, f"product {pk}", lambda: _product_page(pk, request.path))


def _product_page(pk, path):
    day = timezone.localdate()
    found = products.shown(products.public_products(day).filter(pk=pk), day)
    if not found:
        raise Http404
    return _render("fairs/public/product_detail.html", path, {"one": found[0], "day": day})


@public
def photo(request, pk):
    return picture(photos.open_large, _public_photo(pk), FOR_EVERYBODY)


@public
def thumbnail(request, pk):
    return picture(photos.open_small, _public_photo(pk), FOR_EVERYBODY)


def _public_photo(pk):
    return get_object_or_404(products.public_photos(timezone.localdate()), pk=pk)
