"""The law of a scheme's life as dated rows: steps, advances, who decides changes. Administrators edit, others read."""

from django.contrib import admin

from khuyencong.admin_base import ScopedModelAdmin, tag, with_note
from khuyencong.money import format_decimal
from programmes.enums import Level, Status
from programmes.models import AdjustmentAuthority, AdvanceRule, WorkflowStep


class LawAdmin(ScopedModelAdmin):
    """What rows of law say of themselves in lists."""

    @admin.display(description="Kiểm chứng", ordering="is_verified")
    def evidence(self, rule):
        return tag("đã kiểm chứng", "good") if rule.is_verified else tag("cần kiểm tra", "wait")

    @admin.display(description="Hiệu lực", ordering="valid_from")
    def period(self, rule):
        last = f" đến {rule.valid_to:%d/%m/%Y}" if rule.valid_to else ""
        return f"từ {rule.valid_from:%d/%m/%Y}{last}"


@admin.register(WorkflowStep)
class WorkflowStepAdmin(LawAdmin):
    """The general procedure is kept by administrators of all provinces, a province's own by its administrator."""

    list_per_page = 200  # the whole procedure is read at once

    constraint_fields = {
        "workflow_step_once": "target",
        "workflow_step_valid_from_before_valid_to": "valid_to",
    }
    fields = [
        ("level", "province"),
        ("verb", "role"),
        ("source", "target"),
        ("appraisal", "paper"),
        "clause",
        ("valid_from", "valid_to"),
        ("is_verified", "position"),
    ]
    list_display = ["step", "way", "level", "role", "waits", "province", "basis", "period", "evidence"]
    list_display_links = ["step"]
    list_filter = ["level", "role", "verb", "is_verified", "province"]
    list_select_related = ["province"]
    search_fields = ["paper", "clause"]

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {"level": Level.LOCAL} | initial if request.user.province_id else initial

    @admin.display(description="Bước", ordering="position")
    def step(self, row):
        return row.get_verb_display()

    @admin.display(description="Từ, sang", ordering="source")
    def way(self, row):
        return with_note(Status(row.source).label, f"sang {Status(row.target).label.lower()}")

    @admin.display(description="Chờ")
    def waits(self, row):
        sheet = f"phiếu thẩm định {row.get_appraisal_display().lower()}" if row.appraisal else ""
        return "; ".join(part for part in (sheet, row.paper) if part)

    @admin.display(description="Căn cứ", ordering="clause")
    def basis(self, row):
        return row.clause


@admin.register(AdvanceRule)
class AdvanceRuleAdmin(LawAdmin):
    """How much may be paid before acceptance; of all provinces."""

    is_national = True
    constraint_fields = {
        "advance_rule_once": "document",
        "advance_rule_rate_range": "rate",
        "advance_rule_document_given": "document",
        "advance_rule_valid_from_before_valid_to": "valid_to",
    }
    fields = [
        "content",
        ("level", "rate"),
        "condition",
        ("document", "clause"),
        ("valid_from", "valid_to"),
        "is_verified",
    ]
    list_display = ["content_name", "level_name", "most", "basis", "condition", "period", "evidence"]
    list_display_links = ["content_name"]
    list_filter = ["level", "rate", "is_verified", "document"]
    list_select_related = ["content"]
    search_fields = ["content__code", "content__name", "document", "condition"]

    @admin.display(description="Nội dung", ordering="content__code")
    def content_name(self, rule):
        return str(rule.content or "Nội dung còn lại")

    @admin.display(description="Cấp", ordering="level")
    def level_name(self, rule):
        return rule.get_level_display() or "mọi cấp"

    @admin.display(description="Tạm ứng tối đa", ordering="rate")
    def most(self, rule):
        return f"{format_decimal(rule.rate, 2).removesuffix(',00')} %"

    @admin.display(description="Căn cứ", ordering="document")
    def basis(self, rule):
        return with_note(rule.document, rule.clause)


@admin.register(AdjustmentAuthority)
class AdjustmentAuthorityAdmin(LawAdmin):
    """Who decides which change; of all provinces."""

    is_national = True
    constraint_fields = {
        "adjustment_authority_once": "authority",
        "adjustment_authority_valid_from_before_valid_to": "valid_to",
    }
    fields = [("level", "is_group"), ("kind", "authority"), "clause", ("valid_from", "valid_to"), "is_verified"]
    list_display = ["kind", "level", "groups", "authority", "clause", "period", "evidence"]
    list_filter = ["level", "kind", "authority", "is_verified"]
    search_fields = ["clause"]

    @admin.display(description="Đề án nhóm", ordering="is_group")
    def groups(self, row):
        return {None: "cả hai", True: "đề án nhóm", False: "không phải đề án nhóm"}[row.is_group]
