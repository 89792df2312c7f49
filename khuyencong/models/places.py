"""Provinces as they were and as they are: rows with dates, because a code may name another province later."""

from django.db import models
from django.db.models import Q

from khuyencong import constraints
from khuyencong.fields import CleanCharField, SearchKeyField, SortKeyField
from khuyencong.history import track


class ProvinceQuerySet(models.QuerySet):
    def on(self, day):
        """Provinces that existed on `day`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def in_year(self, year):
        """Provinces that existed on some day of `year`; 2025 has both the old and the new ones."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__year__gte=year), valid_from__year__lte=year)

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
        ]

    def __str__(self):
        return self.name if self.valid_to is None else f"{self.name} (đến {self.valid_to:%d/%m/%Y})"

    @property
    def full_name(self):
        """'tỉnh Nghệ An', 'thành phố Huế'."""
        return f"{self.get_kind_display()} {self.name}"


@track()
class ProvinceLineage(models.Model):
    """From which province, and how, another one came about."""

    class Kind(models.TextChoices):
        UNCHANGED = "unchanged", "giữ nguyên"
        MERGED = "merged", "hợp nhất"
        STATUS = "status", "đổi loại đơn vị"

    predecessor = models.ForeignKey(Province, models.PROTECT, related_name="successor_links", verbose_name="đơn vị cũ")
    successor = models.ForeignKey(Province, models.PROTECT, related_name="predecessor_links", verbose_name="đơn vị mới")
    kind = models.CharField("cách thức", max_length=10, choices=Kind)

    class Meta:
        verbose_name = "quan hệ kế thừa địa giới"
        verbose_name_plural = "quan hệ kế thừa địa giới"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="province_lineage_once",
                violation_error_code="province_lineage_once",
                violation_error_message="Quan hệ kế thừa này đã có.",
            ),
            models.CheckConstraint(
                name="province_lineage_not_itself",
                condition=~Q(predecessor=models.F("successor")),
                violation_error_code="province_lineage_not_itself",
                violation_error_message="Một đơn vị không thể kế thừa chính nó.",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor} ({self.get_kind_display()})"


def with_predecessors(province_id) -> frozenset[int]:
    """Ids of a province and of all that were merged into it, however many reforms ago (one query)."""
    links = list(ProvinceLineage.objects.values_list("successor_id", "predecessor_id"))
    found, waiting = set(), {province_id}
    while waiting:
        found |= waiting
        waiting = {old for new, old in links if new in waiting} - found
    return frozenset(found)
