"""Schemes as reviewers see them: the queue, one page to decide on, decisions for many at once."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Prefetch
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin, tag, with_note
from khuyencong.admin_site import Waiting
from khuyencong.enums import Role
from khuyencong.forms import saving
from khuyencong.templatetags.portal import days_since, million
from programmes import services
from programmes.admin import page
from programmes.admin.bulk import BulkStepsMixin
from programmes.admin.forms import FORMS, decision_forms
from programmes.enums import BY_VERB, Status
from programmes.models import FundingLine, Scheme, SchemeBeneficiary, SchemeResult

PARTS = (FundingLine, SchemeBeneficiary, SchemeResult)
ALL = "all"


def _number(typed):
    """The version on screen; 0, which is no version, when it is not a number."""
    return int(typed) if typed.isdecimal() else 0


def list_url(status):
    return reverse("admin:programmes_scheme_changelist", query={"status": status})


class StatusFilter(admin.SimpleListFilter):
    """By status; "all" is a choice of its own, because without any a reviewer sees the queue."""

    title = "trạng thái"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [(ALL, "Tất cả"), *Status.choices]

    def choices(self, changelist):
        return list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() in Status.values else queryset


@admin.register(Scheme)
class SchemeAdmin(BulkStepsMixin, ReadOnlyMixin, ScopedModelAdmin):
    """Nobody adds, edits or deletes here: reviewers decide, through `programmes.services`."""

    list_display = ["title", "province", "content", "implementing_unit", "support", "waiting", "state"]
    list_display_links = ["title"]
    list_filter = [StatusFilter, "year", "level", "content", "province"]
    list_select_related = ["province", "content", "implementing_unit"]
    search_fields = ["search_key"]
    actions = ["approve_selected", "return_selected", "reject_selected", "settle_selected"]

    def has_decide_permission(self, request):
        return request.user.has_perm("programmes.decide_scheme")

    def get_queryset(self, request):
        support = FundingLine.objects.support().filter(proposed_amount__gt=0).select_related("source")
        return (
            super().get_queryset(request).prefetch_related(Prefetch("funding_lines", support, to_attr="support_lines"))
        )

    def get_ordering(self, request):
        """The queue begins with who has waited longest."""
        return ["submitted_at", "pk"] if request.GET.get("status") == Status.SUBMITTED else ["-year", "-pk"]

    @admin.display(description="Đề án", ordering="code")
    def title(self, scheme):
        return with_note(scheme.name, scheme.code)

    @admin.display(description="Hỗ trợ đề nghị (triệu đồng)")
    def support(self, scheme):
        lines = ((line.source.short_name, million(line.proposed_amount)) for line in scheme.support_lines)
        return format_html_join("", '<span class="amount">{} <b>{}</b></span>', lines)

    @admin.display(description="Chờ", ordering="submitted_at")
    def waiting(self, scheme):
        if scheme.status != Status.SUBMITTED:
            return ""
        since = timezone.localtime(scheme.submitted_at)
        return with_note(days_since(since), f"từ {since:%d/%m/%Y}")

    @admin.display(description="Trạng thái", ordering="status")
    def state(self, scheme):
        return tag(scheme.get_status_display(), scheme.tone)

    def history_events(self, obj):
        return [obj.events.all(), *(part.pgh_event_model.objects.filter(scheme_id=obj.pk) for part in PARTS)]

    def changelist_view(self, request, extra_context=None):
        """A reviewer who asks for nothing gets the queue."""
        if request.method == "GET" and not request.GET and request.user.role == Role.REVIEWER:
            return redirect(list_url(Status.SUBMITTED))
        return super().changelist_view(request, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page to decide on; POST decides."""
        found = self.get_visible_or_404(request, object_id)
        scheme = Scheme.objects.for_page().select_related("submitted_by").get(pk=found.pk)
        data, may_decide = request.POST or None, self.has_decide_permission(request)
        if data and not may_decide:
            raise PermissionDenied
        offered = decision_forms(scheme, data) if may_decide else {}
        if data and self._decide(request, scheme, offered.get(data.get("decision"))):
            return redirect(list_url(BY_VERB[data["decision"]].source[0]))
        is_own = bool(offered) and request.user in (scheme.created_by, scheme.submitted_by)
        context = self.admin_site.each_context(request) | {
            "title": str(scheme),
            "opts": self.opts,
            "scheme": scheme,
            "forms": {} if is_own and not data else offered,
            "asked": data.get("decision") if data else next(iter(offered), None),
            "is_own": is_own,
        }
        return TemplateResponse(
            request, "admin/programmes/scheme/decision.html", context | page.about(scheme, request.user)
        )

    def _decide(self, request, scheme, form):
        """Whether the decision was taken; if not, `form` says why."""
        if form is None:
            return False
        valid, version = form.is_valid(), _number(request.POST.get("version", ""))
        if version != scheme.version:  # told at once, also beside other errors: the page now shows the new content
            form.add_error(None, services.STALE)
            return False
        if not valid:
            return False
        with saving(form):
            form.decide(scheme, request.user, version=version)
        if form.errors:
            return False
        messages.success(request, f"{scheme.code}: {form.done}.")
        return True

    @admin.action(description="Phê duyệt các đề án đã chọn (đúng số đề nghị)", permissions=["decide"])
    def approve_selected(self, request, queryset):
        return self._decide_selected(request, queryset, "approve")

    @admin.action(description="Trả lại các đề án đã chọn để bổ sung", permissions=["decide"])
    def return_selected(self, request, queryset):
        return self._decide_selected(request, queryset, "return")

    @admin.action(description="Không phê duyệt các đề án đã chọn", permissions=["decide"])
    def reject_selected(self, request, queryset):
        return self._decide_selected(request, queryset, "reject")

    @admin.action(description="Duyệt quyết toán các đề án đã chọn", permissions=["decide"])
    def settle_selected(self, request, queryset):
        return self._decide_selected(request, queryset, "settle")

    def _decide_selected(self, request, selected, verb):
        form = FORMS[verb](request.POST if "confirmed" in request.POST else None)

        def step(scheme, version):
            form.decide(scheme, request.user, version)

        label = BY_VERB[verb].label
        return self.run_step(request, selected, step, action=f"{verb}_selected", label=label, done=form.done, form=form)


def waiting_in(status, label, moment):
    """For the first page of the admin: how many schemes stand in `status`, the first since when."""

    def ask(request):
        if not request.user.has_perm("programmes.view_scheme"):
            return None
        rows = Scheme.objects.visible_to(request.user).filter(status=status)
        found = rows.aggregate(count=Count("pk"), since=Min(moment))
        return Waiting(label, found["count"], found["since"], list_url(status))

    return ask


admin.site.waiting.append(waiting_in(Status.SUBMITTED, "Đề án chờ thẩm định", "submitted_at"))
admin.site.waiting.append(waiting_in(Status.ACCEPTED, "Đề án đã nghiệm thu, chờ quyết toán", "status_at"))
