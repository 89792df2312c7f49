"""What the lists of products and of certificates can be asked."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from facilities.models import Facility
from fairs.enums import ProductGroup
from fairs.models import Certificate, Product
from fairs.products.standing import level_choices, with_highest
from khuyencong import text
from khuyencong.boundaries import Boundaries
from khuyencong.filters import TerritoryFilterSet

SOON = 90  # days
KINDS = (("single", "Sản phẩm đơn"), ("set", "Bộ sản phẩm"))
PUBLIC = (("yes", "Giới thiệu công khai"), ("no", "Không giới thiệu"))
NO_CERTIFICATE = "none"
STATES = (
    ("valid", "Còn giá trị"),
    ("soon", f"Hết hạn trong {SOON} ngày"),
    ("this_year", "Hết hạn trong năm nay"),
    ("expired", "Đã hết hạn"),
    ("revoked", "Đã thu hồi"),
)


def matching(queryset, typed, *keys):
    """Rows in which each word of `typed` stands in one of the search keys, diacritics or not."""
    for word in text.search_key(typed).split():
        found = Q()
        for key in keys:
            found |= Q(**{f"{key}__contains": word})
        queryset = queryset.filter(found)
    return queryset


class ProductFilter(TerritoryFilterSet):
    """Filters of products with their `highest` certificate of today; `q` also knows the facility and where it lies."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Tên sản phẩm, cơ sở, địa bàn…", "type": "search"}),
    )
    group = django_filters.ChoiceFilter(choices=ProductGroup.choices, label="Nhóm", empty_label="Mọi nhóm")
    kind = django_filters.ChoiceFilter(choices=KINDS, method="of_kind", label="Loại", empty_label="Đơn và bộ")
    level = django_filters.ChoiceFilter(
        choices=lambda: [*level_choices(), (NO_CERTIFICATE, "Chưa có")],
        method="at_level",
        label="Giấy chứng nhận cao nhất",
        empty_label="Mọi cấp chứng nhận",
    )
    public = django_filters.ChoiceFilter(
        choices=PUBLIC, method="shown", label="Trang công khai", empty_label="Công khai hay không"
    )

    class Meta:
        model = Product
        fields = ["q", "province", "boundaries", "group", "kind", "level", "public"]

    def __init__(self, data=None, *args, queryset, **kwargs):
        super().__init__(data, *args, queryset=with_highest(queryset, timezone.localdate()), **kwargs)

    def search(self, queryset, name, value):
        return matching(queryset, value, "search_key", "facility__search_key", "facility__merged_into__search_key")

    def of_kind(self, queryset, name, value):
        return queryset.filter(is_set=value == "set")

    def at_level(self, queryset, name, value):
        return queryset.filter(highest_level=None if value == NO_CERTIFICATE else value)

    def shown(self, queryset, name, value):
        return queryset.filter(is_public=value == "yes")

    def within(self, queryset, provinces):
        """A product belongs where its facility stands, or stood before."""
        if self.basis == Boundaries.TODAY:
            return queryset.filter(facility__province__in=provinces)
        return queryset.filter(facility__in=Facility.objects.once_in(self.form.cleaned_data["province"]))


class CertificateFilter(TerritoryFilterSet):
    """Filters of certificates by their state of today; `year` is that of issue."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Số giấy chứng nhận, sản phẩm, cơ sở…", "type": "search"}),
    )
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label="Tình trạng", empty_label="Mọi tình trạng"
    )
    level = django_filters.ChoiceFilter(
        choices=level_choices, field_name="round__level__code", label="Cấp", empty_label="Mọi cấp"
    )
    year = django_filters.ChoiceFilter(
        choices=lambda: [(year, f"Cấp năm {year}") for year in range(timezone.localdate().year, 2013, -1)],
        field_name="issued_on__year",
        label="Năm cấp",
        empty_label="Mọi năm",
    )

    class Meta:
        model = Certificate
        fields = ["q", "province", "boundaries", "state", "level", "year"]

    def search(self, queryset, name, value):
        product = "entry__product"
        return matching(
            queryset, value, f"{product}__search_key", f"{product}__facility__search_key"
        ) | queryset.filter(number__icontains=value.strip())

    def in_state(self, queryset, name, value):
        return queryset.filter(rows_in(value, timezone.localdate()))

    def within(self, queryset, provinces):
        return queryset.filter(round__cycle__province__in=provinces)


def rows_in(state, day) -> Q:
    """Certificates in one of STATES on `day`."""
    standing = Q(revoked_on__isnull=True)
    return {
        "valid": standing & Q(valid_to__gte=day),
        "soon": standing & Q(valid_to__range=(day, day + timedelta(days=SOON))),
        "this_year": standing & Q(valid_to__gte=day, valid_to__year=day.year),
        "expired": standing & Q(valid_to__lt=day),
        "revoked": ~standing,
    }[state]
