"""Merges of facilities and pairs that are none, to be read: who found what, when and why."""

from django.contrib import admin

from facilities.models import FacilityMerge, NotDuplicate
from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin, tag


@admin.register(FacilityMerge)
class FacilityMergeAdmin(ReadOnlyMixin, ScopedModelAdmin):
    fields = ["duplicate", "kept", "reason", "merged_by", "merged_at", "undone_by", "undone_at", "undo_reason"]
    list_display = ["duplicate", "kept", "state", "merged_by", "merged_at", "reason"]
    list_filter = [("undone_at", admin.EmptyFieldListFilter), "kept__province"]
    list_select_related = ["kept", "duplicate", "merged_by"]
    search_fields = ["kept__search_key", "duplicate__search_key"]

    @admin.display(description="tình trạng")
    def state(self, merge):
        return tag("Đã hoàn tác") if merge.undone_at else tag("Đang gộp", "good")


@admin.register(NotDuplicate)
class NotDuplicateAdmin(ReadOnlyMixin, ScopedModelAdmin):
    fields = ["first", "second", "reason", "by", "at"]
    list_display = ["first", "second", "by", "at", "reason"]
    list_select_related = ["first", "second", "by"]
    search_fields = ["first__search_key", "second__search_key"]
