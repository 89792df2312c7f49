"""Parts of a decision's form: the appraisal sheet, the paper of a step, amounts, comments on single fields."""

from django import forms
from django.utils import timezone

from khuyencong.forms import ConstrainedModelForm, DateField
from programmes.models import Appraisal, FundingLine, SchemeBeneficiary
from programmes.models.workflow import Verdict
from programmes.reviewing.places import labels_of, places_of

NO_AMOUNT = "Nhập số phê duyệt; 0 nếu không duyệt."
NO_PLACE = "Chọn ô mà ý kiến này nói đến."
NO_TEXT = "Nhập ý kiến."


class SheetForm(ConstrainedModelForm):
    """The five items and the verdict (phiếu thẩm định, TT 36/2013 Đ9). `is_for_approval`: the verdict is given."""

    constraint_fields = {
        "appraisal_pass_needs_items": "verdict",
        "appraisal_conclusion_given": "conclusion",
    }

    class Meta:
        model = Appraisal
        fields = [
            *(name for item in Appraisal.ITEMS for name in (item, f"{item}_note")),
            "verdict",
            "conclusion",
            "council",
        ]

    def __init__(self, data=None, *, verb, is_for_approval=False):
        super().__init__(data, prefix="sheet", auto_id=f"{verb}_%s")
        for item in Appraisal.ITEMS:
            label = self.fields[item].label
            self.fields[item].choices = [("", "Chọn…"), *self.fields[item].choices[1:]]
            self.fields[item].widget.attrs["aria-label"] = label
            self.fields[f"{item}_note"].widget = forms.Textarea({"rows": 1, "aria-label": f"{label}: nhận xét"})
        self.fields["conclusion"].widget.attrs["rows"] = 2
        if is_for_approval:
            self.instance.verdict = Verdict.PASS
            del self.fields["verdict"]
        else:
            self.fields["verdict"].choices = [("", "Chọn…"), *Verdict.choices]

    @property
    def items(self):
        """[(finding, remark)] as BoundFields, in the order of the sheet."""
        return [(self[item], self[f"{item}_note"]) for item in Appraisal.ITEMS]

    @property
    def ending(self):
        return [self[name] for name in ("verdict", "conclusion", "council") if name in self.fields]

    @property
    def sheet(self):
        """The fields of `Appraisal` as typed."""
        return {"verdict": self.instance.verdict} | self.cleaned_data


class PaperForm(forms.Form):
    """The paper of a step, where the procedure asks for one: number, day, signer."""

    constraint_fields = {"step_paper_number_given": "number", "step_paper_not_in_future": "issued_on"}

    number = forms.CharField(label="Số văn bản", max_length=60)
    issued_on = DateField(label="Ngày văn bản")
    signer = forms.CharField(label="Người ký", max_length=120, required=False)

    def __init__(self, data=None, *, verb, name):
        super().__init__(data, prefix="paper", auto_id=f"{verb}_%s", initial={"issued_on": timezone.localdate()})
        self.name = name

    def add_refusal(self, refusal):
        self.add_error(self.constraint_fields[refusal.code], refusal.sentence)


class ApprovedLineForm(ConstrainedModelForm):
    """What one source is given: as much as proposed unless changed; more only with a reason."""

    constraint_fields = {
        "funding_line_approved_within_proposed": "approved_amount",
        "funding_line_approved_amount_not_negative": "approved_amount",
    }

    class Meta:
        model = FundingLine
        fields = ["approved_amount", "adjustment_reason"]

    def __init__(self, line, data=None):
        initial = {"approved_amount": line.proposed_amount}
        super().__init__(data, instance=line, initial=initial, prefix=f"line-{line.source_id}")
        _ask(self.fields["approved_amount"], f"{line.source}, phê duyệt, đồng", line.source_id)
        self.fields["adjustment_reason"].widget.attrs["aria-label"] = f"{line.source}, lý do khi duyệt cao hơn đề nghị"


class ApprovedBenefitForm(ConstrainedModelForm):
    """What one facility is given."""

    constraint_fields = {"beneficiary_approved_amount_not_negative": "approved_amount"}

    class Meta:
        model = SchemeBeneficiary
        fields = ["approved_amount"]

    def __init__(self, benefit, data=None):
        initial = {"approved_amount": benefit.proposed_amount}
        super().__init__(data, instance=benefit, initial=initial, prefix=f"benefit-{benefit.facility_id}")
        _ask(self.fields["approved_amount"], f"{benefit.facility}, hỗ trợ phê duyệt, đồng", "benefit")


def _ask(field, label, column):
    field.required = True
    field.error_messages["required"] = NO_AMOUNT
    field.widget.attrs |= {"aria-label": label, "data-kc-col": column}


class CommentForm(forms.Form):
    """What is to be mended at one place of the scheme."""

    field = forms.ChoiceField(label="Ô", required=False)
    text = forms.CharField(label="Ý kiến", required=False, widget=forms.Textarea({"rows": 1}))

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.labels = labels_of(places)
        self.fields["field"].choices = [("", "Chọn ô…"), *places]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label
        self.fields["text"].widget.attrs["placeholder"] = "Cần bổ sung, sửa gì"

    def clean(self):
        place, text = self.cleaned_data.get("field"), self.cleaned_data.get("text")
        if text and not place:
            self.add_error("field", NO_PLACE)
        if place and not text:
            self.add_error("text", NO_TEXT)
        return self.cleaned_data

    @property
    def comment(self):
        """{'field', 'label', 'text'}; None when nothing was typed."""
        given = self.cleaned_data
        place = given.get("field")
        return {"field": place, "label": self.labels[place][:150], "text": given["text"]} if place else None


CommentFormSet = forms.formset_factory(CommentForm, extra=2)


def comment_rows(scheme, data=None):
    """A formset of comments on the scheme's places."""
    return CommentFormSet(data, prefix="comments", auto_id="return_%s", form_kwargs={"places": places_of(scheme)})
