"""What a reviewer types to take a step: one class a verb, with the parts that the step needs."""

from django import forms
from django.utils import timezone

from khuyencong.enums import Role
from khuyencong.forms import DateField
from programmes import workflow
from programmes.admin import parts
from programmes.enums import Level, Verb
from programmes.models.workflow import Verdict
from programmes.reviewing import services

LOOK_BELOW = "Xem lại các ô được đánh dấu bên dưới."
SHEET_ONLY = "đã ghi phiếu thẩm định (%s); đề án chưa chuyển bước"
NO_BENEFICIARIES = "Kế hoạch chi tiết chưa có đơn vị thụ hưởng nào: chuyên viên ghi các cơ sở trước."


class StepForm(forms.Form):
    """A step without parts; on a page with its `scheme` and `step`, for many schemes at once without.

    `decide(scheme, by, version)` takes the step and returns the scheme; a refusal: `khuyencong.forms.saving`.
    """

    constraint_fields = {"reason": "reason"}
    verb = ""
    done = ""
    is_grave = False

    reason = forms.CharField(label="Lý do, ý kiến", widget=forms.Textarea({"rows": 3}), required=False)

    def __init__(self, data=None, *, scheme=None, step=None):
        # No prefix: the history takes the reason from `reason`. Ids differ, as several forms stand on one page.
        super().__init__(data, auto_id=f"{self.verb}_%s", initial={"on": timezone.localdate()})
        self.step, self.sheet, self.paper, self.comments = step, None, None, None
        self.lines, self.benefits = [], []
        if step is not None:
            self.add_parts(scheme, step, data)

    def add_parts(self, scheme, step, data):
        """What the procedure wants beside the step: a sheet that is not there yet, a paper."""
        if step.appraisal and not is_recommended(scheme, step.appraisal):
            self.sheet = parts.SheetForm(data, verb=self.verb, is_for_approval=self.verb == Verb.APPROVE)
        if step.paper:
            self.paper = parts.PaperForm(data, verb=self.verb, name=step.paper)

    @property
    def title(self):
        return Verb(self.verb).label

    @property
    def parts(self):
        return [
            part for part in (self.sheet, self.paper, *self.lines, *self.benefits, self.comments) if part is not None
        ]

    def is_valid(self):
        """Every part is asked, so that every mistake shows at once."""
        checked = [part.is_valid() for part in self.parts]
        if self.is_bound and not all(checked):
            self.add_error(None, LOOK_BELOW)
        return super().is_valid()

    def given(self):
        """What the service takes beside the scheme, the verb and the person."""
        found = {"reason": self.cleaned_data["reason"]} if "reason" in self.fields else {}
        if self.sheet:
            found |= {"stage": self.step.appraisal, "sheet": self.sheet.sheet}
        return found | ({"paper": self.paper.cleaned_data} if self.paper else {})

    def decide(self, scheme, by, version):
        return services.decide(scheme, self.verb, by=by, version=version, **self.given())

    def add_refusal(self, refusal):
        """Show what the database refused beside its field, in the part that has it."""
        owner = next((p for p in self.parts if refusal.code in getattr(p, "constraint_fields", {})), None)
        if owner:
            owner.add_refusal(refusal)
        field = self.constraint_fields.get(refusal.code)
        self.add_error(field if field in self.fields else None, LOOK_BELOW if owner else refusal.sentence)


class DecisionForm(StepForm):
    """A step that carries a decision of its own: reason, number and date."""

    constraint_fields = {
        "reason": "reason",
        "scheme_decision_number_given": "number",
        "scheme_decision_not_in_future": "on",
        "scheme_source_open_on_decision": "on",
        "scheme_decision_on_before_accepted_on": "on",
        "scheme_accepted_on_before_settled_on": "on",
        "scheme_settled_not_in_future": "on",
        "ledger_entry_not_in_future": "on",
        "ledger_entry_after_decision": "on",
    }

    reason = forms.CharField(label="Lý do, ý kiến", widget=forms.Textarea({"rows": 3}))
    number = forms.CharField(label="Số quyết định", max_length=60)
    on = DateField(label="Ngày quyết định")

    def given(self):
        return super().given() | {name: self.cleaned_data[name] for name in ("number", "on")}


class RecordForm(StepForm):
    """Only the sheet of this sending, for a decision that comes later or is to be another one."""

    verb, reason = "sheet", None

    def add_parts(self, scheme, step, data):
        self.sheet = parts.SheetForm(data, verb=self.verb)

    @property
    def title(self):
        return "Chỉ ghi phiếu thẩm định"

    @property
    def done(self):
        return SHEET_ONLY % Verdict(self.sheet.sheet["verdict"]).label.lower()

    def decide(self, scheme, by, version):
        stage = self.step.appraisal
        services.record_sheet(scheme, by=by, stage=stage, sheet=self.sheet.sheet, version=version)
        return scheme


class AppraiseForm(StepForm):
    """A sheet whose recommendation moves the scheme on; any other verdict is only recorded."""

    verb, reason = "appraise", None
    moved = "đã thẩm định cấp cơ sở"

    @property
    def done(self):
        if self.sheet and self.sheet.sheet["verdict"] != Verdict.PASS:
            return SHEET_ONLY % Verdict(self.sheet.sheet["verdict"]).label.lower()
        return self.moved

    def decide(self, scheme, by, version):
        if not self.sheet:
            return super().decide(scheme, by, version)
        given = self.given() | {"reason": self.sheet.sheet["conclusion"]}
        return services.appraise_scheme(scheme, self.verb, by=by, version=version, **given)


class AppraiseNationalForm(AppraiseForm):
    verb, moved = "appraise_national", "đã ghi kết quả thẩm định của Cục"


class ApproveForm(DecisionForm):
    """Approve; on a page with the amount of each source (`lines`) and of each beneficiary (`benefits`).

    For many at once just what was proposed.
    """

    verb, done = "approve", "đã phê duyệt"

    def add_parts(self, scheme, step, data):
        super().add_parts(scheme, step, data)
        self.lines = [parts.ApprovedLineForm(line, data) for line in scheme.funding_lines.select_related("source")]
        self.benefits = [parts.ApprovedBenefitForm(benefit, data) for benefit in scheme.beneficiaries.named()]
        if scheme.level == Level.NATIONAL:
            self.fields["number"].label = "Số quyết định của Bộ trưởng"

    def given(self):
        amounts = {form.instance.source_id: _approved(form) for form in self.lines}
        return super().given() | ({"amounts": amounts, "benefits": _benefits(self.benefits)} if self.step else {})


def _approved(line):
    return line.cleaned_data["approved_amount"], line.cleaned_data["adjustment_reason"]


def _benefits(rows):
    return {form.instance.facility_id: form.cleaned_data["approved_amount"] for form in rows}


class DetailForm(StepForm):
    """The detailed plan of a group: its paper, and what each of the facilities that it names gets."""

    verb, done = "detail", "đã duyệt kế hoạch chi tiết"

    def add_parts(self, scheme, step, data):
        super().add_parts(scheme, step, data)
        self.benefits = [parts.ApprovedBenefitForm(benefit, data) for benefit in scheme.beneficiaries.named()]
        self.note = "" if self.benefits else NO_BENEFICIARIES

    def given(self):
        return super().given() | {"benefits": _benefits(self.benefits)}


class ReturnForm(DecisionForm):
    """Send back; on a page with comments on single fields."""

    verb, done = "return", "đã trả lại để bổ sung"

    def __init__(self, data=None, **context):
        super().__init__(data, **context)
        self.fields["reason"].label = "Nội dung cần bổ sung, sửa đổi"
        self.fields["number"].label = "Số văn bản trả lại"
        self.fields["on"].label = "Ngày văn bản"

    def add_parts(self, scheme, step, data):
        super().add_parts(scheme, step, data)
        self.comments = parts.comment_rows(scheme, data)

    def given(self):
        if not self.comments:
            return super().given()
        return super().given() | {"comments": [form.comment for form in self.comments if form.comment]}


class RejectForm(DecisionForm):
    verb, done, is_grave = "reject", "đã ghi không phê duyệt", True

    def __init__(self, data=None, **context):
        super().__init__(data, **context)
        self.fields["number"].label = "Số văn bản"
        self.fields["on"].label = "Ngày văn bản"


class SettleForm(DecisionForm):
    verb, done = "settle", "đã duyệt quyết toán"

    def __init__(self, data=None, **context):
        super().__init__(data, **context)
        self.fields["number"].label = "Số văn bản quyết toán"
        self.fields["on"].label = "Ngày quyết toán"


class CloseForm(StepForm):
    verb, done = "close", "đã kết thúc"


class TerminateForm(StepForm):
    """Stop for good, by a decision on paper."""

    verb, done, is_grave = "terminate", "đã ghi dừng thực hiện", True

    reason = forms.CharField(label="Lý do dừng thực hiện", widget=forms.Textarea({"rows": 3}))


class UnacceptForm(StepForm):
    """The acceptance was wrong: staff correct it and record it anew."""

    verb, done, is_grave = "unaccept", "đã hủy nghiệm thu", True

    reason = forms.CharField(label="Lý do hủy nghiệm thu", widget=forms.Textarea({"rows": 3}))


class UnsettleForm(StepForm):
    """The settlement was wrong: its entries are reversed, staff correct the amounts."""

    verb, done, is_grave = "unsettle", "đã hủy quyết toán", True

    reason = forms.CharField(label="Lý do hủy quyết toán", widget=forms.Textarea({"rows": 3}))


FORMS = {
    form.verb: form
    for form in (
        AppraiseForm,
        AppraiseNationalForm,
        ApproveForm,
        RecordForm,
        DetailForm,
        SettleForm,
        CloseForm,
        ReturnForm,
        RejectForm,
        TerminateForm,
        UnacceptForm,
        UnsettleForm,
    )
}
APPRAISING = (Verb.APPRAISE, Verb.APPRAISE_NATIONAL)


def is_recommended(scheme, stage):
    """The last sheet of this sending at `stage` recommends the scheme."""
    sheets = scheme.appraisals.filter(stage=stage, submitted_at=scheme.submitted_at)
    return sheets.order_by("-pk").values_list("verdict", flat=True).first() == Verdict.PASS


def decision_forms(scheme, data=None):
    """{verb: form} of what a reviewer may do in the scheme's state, by the procedure in force.

    The form that `data` names in `decision` is bound and always there: what was typed stays, even when the state moved on.
    """
    asked = data.get("decision") if data else None
    steps = {step.verb: step for step in workflow.steps_from(scheme) if step.role == Role.REVIEWER}
    waiting = [step for step in steps.values() if step.appraisal and step.verb not in APPRAISING]
    if waiting:
        steps["sheet"] = waiting[0]
    if asked in FORMS and asked not in steps and (gone := _step_gone(scheme, asked)):
        steps[asked] = gone
    known = [verb for verb in FORMS if verb in steps]
    return {verb: FORMS[verb](data if verb == asked else None, scheme=scheme, step=steps[verb]) for verb in known}


def _step_gone(scheme, verb):
    """The step as the procedure has it elsewhere on the way: the scheme has moved on meanwhile."""
    wanted = Verb.APPROVE if verb == "sheet" else verb
    return next((step for step in workflow.procedure(scheme) if step.verb == wanted), None)
