"""From which unit, and how, another one came about."""

from django.db import models
from django.db.models import F, Q

from khuyencong.history import track
from khuyencong.models import guards
from khuyencong.models.places import Province
from khuyencong.models.units import AdministrativeUnit


class LineageKind(models.TextChoices):
    """How one unit became another. Only what went over whole can be added up without a person's choice."""

    UNCHANGED = "unchanged", "giữ nguyên"
    RENAMED = "renamed", "đổi tên"
    STATUS = "status", "đổi loại đơn vị"
    MERGED = "merged", "hợp nhất"
    DIVIDED = "divided", "chia tách"


SAME_PLACE = (LineageKind.UNCHANGED, LineageKind.RENAMED, LineageKind.STATUS)


def _rules(model):
    return [
        models.UniqueConstraint(
            fields=["predecessor", "successor"],
            name=f"{model}_lineage_once",
            violation_error_code=f"{model}_lineage_once",
            violation_error_message="Quan hệ kế thừa này đã có.",
        ),
        models.CheckConstraint(
            name=f"{model}_lineage_not_itself",
            condition=~Q(predecessor=F("successor")),
            violation_error_code=f"{model}_lineage_not_itself",
            violation_error_message="Một đơn vị không thể kế thừa chính nó.",
        ),
    ]


class Lineage(models.Model):
    """What both kinds of lineage share."""

    Kind = LineageKind

    kind = models.CharField("cách thức", max_length=10, choices=LineageKind)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.predecessor} → {self.successor} ({self.get_kind_display()})"


@track()
class ProvinceLineage(Lineage):
    """From which province, and how, another one came about."""

    predecessor = models.ForeignKey(Province, models.PROTECT, related_name="successor_links", verbose_name="đơn vị cũ")
    successor = models.ForeignKey(Province, models.PROTECT, related_name="predecessor_links", verbose_name="đơn vị mới")

    class Meta:
        verbose_name = "quan hệ kế thừa địa giới"
        verbose_name_plural = "quan hệ kế thừa địa giới"
        constraints = _rules("province")
        triggers = guards.lineage("province")


@track()
class UnitLineage(Lineage):
    """From which commune (or island district without communes), and how, a commune came about; many to many."""

    predecessor = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="successor_links", verbose_name="đơn vị cũ"
    )
    successor = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="predecessor_links", verbose_name="đơn vị mới"
    )

    class Meta:
        verbose_name = "quan hệ kế thừa cấp xã"
        verbose_name_plural = "quan hệ kế thừa cấp xã"
        constraints = _rules("unit")
        triggers = guards.lineage("administrativeunit", "unitlineage", guards.BETWEEN_COMMUNES)
