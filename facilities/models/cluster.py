"""Industrial clusters (cụm công nghiệp): what was decided of them, what stands in them, their half-yearly figures."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from facilities.models import guards
from facilities.models.facility import Facility
from facilities.querysets import PlacedQuerySet
from khuyencong import constraints, scope
from khuyencong.fields import AmountField, CleanCharField, CleanTextField, SearchKeyField, SortKeyField
from khuyencong.history import track
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.models.guards import place_of_record


def _hectares(label, **options):
    return models.DecimalField(label, max_digits=8, decimal_places=2, null=True, blank=True, **options)


def _not_negative(model, **labels):
    return [constraints.not_negative(model, field, label) for field, label in labels.items()]


@track(exclude=["search_key", "sort_key"])
class IndustrialCluster(models.Model):
    """An industrial cluster from the province's development plan to operation (NĐ 32/2024); areas in hectares.

    `province` is the unit of its decisions' time. A stage is reached by the date of its decision; a date that is empty
    means not yet. A cluster that operates without having been established counts as "chưa thành lập" (TT 14/2024, 15.2).
    """

    class Kind(models.TextChoices):
        GENERAL = "general", "Cụm công nghiệp"
        VILLAGE = "village", "CCN làng nghề"
        SPECIALISED = "specialised", "CCN chuyên ngành"
        SUPPORTING = "supporting", "CCN hỗ trợ"
        HIGH_TECH = "high_tech", "CCN công nghệ cao"
        ECO = "eco", "CCN sinh thái"

    class Investor(models.TextChoices):
        ENTERPRISE = "enterprise", "Doanh nghiệp, hợp tác xã"
        PUBLIC = "public", "Đơn vị sự nghiệp, ban quản lý"

    name = CleanCharField("tên cụm công nghiệp", max_length=150)
    kind = models.CharField("loại", max_length=12, choices=Kind, default=Kind.GENERAL)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh, thành phố")
    commune = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="+", verbose_name="xã, phường", null=True, blank=True
    )
    commune_today = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="clusters",
        verbose_name="xã, phường hiện nay",
        null=True,
        blank=True,
        editable=False,
    )
    former_district = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="+", verbose_name="huyện cũ", null=True, blank=True
    )
    location = CleanCharField("vị trí", max_length=250, blank=True)

    planned_on = models.DateField("ngày đưa vào phương án phát triển", null=True, blank=True)
    plan_number = CleanCharField("văn bản phương án phát triển", max_length=100, blank=True)
    planned_area = _hectares("diện tích theo phương án (ha)")
    removed_on = models.DateField("ngày đưa ra khỏi phương án", null=True, blank=True)

    established_on = models.DateField("ngày thành lập", null=True, blank=True)
    establishment_number = CleanCharField("số quyết định thành lập", max_length=60, blank=True)
    established_area = _hectares("diện tích thành lập (ha)")
    investor = CleanCharField("chủ đầu tư hạ tầng", max_length=200, blank=True)
    investor_kind = models.CharField("loại chủ đầu tư", max_length=12, choices=Investor, blank=True)

    detailed_plan_on = models.DateField("ngày duyệt quy hoạch chi tiết", null=True, blank=True)
    detailed_plan_number = CleanCharField("số quyết định quy hoạch chi tiết", max_length=60, blank=True)
    detailed_plan_area = _hectares("diện tích quy hoạch chi tiết (ha)")
    industrial_land = _hectares("đất công nghiệp theo quy hoạch chi tiết (ha)")

    infrastructure_on = models.DateField("ngày duyệt dự án hạ tầng", null=True, blank=True)
    infrastructure_number = CleanCharField("số quyết định dự án hạ tầng", max_length=60, blank=True)
    infrastructure_area = _hectares("diện tích dự án hạ tầng (ha)")
    infrastructure_capital = AmountField("tổng vốn dự án hạ tầng", null=True, blank=True)

    operating_from = models.DateField("ngày đi vào hoạt động", null=True, blank=True)
    note = CleanTextField("ghi chú", blank=True)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    search_key = SearchKeyField(
        ["name", "investor", "plan_number", "establishment_number", "place_names"], max_length=900
    )
    sort_key = SortKeyField(["name"])

    objects = PlacedQuerySet.as_manager()

    class Meta:
        verbose_name = "cụm công nghiệp"
        verbose_name_plural = "cụm công nghiệp"
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["province", "sort_key", "id"], name="cluster_list"),
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="cluster_search"),
        ]
        constraints = [
            constraints.not_blank("cluster", "name", "Nhập tên cụm công nghiệp."),
            constraints.nfc("cluster", "name"),
            models.UniqueConstraint(
                fields=["province", "name"],
                name="cluster_name_once",
                violation_error_code="cluster_name_once",
                violation_error_message="Tỉnh này đã có cụm công nghiệp cùng tên.",
            ),
            *_not_negative(
                "cluster",
                planned_area="Diện tích theo phương án",
                established_area="Diện tích thành lập",
                detailed_plan_area="Diện tích quy hoạch chi tiết",
                infrastructure_area="Diện tích dự án",
                industrial_land="Đất công nghiệp",
                infrastructure_capital="Tổng vốn dự án",
            ),
            constraints.dates_in_order(
                "cluster", "planned_on", "removed_on", "Ngày đưa ra khỏi phương án không được trước ngày đưa vào."
            ),
            models.CheckConstraint(
                name="cluster_industrial_land_within_plan",
                condition=Q(industrial_land__isnull=True)
                | Q(detailed_plan_area__isnull=True)
                | Q(industrial_land__lte=F("detailed_plan_area")),
                violation_error_code="cluster_industrial_land_within_plan",
                violation_error_message="Đất công nghiệp không được lớn hơn diện tích quy hoạch chi tiết.",
            ),
            models.CheckConstraint(
                name="cluster_planned_has_area",
                condition=Q(planned_on__isnull=True) | Q(planned_area__isnull=False),
                violation_error_code="cluster_planned_has_area",
                violation_error_message="Cụm trong phương án phát triển phải có diện tích.",
            ),
            models.CheckConstraint(
                name="cluster_established_has_decision",
                condition=Q(established_on__isnull=True)
                | Q(established_area__isnull=False) & ~Q(establishment_number=""),
                violation_error_code="cluster_established_has_decision",
                violation_error_message="Cụm đã thành lập phải có số quyết định và diện tích.",
            ),
        ]
        triggers = [place_of_record, guards.land_holds_figures, guards.cluster_stays_with_facilities]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("facilities:cluster-detail", args=[self.pk])

    place = Facility.place
    place_names = Facility.place_names

    @property
    def stage(self):
        """How far it is today."""
        return self.stage_on(timezone.localdate())

    def stage_on(self, day):
        """How far it was on `day`, in the words of TT 14/2024; what is decided for later has not come."""
        stages = (
            (self.removed_on, "Đã đưa ra khỏi phương án"),
            (self.operating_from, "Đang hoạt động"),
            (self.infrastructure_on, "Đầu tư hạ tầng"),
            (self.established_on, "Đã thành lập"),
            (self.planned_on, "Trong phương án phát triển"),
        )
        return next((label for since, label in stages if since and since <= day), "Chưa đưa vào phương án")


class FiguresQuerySet(scope.ScopedQuerySet):
    province_field = "cluster__province"


@track()
class ClusterFigures(models.Model):
    """What a cluster reports for one half-year (TT 14/2024 Đ3: figures to 14/6 and 14/12); amounts in whole đồng.

    Land, projects, workers and invested capital are as at the end of the half-year; revenue and payments are of it.
    """

    class Wastewater(models.TextChoices):
        NONE = "none", "Chưa đầu tư"
        INVESTED = "invested", "Đã hoặc đang đầu tư"
        STANDARD = "standard", "Đã có, đạt tiêu chuẩn"

    cluster = models.ForeignKey(
        IndustrialCluster, models.CASCADE, related_name="figures", verbose_name="cụm công nghiệp"
    )
    year = models.PositiveSmallIntegerField("năm")
    half = models.PositiveSmallIntegerField("kỳ", choices=[(1, "6 tháng đầu năm"), (2, "6 tháng cuối năm")])
    invested_capital = AmountField("vốn hạ tầng đã đầu tư lũy kế", null=True, blank=True)
    leased_land = _hectares("đất công nghiệp đã cho thuê (ha)")
    projects = models.PositiveIntegerField("số dự án", null=True, blank=True)
    fdi_projects = models.PositiveIntegerField("dự án FDI", null=True, blank=True)
    operating_projects = models.PositiveIntegerField("dự án đang hoạt động", null=True, blank=True)
    revenue = AmountField("doanh thu trong kỳ", null=True, blank=True)
    budget_paid = AmountField("nộp ngân sách nhà nước", null=True, blank=True)
    workers = models.PositiveIntegerField("lao động", null=True, blank=True)
    wastewater = models.CharField(
        "hệ thống xử lý nước thải", max_length=10, choices=Wastewater, default=Wastewater.NONE
    )
    note = CleanCharField("ghi chú", max_length=250, blank=True)

    objects = FiguresQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu nửa năm của cụm công nghiệp"
        verbose_name_plural = "số liệu nửa năm của cụm công nghiệp"
        ordering = ["-year", "-half", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "year", "half"],
                name="cluster_figures_once",
                violation_error_code="cluster_figures_once",
                violation_error_message="Kỳ này đã có số liệu.",
            ),
            models.CheckConstraint(
                name="cluster_figures_period",
                condition=Q(year__gte=2000, year__lte=2100, half__in=[1, 2]),
                violation_error_code="cluster_figures_period",
                violation_error_message="Kỳ phải là 6 tháng đầu hoặc cuối của một năm từ 2000 đến 2100.",
            ),
            models.CheckConstraint(
                name="cluster_figures_fdi_within_projects",
                condition=Q(fdi_projects__isnull=True) | Q(projects__isnull=True) | Q(fdi_projects__lte=F("projects")),
                violation_error_code="cluster_figures_fdi_within_projects",
                violation_error_message="Số dự án FDI không được lớn hơn số dự án.",
            ),
            models.CheckConstraint(
                name="cluster_figures_operating_within_projects",
                condition=Q(operating_projects__isnull=True)
                | Q(projects__isnull=True)
                | Q(operating_projects__lte=F("projects")),
                violation_error_code="cluster_figures_operating_within_projects",
                violation_error_message="Số dự án đang hoạt động không được lớn hơn số dự án.",
            ),
            *_not_negative(
                "cluster_figures",
                invested_capital="Vốn đã đầu tư",
                leased_land="Diện tích đã cho thuê",
                revenue="Doanh thu",
                budget_paid="Số nộp ngân sách",
            ),
        ]
        triggers = [guards.figures_within_cluster]

    def __str__(self):
        return f"{self.cluster}, {self.period_label}"

    @property
    def period_label(self):
        """'6 tháng đầu năm 2026'."""
        return f"{self.get_half_display()} {self.year}"


@track()
class ClusterProject(models.Model):
    """A project inside a cluster, of a facility of the register or of another investor; also a facility moved there."""

    cluster = models.ForeignKey(
        IndustrialCluster, models.CASCADE, related_name="projects", verbose_name="cụm công nghiệp"
    )
    name = CleanCharField("tên dự án", max_length=250)
    investor = CleanCharField("nhà đầu tư", max_length=200, blank=True)
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="cluster_projects", verbose_name="cơ sở", null=True, blank=True
    )
    is_foreign = models.BooleanField("FDI", default=False)
    land = _hectares("đất thuê (ha)")
    capital = AmountField("vốn đăng ký", null=True, blank=True)
    leased_on = models.DateField("ngày thuê đất", null=True, blank=True)
    operating_from = models.DateField("ngày hoạt động", null=True, blank=True)
    ended_on = models.DateField("ngày kết thúc", null=True, blank=True)
    relocated_from = CleanCharField(
        "di dời từ", max_length=250, blank=True, help_text="Nơi cũ, nếu là cơ sở di dời vào cụm (NĐ 45/2012 Đ4 k.7)."
    )

    class Meta:
        verbose_name = "dự án trong cụm công nghiệp"
        verbose_name_plural = "dự án trong cụm công nghiệp"
        ordering = ["name", "pk"]
        constraints = [
            constraints.not_blank("cluster_project", "name", "Nhập tên dự án."),
            *_not_negative("cluster_project", land="Đất thuê", capital="Vốn đăng ký"),
            constraints.dates_in_order(
                "cluster_project", "leased_on", "ended_on", "Ngày kết thúc không được trước ngày thuê đất."
            ),
        ]
        triggers = [guards.stands("cluster_project_of_standing"), guards.site_of_project]

    def __str__(self):
        return self.name


class DefinitionQuerySet(models.QuerySet):
    def of(self, day):
        """The definition in force on `day`."""
        found = self.filter(valid_from__lte=day).order_by("-valid_from").first()
        if found is None:
            raise ObjectDoesNotExist(f"no definition of a cluster on {day}")
        return found


@track()
class ClusterDefinition(models.Model):
    """What the law calls a cluster, from one day on: sizes in hectares, and the least share of village facilities."""

    valid_from = models.DateField("từ ngày", unique=True)
    document = CleanCharField("văn bản", max_length=150)
    least_area = models.DecimalField("diện tích nhỏ nhất (ha)", max_digits=6, decimal_places=2)
    least_area_special = models.DecimalField(
        "nhỏ nhất ở huyện miền núi, CCN làng nghề (ha)", max_digits=6, decimal_places=2
    )
    most_area = models.DecimalField("diện tích lớn nhất (ha)", max_digits=6, decimal_places=2)
    village_share = models.DecimalField("tỷ lệ của CCN làng nghề (%)", max_digits=5, decimal_places=2)
    is_verified = models.BooleanField("đã kiểm chứng", default=False)
    note = CleanCharField("ghi chú", max_length=250, blank=True)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "định nghĩa cụm công nghiệp"
        verbose_name_plural = "định nghĩa cụm công nghiệp"
        ordering = ["-valid_from"]

    def __str__(self):
        return f"{self.document} (từ {self.valid_from:%d/%m/%Y})"
