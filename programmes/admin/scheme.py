"""Schemes as reviewers see them: the queue, one page to decide on, decisions for many at once."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.views.decorators.http import require_POST

from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin, tag, with_note
from khuyencong.admin_site import Waiting
from khuyencong.enums import Role
from khuyencong.forms import saving
from khuyencong.templatetags.portal import days_since, million
from programmes import services
from programmes.actions import PLANNED_IN
from programmes.admin import page
from programmes.admin.adjusting import AdjustForm, KindForm
from programmes.admin.bulk import BulkStepsMixin, Outcome
from programmes.admin.deadlines import AssigneeFilter, AssignForm, DueFilter
from programmes.admin.forms import FORMS, decision_forms
from programmes.admin.queue import survey
from programmes.enums import UNDER_REVIEW, Status, Verb
from programmes.models import (
    Adjustment,
    Appraisal,
    CeilingException,
    FundingLine,
    LedgerEntry,
    ReviewComment,
    Scheme,
    SchemeBeneficiary,
    SchemeContent,
    SchemeCoordinator,
    SchemeResult,
    SchemeYear,
    StepPaper,
)
from programmes.models.adjustments import AdjustmentKind
from programmes.models.money_guards import ADJUSTABLE
from programmes.reviewing.services import confirm_exception

PARTS = (
    FundingLine,
    SchemeBeneficiary,
    SchemeResult,
    SchemeContent,
    SchemeYear,
    SchemeCoordinator,
    Appraisal,
    ReviewComment,
    StepPaper,
    LedgerEntry,
    Adjustment,
    CeilingException,
)
ALL = "all"
CONFIRMED = "%s: đã xác nhận lý do vượt mức."
ADJUSTED = "%s: đã ghi quyết định điều chỉnh."
NOT_NOW = "Chỉ điều chỉnh đề án đã phê duyệt và chưa nghiệm thu."


def _number(typed):
    """The version on screen; 0, which is no version, when it is not a number."""
    return int(typed) if typed.isdecimal() else 0


def page_url(scheme):
    return reverse("admin:programmes_scheme_change", args=[scheme.pk])


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

    list_display = ["title", "province", "content", "support", "waiting", "due", "assignee", "state"]
    list_display_links = ["title"]
    list_filter = [StatusFilter, DueFilter, AssigneeFilter, "year", "level", "content", "province"]
    list_select_related = ["province", "content", "assigned_to"]
    search_fields = ["search_key"]
    actions = [
        "assign_selected",
        "approve_selected",
        "return_selected",
        "reject_selected",
        "settle_selected",
        "close_selected",
    ]

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
        if scheme.status not in UNDER_REVIEW:
            return ""
        since = timezone.localtime(scheme.status_at)
        return with_note(days_since(since), f"từ {since:%d/%m/%Y}")

    @admin.display(description="Hạn", ordering="due_on")
    def due(self, scheme):
        if scheme.due_on is None:
            return ""
        return tag(f"{scheme.due_on:%d/%m/%Y}", "bad" if scheme.due_on < timezone.localdate() else "")

    @admin.display(description="Thụ lý", ordering="assigned_to")
    def assignee(self, scheme):
        return scheme.assigned_to or "chưa giao"

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

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/adjust/", view(self.adjust_view), name="programmes_scheme_adjust"),
            path(
                "<int:pk>/exceptions/<int:exception>/confirm/",
                view(require_POST(self.confirm_view)),
                name="programmes_scheme_confirm",
            ),
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page to decide on; POST decides."""
        scheme = self._scheme(request, object_id)
        data, may_decide = request.POST or None, self.has_decide_permission(request)
        if data and not may_decide:
            raise PermissionDenied
        offered = decision_forms(scheme, data) if may_decide else {}
        before = scheme.status
        if data and (moved := self._decide(request, scheme, offered.get(data.get("decision")))):
            return redirect(list_url(before) if moved.status != before else request.path)
        reason = page.why_not(scheme, request.user) if offered else ""
        context = self.admin_site.each_context(request) | {
            "title": str(scheme),
            "opts": self.opts,
            "scheme": scheme,
            "forms": {} if reason and not data else offered,
            "asked": data.get("decision") if data else next(iter(offered), None),
            "why_not": reason,
        }
        return TemplateResponse(
            request, "admin/programmes/scheme/decision.html", context | page.about(scheme, request.user)
        )

    def _scheme(self, request, pk):
        found = self.get_visible_or_404(request, str(pk))
        return Scheme.objects.for_page().select_related("submitted_by", "assigned_to").get(pk=found.pk)

    def confirm_view(self, request, pk, exception):
        """The second person: what goes beyond a rule is right."""
        scheme = self._scheme(request, pk)
        if not self.has_decide_permission(request):
            raise PermissionDenied
        found = get_object_or_404(scheme.ceiling_exceptions, pk=exception)
        outcome = Outcome(found)
        with saving(outcome):
            confirm_exception(found, by=request.user)
        if outcome.refusal:
            messages.error(request, outcome.refusal.sentence)
        else:
            messages.success(request, CONFIRMED % scheme.code)
        return redirect(f"{page_url(scheme)}#limits")

    def adjust_view(self, request, pk):
        """First what is changed, then the decision; POST records it."""
        scheme = self._scheme(request, pk)
        if not self.has_decide_permission(request):
            raise PermissionDenied
        if scheme.status not in ADJUSTABLE:
            messages.error(request, NOT_NOW)
            return redirect(page_url(scheme))
        kind = request.POST.get("kind") or request.GET.get("kind")
        form = self._adjust_form(request, scheme, kind)
        if request.method == "POST" and form and self._adjust(request, scheme, form):
            return redirect(page_url(scheme))
        context = self.admin_site.each_context(request) | {
            "title": f"Điều chỉnh {scheme.code}",
            "opts": self.opts,
            "scheme": scheme,
            "form": form,
            "kinds": None if form else KindForm(),
            "why_not": page.why_not(scheme, request.user),
        }
        return TemplateResponse(request, "admin/programmes/scheme/adjust.html", context)

    @staticmethod
    def _adjust_form(request, scheme, kind):
        if kind not in AdjustmentKind.values:
            return None
        return AdjustForm(request.POST or None, scheme=scheme, kind=kind, user=request.user)

    def _adjust(self, request, scheme, form):
        """Whether the decision was recorded; if not, `form` says why."""
        version = _number(request.POST.get("version", ""))
        if not form.is_valid():
            return False
        with saving(form):
            form.save(scheme, request.user, version)
        if not form.errors:
            messages.success(request, ADJUSTED % scheme.code)
        return not form.errors

    def _decide(self, request, scheme, form):
        """The scheme after the decision; None when it was not taken: `form` says why."""
        if form is None:
            return None
        valid, version = form.is_valid(), _number(request.POST.get("version", ""))
        if version != scheme.version:  # told at once, also beside other errors: the page now shows the new content
            form.add_error(None, services.STALE)
        if form.errors or not valid:
            return None
        moved = None
        with saving(form):
            moved = form.decide(scheme, request.user, version=version)
        if form.errors:
            return None
        messages.success(request, f"{scheme.code}: {form.done}.")
        return moved

    @admin.action(description="Giao thụ lý các đề án đã chọn", permissions=["decide"])
    def assign_selected(self, request, queryset):
        form = AssignForm(request.POST if "confirmed" in request.POST else None, province_id=request.user.province_id)

        def step(scheme, version):
            form.decide(scheme, request.user, version)

        return self.run_step(
            request, queryset, step, action="assign_selected", label="Giao thụ lý", done=form.done, form=form
        )

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

    @admin.action(description="Kết thúc các đề án đã chọn", permissions=["decide"])
    def close_selected(self, request, queryset):
        return self._decide_selected(request, queryset, "close")

    def _decide_selected(self, request, selected, verb):
        form = FORMS[verb](request.POST if "confirmed" in request.POST else None)

        def step(scheme, version):
            form.decide(scheme, request.user, version)

        return self.run_step(
            request,
            selected,
            step,
            action=f"{verb}_selected",
            label=Verb(verb).label,
            done=form.done,
            form=form,
            survey=lambda rows: survey(rows, verb, request.user),
        )


def waiting_in(status, label, moment):
    """For the first page of the admin: how many schemes stand in `status`, the first since when."""
    return waiting_of(Q(status=status), {"status": status}, label, moment)


def waiting_of(asked, query, label, moment):
    """The same of the schemes of a condition; `query` asks the list for them."""

    def ask(request):
        if not request.user.has_perm("programmes.view_scheme"):
            return None
        rows = Scheme.objects.visible_to(request.user).filter(asked)
        found = rows.aggregate(count=Count("pk"), since=Min(moment))
        return Waiting(
            label, found["count"], found["since"], reverse("admin:programmes_scheme_changelist", query=query)
        )

    return ask


admin.site.waiting.append(waiting_in(Status.SUBMITTED, "Đề án chờ thẩm định", "submitted_at"))
admin.site.waiting.append(waiting_in(Status.REGISTERED, "Đề án đã đăng ký, chờ kết quả thẩm định của Cục", "status_at"))
admin.site.waiting.append(waiting_in(Status.MINISTRY, "Đề án Cục đã thẩm định, chờ Bộ phê duyệt", "status_at"))
admin.site.waiting.append(
    waiting_of(
        Q(is_group=True, status__in=PLANNED_IN) & Exists(SchemeBeneficiary.objects.filter(scheme=OuterRef("pk"))),
        {"is_group__exact": 1, "status__in": ",".join(PLANNED_IN), "beneficiaries__isnull": 0},
        "Đề án nhóm chờ duyệt kế hoạch chi tiết",
        "status_at",
    )
)
admin.site.waiting.append(waiting_in(Status.ACCEPTED, "Đề án đã nghiệm thu, chờ quyết toán", "status_at"))
admin.site.waiting.append(waiting_in(Status.LIQUIDATED, "Đề án đã thanh lý hợp đồng, chờ quyết toán", "status_at"))
admin.site.waiting.append(waiting_in(Status.SETTLED, "Đề án đã quyết toán, chờ kết thúc", "status_at"))
