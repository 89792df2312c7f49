"""Photos of products: add, show, take away."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairs.models import ProductPhoto
from fairs.products import photos
from fairs.products.photo_forms import PhotoForm
from fairs.views.products import visible_products
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from programmes.dossier.storage import DamagedFileError

FOR_ONE_READER = "private, max-age=3600"
DAMAGED = "Ảnh không còn nguyên trên máy chủ. Hãy báo người quản trị khôi phục từ bản sao lưu."


def visible_photo(request, pk):
    rows = ProductPhoto.objects.visible_to(request.user).select_related("product")
    return get_object_or_404(rows, pk=pk)


def page_of(request, product):
    """The photos' place on the product's page."""
    return f"{carrying(request, product.get_absolute_url())}#photos"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.add_productphoto", raise_exception=True)
def photo_create(request, pk):
    product = get_object_or_404(visible_products(request), pk=pk)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with saving(form):
            photos.add(product, given["file"], by=request.user, view=given["view"], caption=given["caption"])
        if not form.errors:
            messages.success(request, "Đã thêm ảnh.")
            return redirect(page_of(request, product))
    context = {"form": form, "product": product, "back": back_query(request)}
    return render(request, "fairs/products/photo_form.html", context)


@require_safe
@permission_required("fairs.view_product", raise_exception=True)
def photo_file(request, pk):
    return picture(photos.open_large, visible_photo(request, pk))


@require_safe
@permission_required("fairs.view_product", raise_exception=True)
def photo_thumbnail(request, pk):
    return picture(photos.open_small, visible_photo(request, pk))


def picture(opening, photo, cache_control=FOR_ONE_READER):
    """`opening` (photos.open_large or open_small) as an answer; 409 when the file is gone or was altered."""
    try:
        file = opening(photo)
    except DamagedFileError:
        return HttpResponse(DAMAGED, status=409, content_type="text/plain; charset=utf-8")
    response = FileResponse(file, content_type="image/jpeg")
    response.headers["Cache-Control"] = cache_control
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@permission_required("fairs.delete_productphoto", raise_exception=True)
def photo_delete(request, pk):
    photo = visible_photo(request, pk)
    photos.delete(photo)
    messages.success(request, "Đã xóa ảnh.")
    return redirect(page_of(request, photo.product))
