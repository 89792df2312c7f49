"""Further parts of a scheme: its other contents, its money by year, the units that work with it."""

from django.db import models

from khuyencong import constraints
from khuyencong.fields import AmountField
from khuyencong.history import track
from programmes.enums import EDITABLE
from programmes.models import guards, money_guards
from programmes.models.reference import ActivityContent, FundingSource, ImplementingUnit
from programmes.models.scheme import Scheme, SchemePart


@track()
class SchemeContent(SchemePart):
    """A content of the scheme beside its main one; a flagship has at least one (đề án điểm, TT 36/2013 Đ2.3)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="other_contents")
    content = models.ForeignKey(ActivityContent, models.PROTECT, verbose_name="nội dung khác")

    class Meta:
        verbose_name = "nội dung khác của đề án"
        verbose_name_plural = "nội dung khác của đề án"
        ordering = ["content__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "content"],
                name="scheme_content_once",
                violation_error_code="scheme_content_once",
                violation_error_message="Nội dung này đã có trong đề án.",
            )
        ]
        triggers = guards.stage_locks("scheme_content", {"scheme_id": [], "content_id": EDITABLE})


@track()
class SchemeYear(SchemePart):
    """What one source gives in one year of a scheme of several years, in whole đồng; together what is proposed."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="years")
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="nguồn")
    year = models.PositiveSmallIntegerField("năm")
    planned_amount = AmountField("kinh phí của năm", default=0)

    class Meta:
        verbose_name = "kinh phí theo năm"
        verbose_name_plural = "kinh phí theo năm"
        ordering = ["year", "source__position", "pk"]
        constraints = [
            constraints.not_negative("scheme_year", "planned_amount", "Kinh phí của năm"),
            models.UniqueConstraint(
                fields=["scheme", "source", "year"],
                name="scheme_year_once",
                violation_error_code="scheme_year_once",
                violation_error_message="Mỗi nguồn chỉ ghi một dòng cho một năm.",
            ),
        ]
        triggers = [
            *guards.stage_locks(
                "scheme_year",
                {"scheme_id": [], "source_id": EDITABLE, "year": EDITABLE, "planned_amount": EDITABLE},
            ),
            money_guards.years_add_up,
            money_guards.years_add_up_without,
        ]


@track()
class SchemeCoordinator(SchemePart):
    """A unit that works with the implementing unit on a scheme (đơn vị phối hợp): neither carries it out nor benefits."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, verbose_name="đề án", related_name="coordinators")
    unit = models.ForeignKey(ImplementingUnit, models.PROTECT, related_name="+", verbose_name="đơn vị phối hợp")

    class Meta:
        verbose_name = "đơn vị phối hợp"
        verbose_name_plural = "đơn vị phối hợp"
        ordering = ["unit__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "unit"],
                name="scheme_coordinator_once",
                violation_error_code="scheme_coordinator_once",
                violation_error_message="Đơn vị phối hợp này đã có trong đề án.",
            )
        ]
        triggers = guards.stage_locks("scheme_coordinator", {"scheme_id": [], "unit_id": EDITABLE})
