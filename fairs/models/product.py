"""Products of the register's facilities, with their photos."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from facilities.models import Facility
from facilities.models.guards import stands
from facilities.querysets import SearchableQuerySet
from fairs.enums import ProductGroup
from fairs.models import selection_guards
from khuyencong import constraints
from khuyencong.fields import CleanCharField, CleanTextField, SearchKeyField, SortKeyField
from khuyencong.history import track
from khuyencong.scope import ScopedQuerySet


class ProductQuerySet(SearchableQuerySet):
    province_field = "facility__province"

    def for_list(self):
        return self.select_related("facility__province", "facility__commune", "facility__former_district")


@track(exclude=["search_key", "sort_key"])
class Product(models.Model):
    """A product, or a set of products, that a facility makes itself (TT 26/2014 Đ3.2, Đ4): not a single piece, no copy.

    `is_public`: it may stand on the public page while one of its certificates is valid.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="products_made", verbose_name="cơ sở")
    name = CleanCharField("tên sản phẩm", max_length=200)
    group = models.CharField("nhóm sản phẩm", max_length=10, choices=ProductGroup)
    is_set = models.BooleanField("bộ sản phẩm", default=False)
    parts = CleanTextField("các sản phẩm trong bộ", blank=True)
    description = CleanTextField("mô tả", blank=True, help_text="In trên trang giới thiệu công khai.")
    is_public = models.BooleanField("giới thiệu công khai", default=True)
    note = CleanTextField("ghi chú", blank=True)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    search_key = SearchKeyField(["name", "facility_name"], max_length=600)
    sort_key = SortKeyField(["name"])

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = "sản phẩm"
        verbose_name_plural = "sản phẩm"
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="product_list"),
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="product_search"),
        ]
        constraints = [
            constraints.not_blank("product", "name", "Nhập tên sản phẩm."),
            constraints.nfc("product", "name"),
            models.UniqueConstraint(
                fields=["facility", "name"],
                name="product_once",
                violation_error_code="product_once",
                violation_error_message="Cơ sở này đã có sản phẩm cùng tên.",
            ),
            models.CheckConstraint(
                name="product_set_has_parts",
                condition=Q(is_set=False, parts="") | Q(is_set=True) & ~Q(parts=""),
                violation_error_code="product_set_has_parts",
                violation_error_message="Bộ sản phẩm thì kể các sản phẩm trong bộ; sản phẩm đơn thì để trống.",
            ),
        ]
        triggers = [stands("product_of_standing"), selection_guards.product_stays]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("fairs:product-detail", args=[self.pk])

    @property
    def facility_name(self):
        return self.facility.name


class ProductPhotoQuerySet(ScopedQuerySet):
    province_field = "product__facility__province"


@track()
class ProductPhoto(models.Model):
    """A photo of a product (TT 26/2014 Đ12: front, side, top), kept small and without what a camera hides in it."""

    class View(models.TextChoices):
        FRONT = "front", "Mặt trước"
        SIDE = "side", "Mặt bên"
        TOP = "top", "Từ trên xuống"
        OTHER = "other", "Khác"

    product = models.ForeignKey(Product, models.CASCADE, related_name="photos", verbose_name="sản phẩm")
    view = models.CharField("góc chụp", max_length=8, choices=View, default=View.FRONT)
    stored_name = models.CharField("tên tệp lưu", max_length=40, unique=True, editable=False)
    thumbnail_name = models.CharField("tên tệp ảnh nhỏ", max_length=40, unique=True, editable=False)
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64, editable=False)
    thumbnail_sha256 = models.CharField("mã kiểm tra SHA-256 của ảnh nhỏ", max_length=64, editable=False)
    size = models.PositiveIntegerField("dung lượng", editable=False)
    width = models.PositiveIntegerField("rộng (điểm ảnh)", editable=False)
    height = models.PositiveIntegerField("cao (điểm ảnh)", editable=False)
    caption = CleanCharField("chú thích", max_length=150, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    uploaded_at = models.DateTimeField("tải lên lúc", default=timezone.now, editable=False)

    objects = ProductPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "ảnh sản phẩm"
        verbose_name_plural = "ảnh sản phẩm"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="product_photo_is_file",
                condition=Q(size__gt=0, width__gt=0, height__gt=0)
                & Q(stored_name__regex="^[0-9a-f]{32}$", thumbnail_name__regex="^[0-9a-f]{32}$")
                & Q(sha256__regex="^[0-9a-f]{64}$", thumbnail_sha256__regex="^[0-9a-f]{64}$"),
                violation_error_code="product_photo_is_file",
                violation_error_message="Ảnh chưa được lưu trọn vẹn. Hãy chọn lại tệp.",
            )
        ]

    def __str__(self):
        return f"{self.get_view_display()} – {self.product}"
