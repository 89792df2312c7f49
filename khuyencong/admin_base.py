"""The base of every admin page: what a person may not see does not exist, in no list, choice, filter, search or history."""

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst

from khuyencong import forms, history, scope, text
from khuyencong.paging import COUNTED_UP_TO


def visible_rows(rows, user):
    """Of a QuerySet, what `user` may see: by its own `visible_to`; of a model with an optional province also shared rows."""
    if hasattr(rows, "visible_to"):
        return rows.visible_to(user)
    ids = scope.province_ids(user)
    if ids is None or not _has_province(rows.model):
        return rows
    return rows.filter(Q(province__isnull=True) | Q(province__in=ids))


def _has_province(model):
    return any(field.name == "province" for field in model._meta.fields)


def with_note(text, note):
    """A cell of a list with a second, quieter line."""
    return format_html('{} <span class="under">{}</span>', text, note)


def tag(label, tone=""):
    """A state in a list, coloured as in `_components/tag.html`."""
    return format_html('<span class="tag" data-tone="{}">{}</span>', tone, label)


class VisibleOnlyFilter(admin.RelatedFieldListFilter):
    """A filter by a related row that offers only rows the person may see."""

    def field_choices(self, field, request, model_admin):
        return [(row.pk, str(row)) for row in visible_rows(field.remote_field.model.objects.all(), request.user)]


class QuickPaginator(Paginator):
    """Counts only as far as it stays quick; what lies beyond is reached by search and filters."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:COUNTED_UP_TO].count()

    @property
    def is_capped(self):
        return self.count == COUNTED_UP_TO


class ScopedChoicesMixin:
    """Relations of a form, or of rows within a form, offer only what the person may see."""

    formfield_overrides = {models.DateField: {"form_class": forms.DateField, "widget": forms.DateInput}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the buttons that open another record's page over this one."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_field_queryset(self, db, db_field, request):
        rows = super().get_field_queryset(db, db_field, request)
        return visible_rows(db_field.remote_field.model.objects.all() if rows is None else rows, request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """People of one province make nothing for all provinces."""
        if db_field.name == "province" and request.user.province_id:
            kwargs |= {"required": True, "initial": request.user.province_id, "help_text": ""}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ScopedInline(ScopedChoicesMixin, admin.StackedInline):
    """Rows within a form; they belong to a row that the person may see."""

    form = forms.ConstrainedModelForm
    extra = 0
    view_on_site = False


class PlainYearMixin:
    """`in_year` in place of `year` where it is only read: a year is not a figure, it takes no thousands separator."""

    readonly_fields = ["in_year"]

    @admin.display(description="Năm", ordering="year")
    def in_year(self, row):
        return str(row.year or "")


class ScopedModelAdmin(ScopedChoicesMixin, admin.ModelAdmin):
    """A ModelAdmin within a person's provinces. Searches without diacritics when the model has `matching` or `search_key`.

    `constraint_fields`: rule -> field, as in ConstrainedModelForm.
    """

    form = forms.ConstrainedModelForm
    constraint_fields: dict[str, str] = {}
    is_national = False  # its rows decide figures of every province: changed only by people of all provinces
    list_per_page = 50
    paginator = QuickPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def get_queryset(self, request):
        return visible_rows(super().get_queryset(request), request.user)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.constraint_fields = self.constraint_fields
        return form

    def has_change_permission(self, request, obj=None):
        """What all provinces share is changed only by people of all provinces."""
        shared = self.is_national or (obj is not None and _has_province(self.model) and obj.province_id is None)
        return super().has_change_permission(request, obj) and not (shared and request.user.province_id)

    def has_add_permission(self, request, *args):
        return super().has_add_permission(request, *args) and not (self.is_national and request.user.province_id)

    def get_list_filter(self, request):
        return [self._scoped(name) for name in super().get_list_filter(request)]

    def _scoped(self, name):
        is_relation = isinstance(name, str) and get_fields_from_path(self.model, name)[-1].is_relation
        return (name, VisibleOnlyFilter) if is_relation else name

    def get_search_results(self, request, queryset, search_term):
        if hasattr(queryset, "matching"):
            return queryset.matching(search_term), False
        if "search_key" not in self.get_search_fields(request):
            return super().get_search_results(request, queryset, search_term)
        for word in text.search_key(search_term).split():
            queryset = queryset.filter(search_key__contains=word)
        return queryset, False

    def get_visible_or_404(self, request, object_id):
        """The row, or 404 when it does not exist or is another province's; 403 for people without the permission."""
        found = self.get_object(request, unquote(object_id))
        if found is None:
            raise Http404
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        return found

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    @property
    def has_history(self):
        return hasattr(self.model, "pgh_event_model")

    def history_events(self, obj):
        """QuerySets of the versions that make up the history of `obj`; a record with parts adds theirs."""
        return [obj.events.all()]

    def history_view(self, request, object_id, extra_context=None):
        """Who changed what, when and why, as the database kept it."""
        obj = self.get_visible_or_404(request, object_id)
        if not self.has_history:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"Lịch sử thay đổi: {obj}",
            "entries": history.entries(*self.history_events(obj)),
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": obj,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def render_change_form(self, request, context, **kwargs):
        return super().render_change_form(request, context | {"has_history": self.has_history}, **kwargs)


class ReadOnlyMixin:
    """Looked at here, changed elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
