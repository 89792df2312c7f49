"""Decisions about budgets: a second person checks each against its paper and confirms."""

from collections import defaultdict

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Min
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from khuyencong.admin_base import PlainYearMixin, ReadOnlyMixin, ScopedInline, ScopedModelAdmin, tag, with_note
from khuyencong.admin_site import Waiting
from khuyencong.money import format_amount
from programmes.admin.bulk import BulkStepsMixin, apply_to_each, versions_on_screen
from programmes.admin.plan_funding import ConfirmedFilter
from programmes.budgets.services import confirm_allocations
from programmes.models import Allocation, YearBudget

DONE = "đã xác nhận"
ALONE = " Còn %d quyết định khác của nguồn này chờ xác nhận: nếu chúng bù đủ, hãy chọn cả nhóm trong danh sách."


def _amount(value):
    return format_html('<span class="num">{}</span>', format_amount(value))


def _who_when(person, moment):
    return with_note(person, f"{timezone.localtime(moment):%H:%M %d/%m/%Y}")


class OfBudgetAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """What allocations say of themselves in lists and on their page."""

    @admin.display(description="Năm", ordering="budget__year")
    def in_year(self, allocation):
        """A year is not a figure: it takes no thousands separator."""
        return str(allocation.budget.year)

    @admin.display(description="Nguồn", ordering="budget__source__position")
    def of_source(self, allocation):
        return with_note(allocation.budget.source, allocation.budget.province.name)

    @admin.display(description="Quyết định", ordering="decision_on")
    def decision(self, allocation):
        return with_note(allocation.decision_number, f"{allocation.decision_on:%d/%m/%Y}")

    @admin.display(description="Số tiền (đồng)", ordering="amount")
    def money(self, allocation):
        return _amount(allocation.amount)

    @admin.display(description="Người ghi", ordering="created_at")
    def entered(self, allocation):
        return _who_when(allocation.created_by, allocation.created_at)

    @admin.display(description="Xác nhận", ordering="confirmed_at")
    def confirmed(self, allocation):
        if allocation.confirmed_at is None:
            return tag("Chờ xác nhận", "wait")
        return _who_when(allocation.confirmed_by, allocation.confirmed_at)


@admin.register(Allocation)
class AllocationAdmin(BulkStepsMixin, OfBudgetAdmin):
    """Staff write it down in the portal; here a reviewer confirms it."""

    change_form_template = "admin/programmes/allocation/change_form.html"
    fields = ["decision", "authority", "in_year", "of_source", "kind", "money", "note", "entered", "confirmed"]
    readonly_fields = ["decision", "in_year", "of_source", "money", "entered", "confirmed"]
    list_display = ["decision", "in_year", "of_source", "kind", "money", "entered", "confirmed"]
    list_filter = [ConfirmedFilter, "kind", "budget__source"]
    list_select_related = ["budget__province", "budget__source", "created_by", "confirmed_by"]
    ordering = [F("confirmed_at").desc(nulls_first=True), "-decision_on", "-pk"]
    search_fields = ["decision_number", "authority"]
    actions = ["confirm_selected"]

    def has_decide_permission(self, request):
        return request.user.has_perm("programmes.decide_allocation")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Read only; POST confirms."""
        allocation = self.get_visible_or_404(request, object_id)
        may_confirm = self.has_decide_permission(request)
        if request.method == "POST":
            if not may_confirm:
                raise PermissionDenied
            return self._confirm(request, allocation)
        waits = may_confirm and allocation.confirmed_at is None
        context = {"may_confirm": waits and allocation.created_by != request.user, "is_own": waits}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _confirm(self, request, allocation):
        given = request.POST.get("version", "")
        versions = {allocation.pk: int(given) if given.isdecimal() else 0}
        [outcome] = apply_to_each(
            [allocation], lambda row: confirm_allocations([row], by=request.user, versions=versions)
        )
        if outcome.refusal is None:
            messages.success(request, f"{allocation}: {DONE}.")
            return redirect(list_url())
        others = allocation.budget.allocations.awaiting_confirmation().exclude(pk=allocation.pk).count()
        is_over = outcome.refusal.code == "budget_not_over_committed"
        messages.error(request, outcome.refusal.sentence + (ALONE % others if is_over and others else ""))
        return redirect(request.path)

    @admin.action(description="Xác nhận các quyết định đã chọn", permissions=["decide"])
    def confirm_selected(self, request, queryset):
        """Decisions of one budget go together: all of them or none."""
        versions = versions_on_screen(request.POST)
        groups, done = defaultdict(list), set()
        for row in self.get_queryset(request).filter(pk__in=versions):
            groups[row.budget_id].append(row)

        def step(row, _version):
            if row.budget_id not in done:
                confirm_allocations(groups[row.budget_id], by=request.user, versions=versions)
                done.add(row.budget_id)

        return self.run_step(request, queryset, step, action="confirm_selected", label="Xác nhận", done=DONE)


class AllocationInline(ScopedInline):
    """The decisions of a budget, under it."""

    model = Allocation
    fields = ["kind", "amount", "decision_number", "decision_on", "authority", "note", "confirmed_by", "confirmed_at"]

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(YearBudget)
class YearBudgetAdmin(PlainYearMixin, ReadOnlyMixin, ScopedModelAdmin):
    """Looked at here; its decisions are written down in the portal."""

    fields = ["of_source", "in_year", "province", "note"]
    readonly_fields = ["of_source", "in_year"]
    inlines = [AllocationInline]
    list_display = ["of_source", "in_year", "province", "note"]
    list_filter = ["source", "province"]
    list_select_related = ["source", "province"]
    ordering = ["-year", "province__sort_key", "source__position", "pk"]
    search_fields = ["note", "allocations__decision_number"]

    @admin.display(description="Nguồn", ordering="source__position")
    def of_source(self, budget):
        return str(budget.source)

    def history_events(self, obj):
        return [obj.events.all(), Allocation.pgh_event_model.objects.filter(budget=obj.pk)]


def list_url():
    return reverse("admin:programmes_allocation_changelist", query={"confirmed": "no"})


def waiting(request):
    """For the first page of the admin."""
    if not request.user.has_perm("programmes.decide_allocation"):
        return None
    rows = Allocation.objects.visible_to(request.user).awaiting_confirmation()
    found = rows.aggregate(count=Count("pk"), since=Min("created_at"))
    return Waiting("Quyết định dự toán chờ xác nhận", found["count"], found["since"], list_url())


admin.site.waiting.append(waiting)
