"""What a list of certificates adds up to."""

from django.db.models import Count, Max

from fairs.products.filters import rows_in
from fairs.products.standing import HOLDER
from khuyencong.money import format_amount

SHOWN = (
    ("valid", "Còn giá trị"),
    ("this_year", "Hết hạn trong năm"),
    ("expired", "Đã hết hạn"),
    ("revoked", "Đã thu hồi"),
)


def strip(certificates, day):
    """The figures above the list, for `_components/totals.html`; a merged facility counts as one."""
    found = (
        certificates.order_by()
        .annotate(holder=HOLDER)
        .aggregate(
            all=Count("pk"),
            products=Count("entry__product", distinct=True),
            facilities=Count("holder", distinct=True),
            **{name: Count("pk", filter=rows_in(name, day)) for name, _ in SHOWN},
        )
    )
    labels = (("all", "Giấy chứng nhận"), ("products", "Sản phẩm"), ("facilities", "Cơ sở"), *SHOWN)
    return [{"label": label, "value": format_amount(found[name])} for name, label in labels]


def by_level(certificates):
    """'Cấp tỉnh 43 · Cấp khu vực 6': how many of each level, the lowest first."""
    rows = (
        certificates.order_by()
        .values("round__level__code")
        .annotate(rank=Max("round__level__rank"), name=Max("round__level__name"), number=Count("pk"))
        .order_by("rank", "round__level__code")
    )
    return " · ".join(f"{row['name']} {format_amount(row['number'])}" for row in rows)
