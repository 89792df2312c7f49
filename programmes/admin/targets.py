"""Groups and targets of programmes, for administrators; national ones only here."""

from django.contrib import admin

from khuyencong.admin_base import PlainYearMixin, ScopedInline, ScopedModelAdmin, tag
from programmes.models import GroupContent, ProgrammeGroup, ProgrammeTarget, TargetFigure
from programmes.targets.forms import TargetForm
from programmes.targets.visible import own_programmes, programmes_for


class OfProgrammeAdmin(ScopedModelAdmin):
    """Rows of national programmes are changed only by people of all provinces."""

    def get_field_queryset(self, db, db_field, request):
        if db_field.name == "programme":
            mine = own_programmes if request.user.province_id else programmes_for
            return mine(request.user)
        return super().get_field_queryset(db, db_field, request)

    def has_change_permission(self, request, obj=None):
        is_national = obj is not None and obj.programme.province_id is None
        return super().has_change_permission(request, obj) and not (is_national and request.user.province_id)

    def get_readonly_fields(self, request, obj=None):
        """A row stays in its programme."""
        return [*self.readonly_fields, *(["programme"] if obj else [])]


class ContentInline(ScopedInline):
    """Which contents of the law a group stands for."""

    model = GroupContent
    fields = ["content"]


@admin.register(ProgrammeGroup)
class ProgrammeGroupAdmin(OfProgrammeAdmin):
    constraint_fields = {"programme_group_once": "name", "programme_group_name_given": "name"}
    fields = ["programme", "name", "position"]
    inlines = [ContentInline]
    list_display = ["name", "programme", "position"]
    list_filter = ["programme"]
    list_select_related = ["programme"]
    search_fields = ["name", "programme__name"]

    def history_events(self, obj):
        return [obj.events.all(), GroupContent.pgh_event_model.objects.filter(group=obj.pk)]


class FigureInline(PlainYearMixin, ScopedInline):
    """What was typed by hand, a row a year."""

    model = TargetFigure

    def get_fields(self, request, obj=None):
        return [("year" if self.has_change_permission(request, obj) else "in_year"), "value", "note"]


@admin.register(ProgrammeTarget)
class ProgrammeTargetAdmin(PlainYearMixin, OfProgrammeAdmin):
    constraint_fields = TargetForm.constraint_fields
    fields = [
        "programme",
        "group",
        "name",
        ("relation", "low", "high", "unit"),
        ("measure", "indicator", "source"),
        "counts_all",
        "document",
        "note",
        "position",
    ]
    inlines = [FigureInline]
    list_display = ["name", "programme", "group", "measure", "origin"]
    list_filter = ["measure", "programme"]
    list_select_related = ["programme", "group"]
    search_fields = ["name", "programme__name", "document"]

    def get_fields(self, request, obj=None):
        return [*self.fields, "year" if self.has_change_permission(request, obj) else "in_year"]

    @admin.display(description="Dữ liệu", ordering="is_illustrative")
    def origin(self, target):
        return tag("minh họa", "wait") if target.is_illustrative else ""

    def history_events(self, obj):
        return [obj.events.all(), TargetFigure.pgh_event_model.objects.filter(target=obj.pk)]
