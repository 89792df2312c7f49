"""Products: list, page, form."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import ProtectedError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities import versions
from fairs.models import Certificate, Entry, HolderReport, Product, ProductPhoto
from fairs.products import photos, standing
from fairs.products.filters import ProductFilter
from fairs.products.forms import ProductForm
from fairs.products.ladder import ladder
from khuyencong import history
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from khuyencong.money import format_amount
from khuyencong.paging import paginate

OPTIONS = 20
IN_USE = "“{}” đã có hồ sơ bình chọn nên không xóa được."


def visible_products(request):
    rows = Product.objects.visible_to(request.user).for_list()
    return rows.select_related("facility__commune_today", "facility__merged_into")


@require_safe
@permission_required("fairs.view_product", raise_exception=True)
def product_list(request):
    filters = ProductFilter(request.GET, queryset=visible_products(request), request=request)
    page = paginate(request, filters.qs, ("sort_key", "pk"))
    context = {
        "filters": filters,
        "page": page,
        "certificates": standing.named(page.rows),
        "totals": _strip(standing.totals(filters.qs)),
        "here": request.GET.urlencode(),
    }
    return render(request, "fairs/products/product_list.html", context)


def _strip(found):
    labels = {
        "products": "Sản phẩm",
        "sets": "Trong đó bộ sản phẩm",
        "facilities": "Cơ sở",
        "certified": "Có giấy chứng nhận còn giá trị",
    }
    return [{"label": label, "value": format_amount(found[name])} for name, label in labels.items()]


@require_safe
@permission_required("fairs.view_product", raise_exception=True)
def product_options(request):
    """Products for a select that is typed into: at most 20, by their name or their facility's."""
    rows = visible_products(request).matching(request.GET.get("q", "")).order_by("sort_key", "pk")[:OPTIONS]
    found = [{"value": row.pk, "text": row.name, "note": row.facility.name} for row in rows]
    return JsonResponse({"results": found})


@require_safe
@permission_required("fairs.view_product", raise_exception=True)
def product_detail(request, pk):
    """Its photos, its dossiers and certificates as a ladder, what its facility reported."""
    product = get_object_or_404(visible_products(request), pk=pk)
    kept = product.facility.merged_into or product.facility
    entries = Entry.objects.filter(product=product).visible_to(request.user).for_list()
    today = timezone.localdate()
    context = {
        "product": product,
        "facility": kept,
        "photos": product.photos.all(),
        "ladder": ladder(list(entries.order_by("registered_on", "pk")), today),
        "reports": _reports(kept, request.user),
        "back": back_query(request),
    }
    return render(request, "fairs/products/product_detail.html", context)


def _reports(facility, user):
    return HolderReport.objects.visible_to(user).filter(standing.of_facility(facility)).order_by("-year", "pk")


@require_safe
@permission_required("fairs.view_product", raise_exception=True)
def product_history(request, pk):
    product = get_object_or_404(visible_products(request), pk=pk)
    taken = ProductPhoto.pgh_event_model.objects.filter(product=product)
    given = Certificate.pgh_event_model.objects.filter(entry__product=product)
    entries = history.entries(product.events.all(), taken, given)
    return render(request, "history.html", {"record": product, "entries": entries})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_product", raise_exception=True)
def product_create(request):
    return _edit(request, Product())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_product", raise_exception=True)
def product_edit(request, pk):
    return _edit(request, get_object_or_404(visible_products(request), pk=pk))


def _edit(request, product):
    initial = {} if product.pk else {"facility": request.GET.get("facility", "")}
    form = ProductForm(request.POST or None, instance=product, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(product, request.POST.get("seen", ""))
            form.save()
        if not form.errors:
            messages.success(request, f"Đã lưu {product}.")
            return redirect(carrying(request, product.get_absolute_url()))
    context = {"form": form, "back": back_query(request), "seen": versions.newest(product)}
    context["others"] = versions.since(product, request.POST.get("seen", ""))
    return render(request, "fairs/products/product_form.html", context)


@require_POST
@permission_required("fairs.delete_product", raise_exception=True)
def product_delete(request, pk):
    """Only a product without a dossier; its photos and their files go with it."""
    product = get_object_or_404(visible_products(request), pk=pk)
    try:
        photos.delete_product(product)
    except ProtectedError:
        messages.error(request, IN_USE.format(product))
        return redirect(carrying(request, product.get_absolute_url()))
    messages.success(request, f"Đã xóa {product}.")
    return redirect("fairs:product-list")
