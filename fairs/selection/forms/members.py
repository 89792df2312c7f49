"""The council and the jury of a round, all on one page."""

from django import forms
from django.db.models import Exists, Max, OuterRef

from fairs.enums import Body, RoundStatus
from fairs.models import RoundMember, ScoreSheet, SelectionRound
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.refusals import RefusedError

PREFIX = "members"
CHAIR, MEMBER = RoundMember.Position.CHAIR, RoundMember.Position.MEMBER
JURY = 3
TWICE = "Người này ghi hai lần trong cùng một danh sách."
HAS_SHEETS = "Giám khảo này đã có phiếu chấm: xóa các phiếu đó trước."
STALE = "Người khác vừa sửa danh sách này. Hãy mở lại trang, đối chiếu rồi sửa tiếp."
CONCLUDED = "Kỳ bình chọn đã kết luận nên không sửa được."
Events = RoundMember.pgh_event_model


class MemberForm(ConstrainedModelForm):
    constraint_fields = {
        "round_member_name_given": "name",
        "round_member_once": "name",
        "round_member_one_chair": "position",
    }
    unchecked = ("round",)  # rows that change places are checked together, by the database

    class Meta:
        model = RoundMember
        formfield_callback = vietnamese_field
        fields = ["body", "position", "name", "office"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = Body.choices
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = str(RoundMember._meta.get_field(name).verbose_name).capitalize()
        self.fields["name"].widget.attrs["placeholder"] = "Họ và tên"

    def has_changed(self):
        """A new row without a name or an office is an empty one, whatever body it is offered for."""
        typed = self.instance.pk or any((self[name].data or "").strip() for name in ("name", "office"))
        return bool(typed) and super().has_changed()

    def clean(self):
        """A juror who scored stays one."""
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("body") == Body.COUNCIL and self.instance.has_sheets:
            self.add_error("body", HAS_SHEETS)
        return cleaned


class MemberRows(forms.BaseModelFormSet):
    """Rows of one round; `seen` is the newest change when the page was opened. After `save` ask `refused`."""

    refused = ""

    def clean(self):
        seen = set()
        for form in self.forms:
            kept = form not in self.deleted_forms
            if not kept and form.instance.pk and form.instance.has_sheets:
                form.add_error(None, HAS_SHEETS)
            typed = getattr(form, "cleaned_data", {}) if kept else {}
            key = tuple(typed.get(name) for name in ("body", "name", "office"))
            if key[1] and key in seen:
                form.add_error("name", TWICE)
            seen.add(key)
        if any(form.errors for form in self.deleted_forms):
            raise forms.ValidationError(HAS_SHEETS)

    def add_refusal(self, refusal):
        self.refused = refusal.sentence

    @property
    def errors_or_refusal(self):
        return [self.refused] if self.refused else list(self.non_form_errors())


def newest(round):
    """The newest change of the round's people, as the page carries it."""
    return str(Events.objects.filter(round=round).aggregate(newest=Max("pgh_id"))["newest"] or 0)


def save(rows, round, seen):
    """Write the rows down, the chair last, so that another may become it. Within the transaction of `saving(rows)`."""
    locked = SelectionRound.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.status == RoundStatus.CONCLUDED:
        raise RefusedError(CONCLUDED, "selection_round_is_final")
    if newest(round) != seen:
        raise RefusedError(STALE, "stale")
    rows.save(commit=False)
    for member in rows.deleted_objects:
        member.delete()
    written = [one for one, _ in rows.changed_objects] + rows.new_objects
    for member in sorted(written, key=lambda one: one.position == CHAIR):
        member.round = round
        member.save()


def member_rows(round, data=None):
    """The formset of a round's people; unbound without `data`. A new list begins with as many rows as the law asks for."""
    members = round.members.annotate(has_sheets=Exists(ScoreSheet.objects.filter(juror=OuterRef("pk"))))
    initial = [] if data or members.exists() else _law(round)
    rows = forms.modelformset_factory(
        RoundMember, form=MemberForm, formset=MemberRows, extra=len(initial) or 1, can_delete=True, max_num=60
    )
    return rows(data, queryset=members.order_by("body", "pk"), prefix=PREFIX, initial=initial)


def _law(round):
    """Empty rows: the smallest council of the level and a jury of three, each with its chair."""
    return [
        {"body": body, "position": MEMBER if i else CHAIR}
        for body, size in ((Body.COUNCIL, min(round.level.council_sizes)), (Body.JURY, JURY))
        for i in range(size)
    ]
