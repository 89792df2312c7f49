"""Names of agencies: they change, and a document bears the name of its own day."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from khuyencong import constraints
from khuyencong.fields import CleanCharField
from khuyencong.history import track
from khuyencong.models.places import DatedQuerySet, Province


class AgencyNameQuerySet(DatedQuerySet):
    def of(self, kind, day, province=None):
        """The name on `day` of the agency of that kind: the province's own, else the one of every province; '' when none.

        A province's name given for an earlier row of the same place counts as its own.
        """
        from khuyencong.boundaries import LineageMap  # noqa: PLC0415  it reads these models

        places = LineageMap.of_provinces().same_place(province.pk) if province else ()
        rows = self.on(day).filter(Q(province__isnull=True) | Q(province__in=places), kind=kind)
        found = rows.order_by(F("province").asc(nulls_last=True)).first()
        return found.name if found else ""


@track()
class AgencyName(models.Model):
    """What an agency was called, from one day to another; without a province: everywhere, unless a province says else."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", "Bộ"
        NATIONAL_AGENCY = "national_agency", "Cơ quan khuyến công của Bộ"
        DEPARTMENT = "department", "Sở"
        CENTRE = "centre", "Trung tâm"

    kind = models.CharField("cơ quan", max_length=20, choices=Kind)
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="tỉnh, thành phố", null=True, blank=True, help_text="Để trống: mọi tỉnh."
    )
    name = CleanCharField("tên", max_length=200)
    valid_from = models.DateField("từ ngày", null=True, blank=True, help_text="Để trống: từ trước, chưa rõ ngày.")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn dùng.")
    source = CleanCharField("căn cứ", max_length=250, blank=True)

    objects = AgencyNameQuerySet.as_manager()

    class Meta:
        verbose_name = "tên cơ quan"
        verbose_name_plural = "tên cơ quan"
        ordering = ["kind", "province__sort_key", F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            constraints.not_blank("agency", "name", "Nhập tên cơ quan."),
            constraints.dates_in_order("agency", "valid_from", "valid_to", "Ngày cuối không được trước ngày đầu."),
            ExclusionConstraint(
                name="agency_name_validity_apart",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    (Coalesce(F("province"), Value(0)), RangeOperators.EQUAL),
                    (constraints.validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_code="agency_name_validity_apart",
                violation_error_message="Cơ quan này đã có tên khác trong khoảng thời gian đó. "
                "Hãy ghi ngày cuối của tên cũ trước.",
            ),
        ]

    def __str__(self):
        return self.name
