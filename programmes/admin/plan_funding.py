"""Money outside schemes: a second person checks it against its decision and confirms."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Min
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin, tag, with_note
from khuyencong.admin_site import Waiting
from programmes import services
from programmes.admin.bulk import BulkStepsMixin, apply_to_each
from programmes.models import PlanFunding

DONE = "đã xác nhận"


class ConfirmedFilter(admin.SimpleListFilter):
    title = "xác nhận"
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [("no", "Chờ xác nhận"), ("yes", "Đã xác nhận")]

    def queryset(self, request, queryset):
        words = {"no": queryset.awaiting_confirmation, "yes": queryset.confirmed}
        return words.get(self.value(), queryset.all)()


@admin.register(PlanFunding)
class PlanFundingAdmin(BulkStepsMixin, ReadOnlyMixin, ScopedModelAdmin):
    """Staff write it down in the portal; here a reviewer confirms it."""

    change_form_template = "admin/programmes/planfunding/change_form.html"
    fields = [
        "purpose",
        "in_year",
        "province",
        "programme",
        "source",
        "proposed_amount",
        "approved_amount",
        "adjustment_reason",
        "settled_amount",
        "decision_number",
        "decision_on",
        "note",
        "entered",
        "confirmed",
    ]
    readonly_fields = ["in_year", "entered", "confirmed"]
    list_display = ["purpose", "in_year", "province", "source", "approved_amount", "decision", "entered", "confirmed"]
    list_filter = [ConfirmedFilter, "year", "source", "province"]
    list_select_related = ["province", "source", "created_by", "confirmed_by"]
    ordering = [F("confirmed_at").desc(nulls_first=True), "-year", "-pk"]
    search_fields = ["purpose", "decision_number"]
    actions = ["confirm_selected"]

    def has_decide_permission(self, request):
        return request.user.has_perm("programmes.decide_planfunding")

    @admin.display(description="Năm", ordering="year")
    def in_year(self, funding):
        """A year is not a figure: it takes no thousands separator."""
        return str(funding.year)

    @admin.display(description="Quyết định", ordering="decision_on")
    def decision(self, funding):
        return with_note(funding.decision_number, f"{funding.decision_on:%d/%m/%Y}")

    @admin.display(description="Người ghi", ordering="created_at")
    def entered(self, funding):
        return _who_when(funding.created_by, funding.created_at)

    @admin.display(description="Xác nhận", ordering="confirmed_at")
    def confirmed(self, funding):
        if funding.confirmed_at is None:
            return tag("Chờ xác nhận", "wait")
        return _who_when(funding.confirmed_by, funding.confirmed_at)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Read only; POST confirms."""
        funding = self.get_visible_or_404(request, object_id)
        may_confirm = self.has_decide_permission(request)
        if request.method == "POST":
            if not may_confirm:
                raise PermissionDenied
            return self._confirm(request, funding)
        waits = may_confirm and funding.confirmed_at is None
        context = {"may_confirm": waits and funding.created_by != request.user, "is_own": waits}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _confirm(self, request, funding):
        given = request.POST.get("version", "")
        version = int(given) if given.isdecimal() else 0
        [outcome] = apply_to_each(
            [funding], lambda row: services.confirm_plan_funding(row, by=request.user, version=version)
        )
        if outcome.refusal:
            messages.error(request, outcome.refusal.sentence)
            return redirect(request.path)
        messages.success(request, f"{funding}: {DONE}.")
        return redirect(list_url())

    @admin.action(description="Xác nhận các khoản đã chọn", permissions=["decide"])
    def confirm_selected(self, request, queryset):
        def step(funding, version):
            services.confirm_plan_funding(funding, by=request.user, version=version)

        return self.run_step(request, queryset, step, action="confirm_selected", label="Xác nhận", done=DONE)


def _who_when(person, moment):
    return with_note(person, f"{timezone.localtime(moment):%H:%M %d/%m/%Y}")


def list_url():
    return reverse("admin:programmes_planfunding_changelist", query={"confirmed": "no"})


def waiting(request):
    """For the first page of the admin."""
    if not request.user.has_perm("programmes.view_planfunding"):
        return None
    rows = PlanFunding.objects.visible_to(request.user).awaiting_confirmation()
    found = rows.aggregate(count=Count("pk"), since=Min("created_at"))
    return Waiting("Kinh phí ngoài đề án chờ xác nhận", found["count"], found["since"], list_url())


admin.site.waiting.append(waiting)
