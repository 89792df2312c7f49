"""Period-end reports: the job that builds one, and the file and figures that are kept of it."""

from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse

from khuyencong import constraints, scope
from khuyencong.boundaries import Boundaries
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.periods import parse_period


def kind_choices():
    """(key, title) of every report of the catalogue: a further kind needs no migration."""
    from reports.kinds import choices  # noqa: PLC0415  the kinds read this model

    return choices()


class Status(models.TextChoices):
    QUEUED = "queued", "Đang chờ"
    BUILDING = "building", "Đang lập"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Bị lỗi"
    CANCELLED = "cancelled", "Đã hủy"


IN_FLIGHT = (Status.QUEUED, Status.BUILDING)
MOST_ATTEMPTS = 3
TONES = {Status.QUEUED: "wait", Status.BUILDING: "wait", Status.DONE: "good", Status.FAILED: "bad"}


class DatabaseClock(Func):
    """The database's time at this very moment, whatever the clocks of the workers say."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class ReportQuerySet(scope.ScopedQuerySet):
    def in_flight(self):
        return self.filter(status__in=IN_FLIGHT)

    def ended(self):
        """Done, failed or cancelled."""
        return self.exclude(status__in=IN_FLIGHT)

    def abandoned(self):
        """Being built by a worker that has not been heard of until its lease ran out."""
        return self.filter(status=Status.BUILDING, lease_until__lt=DatabaseClock())

    def claimable(self):
        """Free for a worker: waiting, or abandoned, and not tried too often."""
        waiting = self.filter(status=Status.QUEUED) | self.abandoned()
        return waiting.filter(attempts__lt=MOST_ATTEMPTS)

    def held_by(self, worker):
        """Being built by this worker, and by no other since."""
        return self.filter(status=Status.BUILDING, worker=worker)

    def for_list(self):
        """A row of the list; the figures, which may be large, stay in the database."""
        return self.select_related("province", "requested_by").defer("figures")

    def for_page(self):
        """One report with `shown`: its figures without the list of schemes, which only the file shows."""
        without = Func(
            F("figures"),
            Cast(Value("schemes"), models.TextField()),
            template="(%(expressions)s)",
            arg_joiner=" - ",
            output_field=models.JSONField(),
        )
        return self.for_list().annotate(shown=without)


@track(exclude=["progress", "progress_note", "lease_until", "figures"])
class Report(models.Model):
    """One report that somebody asked for: a job until it is done, then a file whose every byte and figure is kept.

    The row is the truth of the job; Celery only wakes a worker. A worker holds it by `worker` and `lease_until`.
    """

    kind = models.CharField("loại báo cáo", max_length=20, choices=kind_choices)
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="địa bàn", null=True, blank=True, help_text="Để trống: toàn quốc."
    )
    boundaries = models.CharField("địa giới", max_length=6, choices=Boundaries, default=Boundaries.AS_WAS)
    period_code = models.CharField("mã kỳ", max_length=9)
    first_year = models.PositiveSmallIntegerField("từ năm")
    last_year = models.PositiveSmallIntegerField("đến năm")
    cut_off = models.DateField("số liệu đến ngày", help_text="Chỉ tính quyết định ban hành đến hết ngày này.")

    status = models.CharField("trạng thái", max_length=10, choices=Status, default=Status.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    requested_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    attempts = models.PositiveSmallIntegerField("số lần lập", default=0)
    worker = models.UUIDField("tiến trình", null=True, blank=True)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    progress = models.PositiveSmallIntegerField("tiến độ (%)", default=0)
    progress_note = models.CharField("đang làm", max_length=100, blank=True)
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    error = models.TextField("lý do lỗi", blank=True)

    data_as_of = models.DateTimeField("số liệu đọc lúc", null=True, blank=True)
    figures = models.JSONField("số liệu", null=True, blank=True, encoder=DjangoJSONEncoder)
    file_name = models.CharField("tên tệp lưu", max_length=120, blank=True)
    file_size = models.PositiveIntegerField("dung lượng", null=True, blank=True)
    sha256 = models.CharField("sha256", max_length=64, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["province", "-requested_at"], name="report_list"),
            models.Index(fields=["lease_until"], condition=Q(status__in=IN_FLIGHT), name="report_in_flight_lease"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "province", "period_code", "boundaries"],
                condition=Q(status__in=IN_FLIGHT),
                nulls_distinct=False,
                name="report_one_in_flight",
                violation_error_code="report_one_in_flight",
                violation_error_message="Báo cáo này đang được lập. Hãy đợi nó xong rồi lập lại.",
            ),
            constraints.not_blank("report", "period_code", "Chọn kỳ báo cáo."),
            constraints.dates_in_order("report", "first_year", "last_year", "Năm cuối không được trước năm đầu."),
            models.CheckConstraint(
                name="report_done_has_file",
                condition=~Q(status=Status.DONE)
                | Q(figures__isnull=False, file_size__gt=0, finished_at__isnull=False, data_as_of__isnull=False)
                & ~Q(file_name="")
                & Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_code="report_done_has_file",
                violation_error_message="Báo cáo đã xong phải có tệp, mã kiểm tra và số liệu.",
            ),
            models.CheckConstraint(
                name="report_failed_says_why",
                condition=~Q(status=Status.FAILED) | ~Q(error=""),
                violation_error_code="report_failed_says_why",
                violation_error_message="Báo cáo lỗi phải ghi lý do.",
            ),
            models.CheckConstraint(
                name="report_building_has_worker",
                condition=~Q(status=Status.BUILDING) | Q(worker__isnull=False, lease_until__isnull=False),
                violation_error_code="report_building_has_worker",
                violation_error_message="Báo cáo đang lập phải có tiến trình giữ.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.period.label}, {self.territory}"

    def get_absolute_url(self):
        return reverse("reports:report-detail", args=[self.pk])

    @property
    def period(self):
        """The reporting period (`khuyencong.periods`); to set it sets its code and its years."""
        return parse_period(self.period_code)

    @period.setter
    def period(self, period):
        self.period_code = period.code
        self.first_year, self.last_year = period.years[0], period.years[-1]

    @property
    def territory(self):
        """'tỉnh Nghệ An' or 'Toàn quốc'."""
        return self.province.full_name if self.province else "Toàn quốc"

    @property
    def is_in_flight(self):
        return self.status in IN_FLIGHT

    @property
    def tone(self):
        """How its status is coloured: wait, good, bad or ''."""
        return TONES.get(self.status, "")

    @property
    def path(self) -> Path:
        """Where the file lies; never under a public folder."""
        return settings.REPORTS_DIR / self.file_name
