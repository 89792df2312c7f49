"""The register, read only for reviewers and auditors; trades, for administrators."""

from django.contrib import admin

from facilities.models import Facility, Trade
from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin


@admin.register(Facility)
class FacilityAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """Staff keep the register in the portal."""

    fields = [
        "name",
        "legal_form",
        "tax_code",
        "trade",
        "products",
        "province",
        "commune",
        "former_district",
        "address",
        "workers",
        "contact_name",
        "phone",
        "email",
        "note",
        "created_at",
    ]
    list_display = ["name", "legal_form", "tax_code", "trade", "commune", "province"]
    list_filter = ["legal_form", "trade", "province"]
    list_select_related = ["province", "trade"]
    search_fields = ["search_key"]


@admin.register(Trade)
class TradeAdmin(ScopedModelAdmin):
    list_display = ["code", "name", "legal_basis", "is_active"]
    list_display_links = ["name"]
    list_filter = ["is_active"]
    search_fields = ["code", "name"]
