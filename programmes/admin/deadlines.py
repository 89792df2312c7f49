"""Deadlines as rules, and who is given a scheme."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.utils import timezone

from khuyencong.admin_base import ScopedModelAdmin, tag, with_note
from khuyencong.models import User
from khuyencong.notices import people_of
from programmes.deadlines import services, waiting
from programmes.enums import Level
from programmes.models import DeadlineKind, DeadlineRule


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ScopedModelAdmin):
    """Deadlines by law, kept as dated rows; those of schemes follow when one is saved."""

    constraint_fields = {
        "deadline_rule_real_day": "number",
        "deadline_rule_counts_days": "number",
        "deadline_rule_parts_of_kind": "month",
        "deadline_rule_once": "document",
        "deadline_rule_valid_from_before_valid_to": "valid_to",
    }
    fields = [
        ("status", "level", "province"),
        ("label", "role"),
        ("kind", "number"),
        ("month", "year_offset"),
        "warn_days",
        ("document", "clause"),
        ("valid_from", "valid_to"),
        "is_verified",
        "note",
    ]
    list_display = ["step", "level_name", "role", "when", "basis", "valid_from", "valid_to", "province", "evidence"]
    list_display_links = ["step"]
    list_filter = ["status", "level", "is_verified", "kind", "province"]
    list_select_related = ["province"]
    search_fields = ["label", "document", "clause"]

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {"level": Level.LOCAL} | initial if request.user.province_id else initial

    @admin.display(description="Bước", ordering="status")
    def step(self, rule):
        return with_note(rule.label, f"khi {rule.get_status_display().lower()}")

    @admin.display(description="Cấp", ordering="level")
    def level_name(self, rule):
        return rule.get_level_display() or "Mọi cấp"

    @admin.display(description="Hạn")
    def when(self, rule):
        return WHEN[rule.kind](rule)

    @admin.display(description="Căn cứ", ordering="document")
    def basis(self, rule):
        return with_note(rule.document, rule.clause)

    @admin.display(description="Kiểm chứng", ordering="is_verified")
    def evidence(self, rule):
        return tag("đã kiểm chứng", "good") if rule.is_verified else tag("cần kiểm tra", "wait")

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        services.rebuild()


YEARS = {-2: "hai năm trước", -1: "năm trước", 0: "năm kế hoạch", 1: "năm sau", 2: "hai năm sau", 3: "ba năm sau"}
WHEN = {
    DeadlineKind.WORKING_DAYS: lambda rule: f"{rule.number} ngày làm việc",
    DeadlineKind.CALENDAR_DAYS: lambda rule: f"{rule.number} ngày",
    DeadlineKind.SCHEME_END: lambda rule: (
        f"{rule.number} ngày sau khi đề án kết thúc" if rule.number else "ngày đề án kết thúc"
    ),
    DeadlineKind.FIXED_DAY: lambda rule: f"{rule.number:02}/{rule.month:02} {YEARS[rule.year_offset]}",
    DeadlineKind.MONTHLY: lambda rule: f"ngày {rule.number} hằng tháng",
    DeadlineKind.YEARLY: lambda rule: f"{rule.number:02}/{rule.month:02} hằng năm",
}


class DueFilter(admin.SimpleListFilter):
    """As `due` of the list of schemes in the portal."""

    title = "hạn"
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return waiting.DUE.items()

    def queryset(self, request, queryset):
        if self.value() not in waiting.DUE:
            return queryset
        return waiting.of_due(waiting.waiting(queryset), self.value(), waiting.Clock.read(timezone.localdate()))


class AssigneeFilter(admin.SimpleListFilter):
    """Given to me, to nobody, or to one of the reviewers."""

    title = "người thụ lý"
    parameter_name = "assigned"

    def lookups(self, request, model_admin):
        people = User.objects.visible_to(request.user).filter(role=waiting.REVIEWER).exclude(pk=request.user.pk)
        return [("me", "Tôi"), ("none", "Chưa giao"), *((person.pk, str(person)) for person in people)]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value == "none":
            return queryset.filter(assigned_to__isnull=True)
        if value == "me":
            return queryset.filter(assigned_to=request.user)
        return queryset.filter(assigned_to=int(value)) if value.isdecimal() and len(value) < 10 else queryset


class AssignForm(forms.Form):
    """To whom the chosen schemes are given; empty gives them back to the common queue."""

    done = "đã giao thụ lý"

    to = forms.ModelChoiceField(
        label="Giao cho", queryset=User.objects.none(), required=False, empty_label="Không ai: trả về hàng chờ chung"
    )

    def __init__(self, data=None, *, province_id):
        super().__init__(data)
        people = User.objects.filter(role=waiting.REVIEWER, is_active=True).order_by("full_name", "pk")
        if province_id:
            people = people.filter(pk__in=[one.pk for one in people_of(province_id, waiting.REVIEWER)])
        self.fields["to"].queryset = people

    def decide(self, scheme, by, version):
        """See `services.assign_scheme`."""
        return services.assign_scheme(scheme, to=self.cleaned_data["to"], by=by, version=version)
