"""People and places, for administrators; read only for auditors."""

from django.contrib import admin, messages
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from khuyencong import admin_calendar, services
from khuyencong.admin_base import ScopedInline, ScopedModelAdmin
from khuyencong.forms import ConstrainedModelForm
from khuyencong.models import AdministrativeUnit, AgencyName, Province, ProvinceLineage, UnitLineage, User


class UserForm(ConstrainedModelForm):
    """A new person cannot log in until an administrator sets a first password."""

    def save(self, commit=True):
        if not self.instance.pk:
            self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(ScopedModelAdmin):
    """People of the administrator's own province. Nobody is deleted: an account is locked. Nobody changes their own role."""

    form = UserForm
    fields = ["username", "full_name", "email", "role", "province", "is_active"]
    list_display = ["username", "full_name", "role", "province", "is_active", "last_login"]
    list_filter = ["role", "is_active", "province"]
    list_select_related = ["province"]
    search_fields = ["username", "full_name"]

    def get_readonly_fields(self, request, obj=None):
        return ["username", "role", "province", "is_active"] if obj == request.user else []

    def lookup_allowed(self, lookup, value, request=None):
        """A password's hash is not for guessing at, letter by letter."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def get_urls(self):
        view = self.admin_site.admin_view(self.password_view)
        return [path("<path:object_id>/password/", view, name="khuyencong_user_password"), *super().get_urls()]

    def response_add(self, request, obj, post_url_continue=None):
        """The next step is a first password."""
        messages.success(request, f"Đã thêm {obj.full_name}. Đặt mật khẩu ban đầu để người này đăng nhập được.")
        return redirect("admin:khuyencong_user_password", obj.pk)

    def password_view(self, request, object_id):
        """Set a first or a forgotten password; one's own is changed in the portal, where the old one is asked for."""
        person = self.get_visible_or_404(request, object_id)
        if person == request.user:
            return redirect("password_change")
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        form = SetPasswordForm(person, request.POST or None)
        if form.is_valid():
            form.save()
            messages.success(request, f"Đã đặt mật khẩu cho {person.full_name}.")
            return redirect(reverse("admin:khuyencong_user_change", args=[person.pk]))
        context = self.admin_site.each_context(request) | {
            "title": f"Đặt mật khẩu: {person.full_name}",
            "form": form,
            "original": person,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/khuyencong/user/password.html", context)


class LineageInline(ScopedInline):
    model = ProvinceLineage
    fk_name = "successor"
    fields = ["predecessor", "kind"]
    verbose_name_plural = "hình thành từ"


@admin.register(Province)
class ProvinceAdmin(ScopedModelAdmin):
    is_national = True
    constraint_fields = {"province_valid_from_before_valid_to": "valid_to", "province_name_nfc": "name"}
    fields = ["code", "name", "kind", "valid_from", "valid_to", "decision"]
    list_display = ["code", "name", "kind", "valid_from", "valid_to", "decision"]
    list_display_links = ["name"]
    list_filter = ["kind"]
    search_fields = ["search_key"]
    inlines = [LineageInline]

    def has_add_permission(self, request):
        """A new unit concerns every province."""
        return super().has_add_permission(request) and request.user.province_id is None

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.has_changed():
            services.rebuild_keys_of_places(Province.objects.filter(pk=form.instance.pk))


class CurrentFilter(admin.SimpleListFilter):
    title = "hiệu lực"
    parameter_name = "time"

    def lookups(self, request, model_admin):
        return [("now", "Hiện nay"), ("ended", "Đã hết hiệu lực")]

    def queryset(self, request, queryset):
        return queryset.filter(valid_to__isnull=self.value() == "now") if self.value() else queryset


class PredecessorInline(ScopedInline):
    model = UnitLineage
    fk_name = "successor"
    autocomplete_fields = ["predecessor"]
    fields = [("predecessor", "kind")]
    verbose_name_plural = "hình thành từ"


class SuccessorInline(ScopedInline):
    model = UnitLineage
    fk_name = "predecessor"
    autocomplete_fields = ["successor"]
    fields = [("successor", "kind")]
    verbose_name_plural = "chuyển thành"


@admin.register(AdministrativeUnit)
class AdministrativeUnitAdmin(ScopedModelAdmin):
    """Districts and communes; records that point to them follow when their lineage changes."""

    is_national = True
    constraint_fields = {
        "unit_code_form": "code",
        "unit_code_validity_apart": "code",
        "unit_kind_of_level": "kind",
        "unit_parent_of_commune": "parent",
        "unit_valid_from_before_valid_to": "valid_to",
        "unit_name_given": "name",
        "unit_name_nfc": "name",
    }
    fields = [
        "code",
        "level",
        "kind",
        "name",
        "province",
        "parent",
        "valid_from",
        "valid_to",
        "decision",
        "is_difficult",
    ]
    autocomplete_fields = ["parent"]
    list_display = ["code", "full_name", "context", "valid_from", "valid_to", "difficult"]
    list_display_links = ["code", "full_name"]
    list_filter = ["level", "kind", CurrentFilter, "is_difficult", "province"]
    list_select_related = ["province", "parent"]
    search_fields = ["search_key"]
    inlines = [PredecessorInline, SuccessorInline]

    @admin.display(description="đơn vị", ordering="sort_key")
    def full_name(self, unit):
        return unit.full_name

    @admin.display(description="thuộc")
    def context(self, unit):
        return unit.context

    @admin.display(description="địa bàn khó khăn", ordering="is_difficult")
    def difficult(self, unit):
        return "có" if unit.is_difficult else ""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            services.derive_communes_today()
            services.rebuild_keys_of_places(AdministrativeUnit.objects.filter(pk=form.instance.pk))


@admin.register(AgencyName)
class AgencyNameAdmin(ScopedModelAdmin):
    """Names of agencies. One without a province holds everywhere and is changed only by people of all provinces."""

    constraint_fields = {
        "agency_name_given": "name",
        "agency_valid_from_before_valid_to": "valid_to",
        "agency_name_validity_apart": "valid_from",
    }
    fields = ["kind", "province", "name", "valid_from", "valid_to", "source"]
    list_display = ["name", "kind", "province", "valid_from", "valid_to"]
    list_filter = ["kind", "province"]
    list_select_related = ["province"]
    search_fields = ["name"]


__all__ = ["admin_calendar"]  # registers days off, delegations and notices
