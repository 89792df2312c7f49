"""Reports, to look at only: people ask for them in the portal, workers build them."""

from django.contrib import admin

from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin
from reports.models import Report


@admin.register(Report)
class ReportAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """The job rows, with what became of each."""

    fields = [
        "kind",
        "province",
        "period",
        "boundaries",
        "cut_off",
        "status",
        "requested_by",
        "requested_at",
        "attempts",
        "started_at",
        "finished_at",
        "error",
        "data_as_of",
        "file_name",
        "file_size",
        "sha256",
    ]
    readonly_fields = ["period"]
    list_display = ["__str__", "status", "requested_by", "requested_at", "finished_at", "attempts"]
    list_filter = ["status", "kind", "boundaries", "province"]
    list_select_related = ["province", "requested_by"]

    @admin.display(description="Kỳ", ordering="first_year")
    def period(self, report):
        return report.period.label

    def get_queryset(self, request):
        return super().get_queryset(request).defer("figures")
