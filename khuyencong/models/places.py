"""Provinces as they were and as they are: rows with dates, because a code may name another province later."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from khuyencong import constraints
from khuyencong.fields import CleanCharField, SearchKeyField, SortKeyField
from khuyencong.history import track
from khuyencong.models import guards


class DatedQuerySet(models.QuerySet):
    """Rows with `valid_from` (empty: since ever) and `valid_to` (empty: until today)."""

    def on(self, day):
        """Rows in force on `day`."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        )

    def in_year(self, year):
        """Rows in force on some day of `year`; 2025 has both the old and the new units."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__year__gte=year),
            Q(valid_from__isnull=True) | Q(valid_from__year__lte=year),
        )

    def current(self):
        """Rows that have not ended."""
        return self.filter(valid_to__isnull=True)


class ProvinceQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """The person's province and those merged into it; all for a person of all provinces."""
        return self if user.province_id is None else self.filter(pk__in=user.visible_province_ids)


@track(exclude=["search_key", "sort_key"])
class Province(models.Model):
    """A province-level unit under one name, status and area, from one day to another.

    The key is (code, valid_from): seven codes name another province since 1/7/2025 (NQ 202/2025/QH15).
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", "tỉnh"
        CITY = "city", "thành phố"

    code = models.CharField("mã", max_length=2)
    name = CleanCharField("tên", max_length=60)
    kind = models.CharField("loại", max_length=10, choices=Kind, default=Kind.PROVINCE)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn hiệu lực.")
    decision = CleanCharField("văn bản", max_length=200, blank=True, help_text="Văn bản quyết định đơn vị này.")
    search_key = SearchKeyField(["name"])
    sort_key = SortKeyField(["name"])
    predecessors = models.ManyToManyField(
        "self", through="ProvinceLineage", through_fields=("successor", "predecessor"), symmetrical=False
    )

    objects = ProvinceQuerySet.as_manager()

    class Meta:
        verbose_name = "tỉnh, thành phố"
        verbose_name_plural = "tỉnh, thành phố"
        ordering = ["sort_key", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="province_code_once_a_day",
                violation_error_code="province_code_once_a_day",
                violation_error_message="Mã tỉnh này đã có từ ngày đó.",
            ),
            models.CheckConstraint(
                name="province_code_is_two_digits",
                condition=Q(code__regex=r"^\d\d$"),
                violation_error_code="province_code_is_two_digits",
                violation_error_message="Mã tỉnh gồm đúng hai chữ số, ví dụ 40.",
            ),
            constraints.dates_in_order(
                "province", "valid_from", "valid_to", "Ngày hết hiệu lực phải sau ngày bắt đầu."
            ),
            constraints.nfc("province", "name"),
            ExclusionConstraint(
                name="province_code_validity_apart",
                expressions=[("code", RangeOperators.EQUAL), (constraints.validity(), RangeOperators.OVERLAPS)],
                violation_error_code="province_code_validity_apart",
                violation_error_message="Mã này đã là của một đơn vị khác trong khoảng thời gian đó. "
                "Hãy ghi ngày hết hiệu lực của đơn vị cũ trước.",
            ),
        ]
        triggers = [
            guards.units_fit("province", "province_id", "unit_within_province"),
            guards.dates_keep_lineage("province"),
        ]

    def __str__(self):
        return self.name if self.valid_to is None else f"{self.name} (đến {self.valid_to:%d/%m/%Y})"

    @property
    def full_name(self):
        """'tỉnh Nghệ An', 'thành phố Huế'."""
        return f"{self.get_kind_display()} {self.name}"
