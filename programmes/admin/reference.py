"""What law and plans give, for administrators."""

from django import forms
from django.contrib import admin
from django.db import models

from khuyencong.admin_base import ScopedModelAdmin, tag, with_note
from khuyencong.forms import ConstrainedModelForm
from khuyencong.money import format_amount, format_decimal
from programmes.enums import Level
from programmes.models import ActivityContent, FundingSource, ImplementingUnit, Indicator, Programme, SupportRule


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


class SupportRuleForm(ConstrainedModelForm):
    """National rules are of no province: a province's own bind its local money."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("province") and cleaned.get("level") == Level.NATIONAL:
            self.add_error("level", "Mức của tỉnh chỉ áp dụng cho kinh phí địa phương.")
        return cleaned


@admin.register(SupportRule)
class SupportRuleAdmin(ScopedModelAdmin):
    """National rules are kept by administrators of all provinces, a province's own by its administrator."""

    form = SupportRuleForm
    constraint_fields = {
        "support_rule_limits_something": "ceiling",
        "support_rule_rate_range": "rate",
        "support_rule_ceiling_not_negative": "ceiling",
        "support_rule_priority_factor_range": "priority_factor",
        "support_rule_valid_from_before_valid_to": "valid_to",
        "support_rule_once": "document",
    }
    fields = [
        "content",
        ("level", "province"),
        ("document", "clause"),
        ("rate", "ceiling", "unit", "priority_factor"),
        ("valid_from", "valid_to"),
        "is_verified",
        "note",
    ]
    list_display = ["content_name", "basis", "most", "valid_from", "valid_to", "province", "evidence"]
    list_display_links = ["content_name"]
    list_filter = ["level", "is_verified", "unit", "document", "province"]
    list_select_related = ["content", "province"]
    search_fields = ["content__code", "content__name", "document", "clause"]

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {"level": Level.LOCAL} | initial if request.user.province_id else initial

    @admin.display(description="Nội dung", ordering="content__code")
    def content_name(self, rule):
        return str(rule.content)

    @admin.display(description="Căn cứ", ordering="document")
    def basis(self, rule):
        return with_note(rule.document, rule.clause)

    @admin.display(description="Mức tối đa")
    def most(self, rule):
        """'50 %; 300.000.000 đồng mỗi cơ sở': a rate, a ceiling or both."""
        rate = rule.rate is not None and f"{format_decimal(rule.rate, 2).removesuffix(',00')} %"
        ceiling = rule.ceiling is not None and f"{format_amount(rule.ceiling)} đồng mỗi {rule.get_unit_display()}"
        return "; ".join(part for part in (rate, ceiling) if part)

    @admin.display(description="Kiểm chứng", ordering="is_verified")
    def evidence(self, rule):
        return tag("đã kiểm chứng", "good") if rule.is_verified else tag("cần kiểm tra", "wait")
