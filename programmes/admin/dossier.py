"""The rules of the dossier, for administrators: papers asked for at each step."""

from django.contrib import admin

from khuyencong.admin_base import ScopedModelAdmin, tag, with_note
from programmes.models import DossierItem


@admin.register(DossierItem)
class DossierItemAdmin(ScopedModelAdmin):
    """National rules are kept by administrators of all provinces, a province's own by its administrator."""

    constraint_fields = {
        "dossier_item_valid_from_before_valid_to": "valid_to",
        "dossier_item_copies_given": "copies",
        "dossier_item_once": "name",
    }
    fields = [
        "name",
        ("step", "is_required"),
        "content",
        ("level", "kind", "province"),
        "only_with_beneficiaries",
        ("document", "clause", "copies"),
        ("valid_from", "valid_to"),
        "is_verified",
        "note",
        "position",
    ]
    list_display = [
        "name",
        "step",
        "asked_of",
        "basis",
        "is_required",
        "valid_from",
        "valid_to",
        "province",
        "evidence",
    ]
    list_filter = ["step", "level", "is_required", "is_verified", "document", "province"]
    list_select_related = ["content", "province"]
    search_fields = ["name", "document", "clause", "content__code", "content__name"]

    @admin.display(description="Áp dụng cho", ordering="content__code")
    def asked_of(self, item):
        """'KC03.04, đề án, cấp quốc gia, có đơn vị thụ hưởng'; what is not limited is not said."""
        parts = (
            item.content.code if item.content else "mọi nội dung",
            item.get_kind_display().lower(),
            f"cấp {item.get_level_display().lower()}" if item.level else "",
            "có đơn vị thụ hưởng" if item.only_with_beneficiaries else "",
        )
        return ", ".join(part for part in parts if part)

    @admin.display(description="Căn cứ", ordering="document")
    def basis(self, item):
        return with_note(item.document, item.clause)

    @admin.display(description="Kiểm chứng", ordering="is_verified")
    def evidence(self, item):
        return tag("đã kiểm chứng", "good") if item.is_verified else tag("cần kiểm tra", "wait")
