"""The calendar, absences and what people were told, for administrators and inspectors."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.formats import date_format

from khuyencong import calendar, delegations
from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin, tag
from khuyencong.delegation_forms import PLACED
from khuyencong.forms import ConstrainedModelForm
from khuyencong.models import Delegation, Holiday, Notice, NoticePreference
from khuyencong.refusals import RefusedError


@admin.register(Holiday)
class HolidayAdmin(ScopedModelAdmin):
    """Days off and days worked instead; deadlines follow when one is saved or deleted."""

    is_national = True
    constraint_fields = {"holiday_worked_at_weekend": "is_working"}
    fields = ["day", "name", "is_working", "document", "is_verified"]
    list_display = ["date", "weekday", "name", "work", "document", "evidence"]
    list_display_links = ["date"]
    list_filter = ["is_working", "is_verified"]
    search_fields = ["name", "document"]
    date_hierarchy = "day"

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and request.user.province_id is None

    @admin.display(description="ngày", ordering="day")
    def date(self, holiday):
        return f"{holiday.day:%d/%m/%Y}"

    @admin.display(description="thứ")
    def weekday(self, holiday):
        return date_format(holiday.day, "l")

    @admin.display(description="làm việc", ordering="is_working")
    def work(self, holiday):
        return tag("làm bù") if holiday.is_working else tag("nghỉ", "good")

    @admin.display(description="kiểm chứng", ordering="is_verified")
    def evidence(self, holiday):
        return tag("đã kiểm chứng", "good") if holiday.is_verified else tag("cần kiểm tra", "wait")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        calendar.changed()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        calendar.changed()


class AbsenceForm(ConstrainedModelForm):
    """Another person's absence, written by an administrator."""

    constraint_fields = PLACED


@admin.register(Delegation)
class DelegationAdmin(ScopedModelAdmin):
    """Absences of the province's people: an administrator writes one for who cannot, and ends it; nobody edits."""

    form = AbsenceForm
    constraint_fields = PLACED
    fields = ["from_person", "to_person", ("first_day", "last_day"), "document"]
    list_display = ["from_person", "to_person", "days", "document", "state"]
    list_display_links = ["from_person"]
    list_select_related = ["from_person", "to_person"]
    search_fields = ["from_person__full_name", "to_person__full_name", "document"]
    actions = ["end_selected"]

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request)

    def has_end_permission(self, request):
        return request.user.has_perm("khuyencong.change_delegation")

    def save_model(self, request, obj, form, change):
        obj.created_by = request.user
        delegations.begin(obj)

    @admin.display(description="thời gian", ordering="first_day")
    def days(self, one):
        return f"{one.first_day:%d/%m/%Y} – {one.last_day:%d/%m/%Y}"

    @admin.display(description="tình trạng")
    def state(self, one):
        today = timezone.localdate()
        if one.ended_on:
            return tag(f"kết thúc từ {one.ended_on:%d/%m/%Y}")
        if one.last_day < today:
            return tag("đã hết hạn")
        return tag("đang hiệu lực", "good") if one.first_day <= today else tag("sắp đến", "wait")

    @admin.action(description="Kết thúc sớm các ủy quyền đã chọn", permissions=["end"])
    def end_selected(self, request, queryset):
        today = timezone.localdate()
        for one in queryset.order_by("pk"):
            try:
                delegations.end(one, by=request.user, on=today)
            except RefusedError as error:
                messages.error(request, f"{one}: {error.refusal.sentence}")
            else:
                messages.success(request, f"{one}: đã kết thúc.")


@admin.register(Notice)
class NoticeAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """Who was told what and when: nobody writes here."""

    fields = ["user", "kind", "title", "url", "in_portal", "mail", "created_at", "read_at", "mailed_at"]
    list_display = ["title", "user", "kind", "created_at", "read_at", "mailed_at"]
    list_filter = ["kind", "mail"]
    list_select_related = ["user"]
    search_fields = ["title", "user__full_name"]


@admin.register(NoticePreference)
class NoticePreferenceAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """How people chose to be told: each chooses in the portal."""

    fields = ["user", "kind", "in_portal", "mail"]
    list_display = ["user", "kind", "in_portal", "mail"]
    list_display_links = ["user"]
    list_filter = ["kind", "mail"]
    list_select_related = ["user"]
    search_fields = ["user__full_name"]
