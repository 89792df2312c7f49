"""Selection rounds as reviewers see them: the queue, and one desk to conclude, reopen and give certificates."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, Exists, Min, OuterRef, Q, Value, When
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from fairs.admin import desk
from fairs.admin.of_round import ROUND, round_cell, round_parts
from fairs.admin.results import results
from fairs.enums import EntryStatus, RoundStatus
from fairs.models import Complaint, Entry, RoundMember, SelectionRound
from fairs.selection import services
from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin, tag, with_note
from khuyencong.admin_site import Waiting
from khuyencong.forms import saving
from khuyencong.refusals import RefusedError

CONCLUDE = "fairs.conclude_selectionround"
STALE = "Điểm hoặc hồ sơ vừa thay đổi sau khi bạn mở trang; bảng dưới đây là số mới. Xem lại rồi kết luận."
DONE_BEFORE = "%s: đã kết luận trước đó."
CONCLUDED = "%s: đã kết luận, %d sản phẩm được công nhận."
REOPENED = "%s: đã mở lại, trở về bước chấm điểm."
ISSUED = "%s: đã cấp %d giấy chứng nhận."
UNCERTIFIED = Exists(Entry.objects.filter(round=OuterRef("pk"), status=EntryStatus.PASSED, certificate__isnull=True))
PARTS = {  # of the history of a round, with what naming their rows needs
    RoundMember: round_parts("round"),
    Entry: [*round_parts("round"), "lower_certificate__entry__product"],
    Complaint: [*round_parts("round"), "entry__product", *round_parts("entry__round")],
}

WAITS = Case(  # the order of the list: what waits for a reviewer comes first
    When(status=RoundStatus.SCORING, then=Value(0)),
    When(Q(status=RoundStatus.CONCLUDED) & UNCERTIFIED, then=Value(1)),
    default=Value(2),
)


class WaitingFilter(admin.SimpleListFilter):
    """What a reviewer has to do with a round."""

    title = "việc chờ"
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [("conclusion", "Chờ kết luận"), ("certificates", "Chờ cấp giấy chứng nhận")]

    def queryset(self, request, queryset):
        asked = {
            "conclusion": Q(status=RoundStatus.SCORING),
            "certificates": Q(status=RoundStatus.CONCLUDED) & UNCERTIFIED,
        }
        return queryset.filter(asked.get(self.value(), Q()))


@admin.register(SelectionRound)
class SelectionRoundAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """Nobody adds, edits or deletes here: staff hold the round in the portal, a reviewer concludes it."""

    list_display = ["name", "window", "dossiers", "certificates", "state"]
    list_filter = [WaitingFilter, "status", "level", "cycle__province"]
    list_select_related = ROUND
    search_fields = ["cycle__name", "unit__name", "region__name", "decision_number", "council_number"]

    def get_queryset(self, request):
        return desk.counted(super().get_queryset(request))

    def get_ordering(self, request):
        return [WAITS.asc(), "-opens_on", "-pk"]

    @admin.display(description="Kỳ bình chọn", ordering="level__rank")
    def name(self, round):
        return round_cell(round)

    @admin.display(description="Nhận hồ sơ", ordering="opens_on")
    def window(self, round):
        return f"{round.opens_on:%d/%m/%Y}" + (f" – {round.closes_on:%d/%m/%Y}" if round.closes_on else "")

    @admin.display(description="Hồ sơ", ordering="registered")
    def dossiers(self, round):
        return round.registered

    @admin.display(description="Giấy chứng nhận", ordering="certified")
    def certificates(self, round):
        return round.certified or ""

    @admin.display(description="Trạng thái", ordering="status")
    def state(self, round):
        shown = tag(round.get_status_display(), desk.tone(round))
        return with_note(shown, round.decision_number) if round.decision_number else shown

    def history_events(self, obj):
        """The round, its people, dossiers and complaints; papers, sheets and certificates have histories of their own."""
        return [obj.events.all(), *(self._versions(part, obj).select_related(*names) for part, names in PARTS.items())]

    @staticmethod
    def _versions(part, round):
        return part.pgh_event_model.objects.filter(round_id=round.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The desk; POST decides."""
        round = self._round(request, object_id)
        data, may_decide = request.POST or None, request.user.has_perm(CONCLUDE)
        if data and not may_decide:
            raise PermissionDenied
        found = results(round)
        forms = desk.offered(round, found, data) if may_decide else {}
        if data and (answer := self._decide(request, round, forms, found)):
            return answer
        reason = desk.why_not(round, request.user) if may_decide else ""
        context = self.admin_site.each_context(request) | {
            "title": str(round),
            "opts": self.opts,
            "round": round,
            "forms": {} if reason and not data else forms,
            "asked": data.get("decision") if data else next(iter(forms), None),
            "why_not": reason,
        }
        return TemplateResponse(request, "admin/fairs/selectionround/desk.html", context | desk.about(round, found))

    def _round(self, request, pk):
        found = self.get_visible_or_404(request, pk)
        names = [*ROUND, "created_by", "concluded_by"]
        return SelectionRound.objects.select_related(*names).get(pk=found.pk)

    def _decide(self, request, round, forms, found):
        """The answer to a POST; None when the page should be shown again: the form that was sent says why."""
        decision = request.POST.get("decision")
        steps = {"conclude": self._conclude, "reopen": self._reopen, "issue": self._issue}
        if decision not in steps:
            return None
        if decision not in forms:  # a second click, or somebody was faster
            messages.info(request, f"{round}: {round.get_status_display().lower()}, không có gì để làm thêm.")
            return redirect(request.path)
        return steps[decision](request, round, forms, found)

    def _conclude(self, request, round, forms, found):
        form, seen = forms["conclude"], request.POST.get("seen")
        if seen != found.seen:  # told at once, also beside other errors: the page now shows the new figures
            form.add_error(None, STALE)
        if not form.is_valid():
            return None
        with saving(form):
            conclude_as_seen(round, form, seen, by=request.user)
        if form.errors:
            return None
        messages.success(request, CONCLUDED % (round, sum(form.verdicts.values())))
        return redirect(request.path)

    def _reopen(self, request, round, forms, found):
        form = forms["reopen"]
        if not form.is_valid():
            return None
        with saving(form):
            services.reopen(round, by=request.user, reason=form.cleaned_data["reason"])
        if form.errors:
            return None
        messages.success(request, REOPENED % round)
        return redirect(request.path)

    def _issue(self, request, round, forms, found):
        form = forms["issue"]
        if "renumber" in request.POST:
            if counted := form.counted():
                forms["issue"] = type(form)(initial=counted, round=round, results=found)
            return None
        if not form.is_valid():
            return None
        made, typed = [], form.cleaned_data
        with saving(form):
            made = services.issue(
                round, by=request.user, numbers=form.numbers, issued_on=typed["issued_on"], signer=typed["signer"]
            )
        if form.errors:
            return None
        messages.success(request, ISSUED % (round, len(made)))
        return redirect(request.path)


def conclude_as_seen(round, form, seen, *, by):
    """Conclude on the figures that the reviewer saw; refused when they changed meanwhile. In a transaction."""
    locked = services.lock_round(round, by=by, permission=CONCLUDE)
    if locked.status == RoundStatus.CONCLUDED:
        raise RefusedError(DONE_BEFORE % round, "done_before")
    if results(locked).seen != seen:
        raise RefusedError(STALE, "stale")
    services.conclude(round, by=by, results=form.verdicts, decision=form.decision)


def waiting_of(asked, query, label, moment):
    """For the first page of the admin: how many rounds of a condition, the first since when."""

    def ask(request):
        if not request.user.has_perm(CONCLUDE):
            return None
        rows = SelectionRound.objects.visible_to(request.user).filter(asked)
        found = rows.aggregate(count=Count("pk"), since=Min(moment))
        url = reverse("admin:fairs_selectionround_changelist", query=query)
        return Waiting(label, found["count"], found["since"], url)

    return ask


admin.site.waiting.append(
    waiting_of(
        Q(status=RoundStatus.SCORING),
        {"waits": "conclusion"},
        "Kỳ bình chọn chờ kết luận",
        desk.scoring_since(),
    )
)
admin.site.waiting.append(
    waiting_of(
        Q(status=RoundStatus.CONCLUDED) & UNCERTIFIED,
        {"waits": "certificates"},
        "Kỳ bình chọn đã công nhận, chờ cấp giấy chứng nhận",
        "concluded_at",
    )
)
