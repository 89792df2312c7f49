"""Events and what came of them: read here; a reviewer confirms the figures, or opens them again with a reason."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Min
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from fairs.enums import EventStatus
from fairs.events import figures, services, versions
from fairs.models import Deal, EventFunding, FollowUp, MarketEvent, Participation
from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin, tag, with_note
from khuyencong.admin_site import Waiting
from khuyencong.money import format_amount
from programmes.admin.bulk import apply_to_each

DONE = {"confirm": "đã xác nhận số liệu", "reopen": "đã mở lại số liệu"}


class ConfirmedFilter(admin.SimpleListFilter):
    title = "xác nhận"
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [("no", "Chờ xác nhận"), ("yes", "Đã xác nhận")]

    def queryset(self, request, queryset):
        asked = {"no": {"confirmed_at": None, "status": EventStatus.HELD}, "yes": {"confirmed_at__isnull": False}}
        return queryset.filter(**asked.get(self.value(), {}))


@admin.register(MarketEvent)
class MarketEventAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """Staff write it down in the portal."""

    change_form_template = "admin/fairs/marketevent/change_form.html"
    fields = [
        *("name", "kind", "role", "campaign", "organiser", "province", "place_shown", "location"),
        *("starts_on", "ends_on", "status", "content", "scheme"),
        *("planned_booths", "booths_shown", "standard_booths", "rented_booths", "supported_booths"),
        *(
            "participants_shown",
            "visitors",
            "money_shown",
            "total_cost",
            "deals_shown",
            "note",
            "created_by",
            "confirmed",
        ),
    ]
    readonly_fields = ["place_shown", "booths_shown", "participants_shown", "money_shown", "deals_shown", "confirmed"]
    list_display = ["name", "starts_on", "province", "kind", "role", "status", "created_by", "confirmed"]
    list_filter = [ConfirmedFilter, "kind", "role", "status", "province"]
    list_select_related = ["province", "created_by", "confirmed_by"]
    ordering = [F("confirmed_at").desc(nulls_first=True), "-starts_on", "-pk"]
    search_fields = ["search_key"]

    @admin.display(description="Nơi tổ chức")
    def place_shown(self, event):
        return ": ".join(part for part in (event.get_venue_display(), event.place) if part)

    @admin.display(description="Gian hàng thực tế")
    def booths_shown(self, event):
        return figures.booths_text(format_amount(event.booths), event.booths_qualifier) or "—"

    @admin.display(description="Doanh nghiệp tham gia")
    def participants_shown(self, event):
        found = figures.participants(event.participations.all())
        sold = "chưa rõ" if found["turnover"] is None else f"{format_amount(found['turnover'])} đồng"
        return (
            f"{found['listed'] + event.other_participants} lượt, trong đó {found['listed']} lượt của "
            f"{found['facilities']} cơ sở trong danh bạ; doanh thu {sold}"
        )

    @admin.display(description="Kinh phí theo nguồn (đồng)")
    def money_shown(self, event):
        rows = event.funding.select_related("source")
        return format_html_join("", "{}: {}<br>", ((row.source, format_amount(row.amount)) for row in rows)) or "—"

    @admin.display(description="Biên bản, hợp đồng")
    def deals_shown(self, event):
        found = event.deals.aggregate(memoranda=Count("signed_on"), contracts=Count("pk", filter=figures.CONTRACT))
        return f"{found['memoranda']} biên bản ghi nhớ, {found['contracts']} hợp đồng"

    @admin.display(description="Xác nhận", ordering="confirmed_at")
    def confirmed(self, event):
        if event.is_confirmed:
            return with_note(event.confirmed_by, f"{timezone.localtime(event.confirmed_at):%H:%M %d/%m/%Y}")
        return tag("Chờ xác nhận", "wait") if event.status == EventStatus.HELD else "—"

    def history_events(self, obj):
        return [versions.versions_of(obj, model) for model in versions.FIGURES]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Read only; POST confirms, or opens again."""
        event = self.get_visible_or_404(request, object_id)
        may = request.user.has_perm("fairs.confirm_marketevent")
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            if self._take_step(request, event):
                return redirect(request.path)
            request.method = "GET"  # the page once more, with what was typed
        waits = may and not event.is_confirmed and event.status == EventStatus.HELD
        is_own = event.created_by_id == request.user.pk
        context = {"may_confirm": waits and not is_own, "is_own": waits and is_own, "seen": versions.newest(event)}
        context |= {"may_reopen": may and event.is_confirmed, "typed_reason": request.POST.get("reason", "")}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _take_step(self, request, event):
        """Whether it was done."""
        name = "reopen" if request.POST.get("step") == "reopen" else "confirm"
        [outcome] = apply_to_each([event], lambda row: getattr(self, f"_{name}")(request, row))
        if outcome.refusal:
            messages.error(request, outcome.refusal.sentence)
        else:
            messages.success(request, f"{event}: {DONE[name]}.")
        return outcome.refusal is None

    @staticmethod
    @transaction.atomic
    def _confirm(request, event):
        versions.check(event, request.POST.get("seen", ""))
        services.confirm_event(event, by=request.user)

    @staticmethod
    def _reopen(request, event):
        services.reopen_event(event, by=request.user, reason=request.POST.get("reason", ""))


class OfEventAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """Written down on the pages of an event."""


@admin.register(EventFunding)
class EventFundingAdmin(OfEventAdmin):
    list_display = ["event", "source", "amount"]
    list_filter = ["source"]
    list_select_related = ["event", "source"]
    ordering = ["-event__starts_on", "-pk"]
    search_fields = ["event__search_key"]


@admin.register(Participation)
class ParticipationAdmin(OfEventAdmin):
    list_display = ["facility", "event", "booths", "supported_booths", "support_amount", "turnover"]
    list_select_related = ["event", "facility"]
    ordering = ["-event__starts_on", "-pk"]
    search_fields = ["facility__search_key", "event__search_key"]


@admin.register(Deal)
class DealAdmin(OfEventAdmin):
    list_display = ["partner", "event", "facility", "signed_on", "outcome", "contract_on", "follow_up_on"]
    list_filter = ["outcome"]
    list_select_related = ["event", "facility"]
    ordering = ["-pk"]
    search_fields = ["search_key"]

    def history_events(self, obj):
        return [obj.events.all(), FollowUp.pgh_event_model.objects.filter(deal=obj.pk)]


@admin.register(FollowUp)
class FollowUpAdmin(OfEventAdmin):
    list_display = ["deal", "asked_on", "answer", "by"]
    list_select_related = ["deal__event", "by"]
    ordering = ["-asked_on", "-pk"]
    search_fields = ["deal__search_key"]


def waiting(request):
    """For the first page of the admin."""
    if not request.user.has_perm("fairs.confirm_marketevent"):
        return None
    rows = MarketEvent.objects.visible_to(request.user).held().filter(confirmed_at=None)
    written = MarketEvent.pgh_event_model.objects.filter(pgh_obj__in=rows, pgh_label="insert")
    url = reverse("admin:fairs_marketevent_changelist", query={"confirmed": "no"})
    since = written.aggregate(first=Min("pgh_created_at"))["first"]
    return Waiting("Số liệu sự kiện chờ xác nhận", rows.count(), since, url)


admin.site.waiting.append(waiting)
