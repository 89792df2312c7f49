"""What staff write down of selection, products and commendations in the portal, to look up."""

from django.contrib import admin
from django.utils.html import format_html

from fairs.admin.of_round import OfEntryAdmin, OfRoundAdmin, round_parts
from fairs.admin.results import TONES
from fairs.models import (
    Commendation,
    Complaint,
    Entry,
    EntryPaper,
    HolderReport,
    Product,
    ProductPhoto,
    RoundMember,
    ScoreSheet,
    SelectionCycle,
)
from khuyencong.admin_base import PlainYearMixin, ReadOnlyMixin, ScopedModelAdmin, tag, with_note
from khuyencong.money import format_amount, format_decimal

MADE_BY = ["entry__product__facility", *round_parts("entry__round")]


def _number(value, places=2):
    return "" if value is None else format_html('<span class="num">{}</span>', format_decimal(value, places))


def _amount(value):
    return "" if value is None else format_html('<span class="num">{}</span>', format_amount(value))


class ReadAdmin(PlainYearMixin, ReadOnlyMixin, ScopedModelAdmin):
    """Rows of a year, read only; the year takes no thousands separator."""

    def get_fields(self, request, obj=None):
        names = super().get_fields(request, obj)
        return ["in_year", *(name for name in names if name not in {"year", "in_year"})]


@admin.register(Entry)
class EntryAdmin(ReadOnlyMixin, OfRoundAdmin):
    list_display = ["made", "of_round", "registered_on", "points", "state"]
    list_filter = ["status", "round__level", "product__group", "round__cycle__province"]
    list_select_related = ["product__facility", *round_parts("round")]
    ordering = ["-pk"]
    search_fields = ["product__search_key", "note", "remark"]

    @admin.display(description="Sản phẩm", ordering="product__sort_key")
    def made(self, entry):
        return with_note(entry.product, entry.product.facility)

    @admin.display(description="Điểm trung bình", ordering="average_score")
    def points(self, entry):
        return _number(entry.average_score)

    @admin.display(description="Trạng thái", ordering="status")
    def state(self, entry):
        return tag(entry.get_status_display(), TONES.get(entry.status, ""))

    def history_events(self, obj):
        return [
            obj.events.all(),
            *(part.pgh_event_model.objects.filter(entry=obj.pk) for part in (EntryPaper, ScoreSheet)),
        ]


@admin.register(EntryPaper)
class EntryPaperAdmin(OfEntryAdmin):
    list_display = ["item", "product", "of_round", "received_on", "is_paper", "original_name"]
    list_filter = ["is_paper", "item", "entry__round__cycle__province"]
    list_select_related = ["item", *MADE_BY]
    ordering = ["-pk"]
    search_fields = ["item__name", "entry__product__name", "note"]


@admin.register(ScoreSheet)
class ScoreSheetAdmin(OfEntryAdmin):
    fields = ["entry", "juror", ("market", "economic"), ("cultural", "other"), "total", "remark", "recorded_by"]
    readonly_fields = ["total"]
    list_display = ["juror", "product", "of_round", "points", "recorded_by"]
    list_display_links = ["juror", "product"]
    list_filter = ["entry__round__level", "entry__round__cycle__province"]
    list_select_related = ["juror", "recorded_by", *MADE_BY]
    ordering = ["-pk"]
    search_fields = ["juror__name", "entry__product__name", "remark"]

    @admin.display(description="Tổng điểm", ordering="total")
    def points(self, sheet):
        return _number(sheet.total)


@admin.register(RoundMember)
class RoundMemberAdmin(ReadOnlyMixin, OfRoundAdmin):
    list_display = ["name", "office", "body", "position", "of_round"]
    list_filter = ["body", "position", "round__level", "round__cycle__province"]
    list_select_related = round_parts("round")
    ordering = ["-round", "body", "pk"]
    search_fields = ["name", "office"]


@admin.register(Complaint)
class ComplaintAdmin(ReadOnlyMixin, OfRoundAdmin):
    list_display = ["complainant", "of_round", "received_on", "due_on", "state"]
    list_filter = ["outcome", "is_late", "round__cycle__province"]
    list_select_related = round_parts("round")
    ordering = ["-received_on", "-pk"]
    readonly_fields = ["due_on", "is_late"]
    search_fields = ["complainant", "content", "answer"]

    @admin.display(description="Trả lời", ordering="answered_on")
    def state(self, complaint):
        if complaint.answered_on is None:
            return tag("chưa trả lời", "wait")
        return with_note(complaint.get_outcome_display(), f"{complaint.answered_on:%d/%m/%Y}")


@admin.register(SelectionCycle)
class SelectionCycleAdmin(ReadAdmin):
    list_display = ["name", "in_year", "province", "plan_number"]
    list_filter = ["province"]
    list_select_related = ["province"]
    search_fields = ["name", "plan_number"]


@admin.register(Product)
class ProductAdmin(ReadOnlyMixin, ScopedModelAdmin):
    list_display = ["name", "facility", "place", "group", "is_set", "is_public"]
    list_filter = ["group", "is_set", "is_public", "facility__province"]
    list_select_related = ["facility__province"]
    search_fields = ["search_key"]

    @admin.display(description="Tỉnh, thành phố", ordering="facility__province__sort_key")
    def place(self, product):
        return product.facility.province.name

    def history_events(self, obj):
        return [obj.events.all(), ProductPhoto.pgh_event_model.objects.filter(product=obj.pk)]


@admin.register(ProductPhoto)
class ProductPhotoAdmin(ReadOnlyMixin, ScopedModelAdmin):
    list_display = ["product", "view", "caption", "pixels", "uploaded_by"]
    list_filter = ["view", "product__facility__province"]
    list_select_related = ["product", "uploaded_by"]
    ordering = ["-pk"]
    search_fields = ["product__name", "caption"]

    @admin.display(description="Cỡ (điểm ảnh)", ordering="width")
    def pixels(self, photo):
        return f"{photo.width} × {photo.height}"


@admin.register(HolderReport)
class HolderReportAdmin(ReadAdmin):
    list_display = ["facility", "in_year", "received_on", "money", "exported", "recorded_by"]
    list_filter = ["facility__province"]
    list_select_related = ["facility", "recorded_by"]
    search_fields = ["facility__name", "output", "note"]

    @admin.display(description="Doanh thu (đồng)", ordering="revenue")
    def money(self, report):
        return _amount(report.revenue)

    @admin.display(description="Xuất khẩu (đồng)", ordering="export_value")
    def exported(self, report):
        return _amount(report.export_value)


@admin.register(Commendation)
class CommendationAdmin(ReadAdmin):
    list_display = ["recipient", "in_year", "level", "form", "recipient_kind", "count", "province"]
    list_filter = ["level", "recipient_kind", "province"]
    list_select_related = ["province"]
    search_fields = ["search_key"]
