"""What was written down in the life of schemes, to look up: sheets, comments, papers, money paid, changes, exceptions."""

from django.contrib import admin
from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from khuyencong.admin_base import ReadOnlyMixin, ScopedInline, ScopedModelAdmin, tag, with_note
from khuyencong.admin_site import Waiting
from khuyencong.money import format_amount
from programmes.models import (
    Adjustment,
    AdjustmentBenefit,
    AdjustmentChange,
    AdjustmentLine,
    Appraisal,
    CeilingException,
    LedgerEntry,
    ReviewComment,
    StepPaper,
)
from programmes.models.workflow import Verdict

TONES = {Verdict.PASS: "good", Verdict.REVISE: "wait", Verdict.FAIL: "bad"}


def _amount(value):
    return format_html('<span class="num">{}</span>', format_amount(value))


def _who_when(person, moment):
    return with_note(person, f"{timezone.localtime(moment):%H:%M %d/%m/%Y}")


class OfSchemeAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """Rows of a scheme, read only; they are written on the page of the scheme or in the portal."""

    readonly_fields = ["of_scheme"]

    @admin.display(description="Đề án", ordering="scheme__code")
    def of_scheme(self, row):
        return with_note(row.scheme.name, row.scheme.code)

    def get_fields(self, request, obj=None):
        """The scheme by its page, then everything else."""
        page = [name for name in super().get_fields(request, obj) if name not in {"scheme", "of_scheme"}]
        return ["of_scheme", *page]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With the way to the scheme's own page."""
        row = self.get_visible_or_404(request, object_id)
        page = reverse("admin:programmes_scheme_change", args=[row.scheme_id])
        return super().change_view(request, object_id, form_url, {"scheme_page": page} | (extra_context or {}))

    change_form_template = "admin/programmes/of_scheme.html"


@admin.register(Appraisal)
class AppraisalAdmin(OfSchemeAdmin):
    """Written by reviewers on the page of a decision."""

    list_display = ["of_scheme", "stage", "concluded", "conclusion", "made"]
    list_filter = ["stage", "verdict", "scheme__year", "scheme__province"]
    list_select_related = ["scheme", "made_by"]
    ordering = ["-pk"]
    search_fields = ["scheme__code", "scheme__name", "conclusion", "council"]

    @admin.display(description="Kết luận", ordering="verdict")
    def concluded(self, sheet):
        return tag(sheet.get_verdict_display(), TONES[sheet.verdict])

    @admin.display(description="Người thẩm định", ordering="made_at")
    def made(self, sheet):
        return _who_when(sheet.made_by, sheet.made_at)


@admin.register(ReviewComment)
class ReviewCommentAdmin(OfSchemeAdmin):
    """Written by reviewers who send a scheme back; answered by staff in the portal."""

    list_display = ["of_scheme", "label", "text", "made", "answered"]
    list_filter = ["scheme__year", "scheme__province"]
    list_select_related = ["scheme", "made_by", "answered_by"]
    ordering = ["-pk"]
    search_fields = ["scheme__code", "scheme__name", "label", "text", "answer"]

    @admin.display(description="Người góp ý", ordering="made_at")
    def made(self, comment):
        return _who_when(comment.made_by, comment.made_at)

    @admin.display(description="Giải trình", ordering="answered_by")
    def answered(self, comment):
        return with_note(comment.answer, comment.answered_by) if comment.answered_by else tag("chưa giải trình", "wait")


@admin.register(StepPaper)
class StepPaperAdmin(OfSchemeAdmin):
    """The papers of steps: registration, contract, detailed plan, minutes of liquidation, decision to stop."""

    list_display = ["of_scheme", "verb", "number", "issued_on", "signer", "recorded"]
    list_filter = ["verb", "scheme__year", "scheme__province"]
    list_select_related = ["scheme", "recorded_by"]
    ordering = ["-pk"]
    search_fields = ["scheme__code", "scheme__name", "number", "signer"]

    @admin.display(description="Người ghi", ordering="recorded_at")
    def recorded(self, paper):
        return _who_when(paper.recorded_by, paper.recorded_at)


@admin.register(LedgerEntry)
class LedgerEntryAdmin(OfSchemeAdmin):
    """Written by staff in the portal, never changed; a reversal has its amount below zero."""

    list_display = ["document_number", "entered_on", "of_scheme", "kind", "source", "money", "state", "recorded"]
    list_filter = ["kind", "source", "scheme__year", "scheme__province"]
    list_select_related = ["scheme", "source", "recorded_by", "reverses", "reversed_by"]
    ordering = ["-pk"]
    search_fields = ["scheme__code", "scheme__name", "document_number", "note"]

    @admin.display(description="Số tiền (đồng)", ordering="amount")
    def money(self, entry):
        return _amount(entry.amount)

    @admin.display(description="Đảo")
    def state(self, entry):
        if entry.reverses_id:
            return with_note("bút toán đảo", entry.reverses.document_number)
        return tag("đã đảo", "bad") if hasattr(entry, "reversed_by") else ""

    @admin.display(description="Người ghi", ordering="recorded_at")
    def recorded(self, entry):
        return _who_when(entry.recorded_by, entry.recorded_at)


class PartInline(ScopedInline):
    """Parts of an adjustment, read only."""

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("programmes.view_adjustment")


class LineInline(PartInline):
    model = AdjustmentLine
    fields = [("source", "before_amount", "after_amount")]


class BenefitInline(PartInline):
    model = AdjustmentBenefit
    fields = [("facility", "before_amount", "after_amount")]


class ChangeInline(PartInline):
    model = AdjustmentChange
    fields = ["label", ("before", "after")]


@admin.register(Adjustment)
class AdjustmentAdmin(OfSchemeAdmin):
    """Recorded by reviewers on the page of the scheme; never changed."""

    inlines = [LineInline, BenefitInline, ChangeInline]
    list_display = ["number", "decided_on", "of_scheme", "kind", "authority", "made"]
    list_filter = ["kind", "authority", "scheme__level", "scheme__year", "scheme__province"]
    list_select_related = ["scheme", "made_by"]
    ordering = ["-pk"]
    search_fields = ["scheme__code", "scheme__name", "number", "reason"]

    @admin.display(description="Người ghi", ordering="recorded_at")
    def made(self, adjustment):
        return _who_when(adjustment.made_by, adjustment.recorded_at)

    def history_events(self, obj):
        parts = (AdjustmentLine, AdjustmentBenefit, AdjustmentChange)
        return [obj.events.all(), *(part.pgh_event_model.objects.filter(adjustment_id=obj.pk) for part in parts)]


@admin.register(CeilingException)
class CeilingExceptionAdmin(OfSchemeAdmin):
    """Reasons to go beyond a rule of support; confirmed on the page of the scheme."""

    list_display = ["of_scheme", "who", "rule", "asked", "left", "reason", "state"]
    list_filter = [("confirmed_at", admin.EmptyFieldListFilter), "scheme__year", "scheme__province"]
    list_select_related = ["scheme", "benefit__facility", "rule__content", "requested_by", "confirmed_by"]
    ordering = ["-pk"]
    search_fields = ["scheme__code", "scheme__name", "reason", "rule__document"]

    @admin.display(description="Cơ sở", ordering="benefit")
    def who(self, exception):
        return exception.benefit.facility if exception.benefit else "cả đề án"

    @admin.display(description="Số hỗ trợ (đồng)", ordering="amount")
    def asked(self, exception):
        return _amount(exception.amount)

    @admin.display(description="Mức còn lại (đồng)", ordering="most")
    def left(self, exception):
        return _amount(exception.most)

    @admin.display(description="Xác nhận", ordering="confirmed_at")
    def state(self, exception):
        if exception.confirmed_at is None:
            return with_note(tag("chờ xác nhận", "wait"), f"{exception.requested_by} ghi")
        return _who_when(exception.confirmed_by, exception.confirmed_at)


def waiting(request):
    """For the first page of the admin: reasons that wait for a second person."""
    if not request.user.has_perm("programmes.decide_scheme"):
        return None
    rows = CeilingException.objects.visible_to(request.user).filter(confirmed_at__isnull=True)
    found = rows.aggregate(count=Count("pk"), since=Min("requested_at"))
    url = reverse("admin:programmes_ceilingexception_changelist", query={"confirmed_at__isempty": "1"})
    return Waiting("Lý do vượt mức chờ xác nhận", found["count"], found["since"], url)


admin.site.waiting.append(waiting)
