"""Units below the province: the districts that ended on 30/6/2025, and communes before and after that day."""

from collections import defaultdict

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models
from django.db.models import Q

from khuyencong import constraints, scope, text
from khuyencong.fields import CleanCharField, SearchKeyField, SortKeyField
from khuyencong.history import track
from khuyencong.models import guards
from khuyencong.models.places import DatedQuerySet, Province

SUCCESSORS = """
    WITH RECURSIVE later(origin, id) AS (
        SELECT id, id FROM unnest(%s::bigint[]) AS given(id)
        UNION SELECT later.origin, link.successor_id
            FROM khuyencong_unitlineage link JOIN later ON link.predecessor_id = later.id
    ) SELECT origin, id FROM later"""


class UnitQuerySet(DatedQuerySet, scope.ScopedQuerySet):
    def successors_today(self, ids):
        """{id: the units of today that it may be part of now}, for the ids of units of any time; two queries."""
        with connection.cursor() as cursor:
            cursor.execute(SUCCESSORS, [list(ids)])
            pairs = cursor.fetchall()
        current = {unit.pk: unit for unit in self.current().named().filter(pk__in={pk for _, pk in pairs})}
        found = defaultdict(list)
        for origin, pk in sorted(pairs, key=lambda pair: current[pair[1]].sort_key if pair[1] in current else ""):
            if pk in current:
                found[origin].append(current[pk])
        return found

    def communes(self):
        """Communes, wards, townships and special zones, of whatever time."""
        return self.filter(level=AdministrativeUnit.Level.COMMUNE)

    def districts(self):
        return self.filter(level=AdministrativeUnit.Level.DISTRICT)

    def named(self):
        """With what `str()` and `place` show."""
        return self.select_related("province", "parent")

    def matching(self, query):
        """Units whose name, code, district or province holds each word of `query`, diacritics or not."""
        found = self
        for word in text.search_key(query).split():
            found = found.filter(search_key__contains=word)
        return found


@track(exclude=["search_key", "sort_key"])
class AdministrativeUnit(models.Model):
    """A district or a commune under one name and kind, from one day to another. Its code may be another unit's later.

    `province` is the province row of the unit's last day. `parent` is the district of a commune that ended with the
    districts (NQ 202/2025/QH15). An empty `valid_from` means that the unit is older than what was collected.
    """

    class Level(models.TextChoices):
        DISTRICT = "district", "cấp huyện"
        COMMUNE = "commune", "cấp xã"

    class Kind(models.TextChoices):
        COMMUNE = "xa", "xã"
        WARD = "phuong", "phường"
        TOWNSHIP = "thi-tran", "thị trấn"
        SPECIAL_ZONE = "dac-khu", "đặc khu"
        DISTRICT = "huyen", "huyện"
        URBAN_DISTRICT = "quan", "quận"
        TOWN = "thi-xa", "thị xã"
        CITY = "thanh-pho", "thành phố"

    code = models.CharField("mã", max_length=5)
    level = models.CharField("cấp", max_length=10, choices=Level)
    kind = models.CharField("loại", max_length=10, choices=Kind)
    name = CleanCharField("tên", max_length=80)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    parent = models.ForeignKey("self", models.PROTECT, verbose_name="huyện cũ", null=True, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True, help_text="Để trống: có từ trước, chưa rõ ngày.")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn hiệu lực.")
    decision = CleanCharField("văn bản", max_length=200, blank=True, help_text="Văn bản quyết định đơn vị này.")
    is_difficult = models.BooleanField(
        "địa bàn khó khăn",
        default=False,
        help_text="Địa bàn có điều kiện kinh tế - xã hội khó khăn theo văn bản hiện hành: cơ sở ở đây được ưu tiên.",
    )
    search_key = SearchKeyField(["full_name", "code", "context"])
    sort_key = SortKeyField(["name"])

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        ordering = ["sort_key", "code", "pk"]
        indexes = [
            models.Index(fields=["province", "level", "sort_key", "id"], name="unit_list"),
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="unit_search"),
        ]
        constraints = [
            models.CheckConstraint(
                name="unit_code_form",
                condition=Q(level="district", code__regex=r"^\d{3}$") | Q(level="commune", code__regex=r"^\d{5}$"),
                violation_error_code="unit_code_form",
                violation_error_message="Mã cấp huyện gồm ba chữ số, mã cấp xã gồm năm chữ số.",
            ),
            models.CheckConstraint(
                name="unit_kind_of_level",
                condition=Q(level="district", kind__in=["huyen", "quan", "thi-xa", "thanh-pho"])
                | Q(level="commune", kind__in=["xa", "phuong", "thi-tran", "dac-khu"]),
                violation_error_code="unit_kind_of_level",
                violation_error_message="Loại đơn vị không thuộc cấp này.",
            ),
            models.CheckConstraint(
                name="unit_parent_of_commune",
                condition=Q(parent__isnull=True) | Q(level="commune"),
                violation_error_code="unit_parent_of_commune",
                violation_error_message="Chỉ đơn vị cấp xã mới có huyện ở trên.",
            ),
            constraints.dates_in_order("unit", "valid_from", "valid_to", "Ngày hết hiệu lực phải sau ngày bắt đầu."),
            constraints.not_blank("unit", "name", "Nhập tên đơn vị."),
            constraints.nfc("unit", "name"),
            ExclusionConstraint(
                name="unit_code_validity_apart",
                expressions=[("code", RangeOperators.EQUAL), (constraints.validity(), RangeOperators.OVERLAPS)],
                violation_error_code="unit_code_validity_apart",
                violation_error_message="Mã này đã là của một đơn vị khác trong khoảng thời gian đó. "
                "Hãy ghi ngày hết hiệu lực của đơn vị cũ trước.",
            ),
        ]
        triggers = [
            guards.unit_within_parent,
            guards.units_fit("administrativeunit", "parent_id", "unit_within_parent"),
            guards.dates_keep_lineage("administrativeunit", "unitlineage"),
        ]

    def __str__(self):
        ended = f" (đến {self.valid_to:%d/%m/%Y})" if self.valid_to else ""
        return f"{self.full_name}{ended}"

    @property
    def full_name(self):
        """'xã Diễn Kỷ', 'phường 1'."""
        return f"{self.get_kind_display()} {self.name}"

    @property
    def context(self):
        """'Diễn Châu, Nghệ An': where it lies, with the former district when it had one."""
        return ", ".join(part.name for part in (self.parent, self.province) if part)

    def today(self):
        """What became of it: the unit of today that it went into whole; None when it was divided or has no successor."""
        unit = self
        while unit is not None and unit.valid_to:
            links = list(unit.successor_links.select_related("successor")[:2])
            unit = links[0].successor if len(links) == 1 and links[0].kind != "divided" else None
        return unit

    @property
    def place(self):
        """'xã Diễn Kỷ, Diễn Châu'."""
        return f"{self.full_name}, {self.parent.name}" if self.parent else self.full_name
