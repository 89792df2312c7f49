"""What law and plans give, for administrators."""

from django import forms
from django.contrib import admin
from django.db import models

from khuyencong.admin_base import ScopedModelAdmin
from programmes.models import ActivityContent, FundingSource, ImplementingUnit, Indicator, Programme


@admin.register(Programme)
class ProgrammeAdmin(ScopedModelAdmin):
    constraint_fields = {"programme_first_year_before_last_year": "last_year"}
    list_display = ["name", "period", "province", "legal_basis"]
    list_filter = ["province"]
    list_select_related = ["province"]
    readonly_fields = ["period"]
    search_fields = ["name", "legal_basis"]

    def get_fields(self, request, obj=None):
        years = ["first_year", "last_year"] if self.has_change_permission(request, obj) else ["period"]
        return ["name", *years, "province", "legal_basis"]

    @admin.display(description="Giai đoạn", ordering="first_year")
    def period(self, programme):
        """Years are not figures: they take no thousands separator."""
        return f"{programme.first_year}–{programme.last_year}"


@admin.register(ActivityContent)
class ActivityContentAdmin(ScopedModelAdmin):
    constraint_fields = {"activity_content_code_ascii": "code"}
    fields = ["code", "name", "group", "legal_basis", "indicators", "is_active"]
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    list_display = ["code", "name", "group", "legal_basis", "is_active"]
    list_display_links = ["name"]
    list_filter = ["group", "is_active"]
    list_select_related = ["group"]
    search_fields = ["search_key"]


@admin.register(Indicator)
class IndicatorAdmin(ScopedModelAdmin):
    is_national = True
    list_display = ["name", "unit", "counting", "code", "position"]
    list_filter = ["counting"]
    search_fields = ["code", "name"]


@admin.register(FundingSource)
class FundingSourceAdmin(ScopedModelAdmin):
    is_national = True
    list_display = ["name", "short_name", "is_support", "valid_to", "code", "position"]
    search_fields = ["code", "name"]

    def get_readonly_fields(self, request, obj=None):
        """Reports and money know a source by its code."""
        return ["code"] if obj else []


@admin.register(ImplementingUnit)
class ImplementingUnitAdmin(ScopedModelAdmin):
    list_display = ["name", "province", "is_active"]
    list_filter = ["is_active", "province"]
    list_select_related = ["province"]
    search_fields = ["name"]
