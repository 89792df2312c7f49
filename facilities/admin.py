"""The register, read only for reviewers and auditors; trades, for administrators."""

from django.contrib import admin

from facilities import admin_clusters, admin_merges  # noqa: F401  register clusters, villages, merges
from facilities.models import Facility, FacilityYear, Trade
from khuyencong.admin_base import PlainYearMixin, ReadOnlyMixin, ScopedInline, ScopedModelAdmin


class FacilityYearInline(PlainYearMixin, ScopedInline):
    """What the facility achieved each year, to be read."""

    model = FacilityYear
    fields = [("in_year", "revenue", "export_revenue", "tax_paid", "workers")]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("facilities.view_facility")

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Facility)
class FacilityAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """Staff keep the register in the portal."""

    fields = [
        "name",
        "legal_form",
        "tax_code",
        "registration_number",
        "registered_on",
        "registered_at",
        "trade",
        "vsic_code",
        "products",
        "province",
        "commune",
        "commune_today",
        "former_district",
        "address",
        "office_address",
        "cluster",
        "craft_village",
        "workers",
        "capital",
        "local_material_share",
        "is_exporter",
        "eligibility",
        "eligibility_reason",
        "contact_name",
        "phone",
        "email",
        "note",
        "merged_into",
        "created_at",
    ]
    inlines = [FacilityYearInline]
    list_display = ["name", "legal_form", "tax_code", "trade", "commune", "province"]
    list_filter = ["legal_form", "eligibility", "trade", "province"]
    list_select_related = ["province", "trade", "commune"]
    search_fields = ["search_key"]


@admin.register(Trade)
class TradeAdmin(ScopedModelAdmin):
    list_display = ["code", "name", "legal_basis", "is_active"]
    list_display_links = ["name"]
    list_filter = ["is_active"]
    search_fields = ["code", "name"]
