"""Figures after support and decisions about warnings, to look up: staff and reviewers write them in the portal."""

from django.contrib import admin

from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin, tag, with_note
from programmes.models import MonitoringRecord, WarningDecision


@admin.register(MonitoringRecord)
class MonitoringRecordAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """One facility, one year."""

    list_display = ["facility", "of_year", "revenue", "jobs", "income", "figures_source", "recorded_by"]
    list_filter = ["is_before", "year"]
    list_select_related = ["benefit__facility", "benefit__scheme", "recorded_by"]
    search_fields = ["benefit__facility__search_key", "benefit__scheme__code"]

    @admin.display(description="Cơ sở", ordering="benefit__facility__sort_key")
    def facility(self, record):
        return with_note(record.benefit.facility, record.benefit.scheme.code)

    @admin.display(description="Năm", ordering="year")
    def of_year(self, record):
        """A year is not a figure: it takes no thousands separator."""
        return with_note(str(record.year), "trước hỗ trợ" if record.is_before else "")


@admin.register(WarningDecision)
class WarningDecisionAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """What a person found out about a warning."""

    list_display = ["sentence", "kind", "concluded", "reason", "by", "at"]
    list_filter = ["kind", "verdict", "province"]
    list_select_related = ["by"]
    search_fields = ["sentence", "reason"]

    @admin.display(description="Kết luận", ordering="verdict")
    def concluded(self, decision):
        return tag(decision.get_verdict_display(), "wait" if decision.verdict == "reopened" else "good")
