"""What staff record while a scheme is carried out: papers of steps, results, acceptance, settled amounts."""

from django import forms
from django.forms import modelformset_factory

from khuyencong.forms import ConstrainedModelForm, DateField, vietnamese_field
from programmes.models import FundingLine, SchemeResult, StepPaper


class PaperForm(ConstrainedModelForm):
    """The paper of a step: what `services.take_step` takes as `paper`."""

    constraint_fields = {"step_paper_not_in_future": "issued_on", "step_paper_number_given": "number"}

    class Meta:
        model = StepPaper
        formfield_callback = vietnamese_field
        fields = ["number", "issued_on", "signer", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    @property
    def paper(self):
        return self.cleaned_data


class NoPaperForm(forms.Form):
    """A step without a paper has only to be confirmed."""

    paper = None

    def add_refusal(self, refusal):
        self.add_error(None, refusal.sentence)


class AcceptanceForm(forms.Form):
    """The day of acceptance (nghiệm thu)."""

    on = DateField(label="Ngày nghiệm thu", error_messages={"required": "Nhập ngày nghiệm thu."})
    reason = forms.CharField(
        label="Ý kiến, kết luận", required=False, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )

    def add_refusal(self, refusal):
        dates = {"scheme_decision_on_before_accepted_on", "scheme_accepted_stamp", "scheme_accepted_not_in_future"}
        self.add_error("on" if refusal.code in dates else None, refusal.sentence)


class AcceptedForm(ConstrainedModelForm):
    """What the work accepted is worth, of one source; offered: all that was agreed."""

    constraint_fields = {"funding_line_accepted_within_approved": "accepted_amount"}

    class Meta:
        model = FundingLine
        formfield_callback = vietnamese_field
        fields = ["accepted_amount"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.accepted_amount is None:
            self.initial["accepted_amount"] = self.instance.agreed_amount
        field = self.fields["accepted_amount"]
        field.required = True
        field.error_messages["required"] = "Nhập giá trị nghiệm thu (0 nếu không có)."
        field.widget.attrs |= {"data-kc-col": "accepted", "aria-label": f"{self.instance.source}, nghiệm thu, đồng"}


class ActualForm(ConstrainedModelForm):
    """What came of one planned result."""

    class Meta:
        model = SchemeResult
        formfield_callback = vietnamese_field
        fields = ["actual"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["actual"].widget.attrs["aria-label"] = f"{self.instance.indicator}, thực hiện"


class SettledForm(ConstrainedModelForm):
    """What was settled of one source."""

    constraint_fields = {
        "funding_line_settled_within_approved": "settled_amount",
        "funding_line_settled_within_accepted": "settled_amount",
    }

    class Meta:
        model = FundingLine
        formfield_callback = vietnamese_field
        fields = ["settled_amount"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["settled_amount"].widget.attrs |= {
            "data-kc-col": "settled",
            "aria-label": f"{self.instance.source}, quyết toán, đồng",
        }


AcceptedFormSet = modelformset_factory(FundingLine, form=AcceptedForm, extra=0, edit_only=True)
ActualFormSet = modelformset_factory(SchemeResult, form=ActualForm, extra=0, edit_only=True)
SettledFormSet = modelformset_factory(FundingLine, form=SettledForm, extra=0, edit_only=True)
