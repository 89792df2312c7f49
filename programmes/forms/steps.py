"""What staff record while a scheme is carried out: results, acceptance, settled amounts."""

from django import forms
from django.forms import modelformset_factory

from khuyencong.forms import ConstrainedModelForm, DateField, vietnamese_field
from programmes.models import FundingLine, SchemeResult


class AcceptanceForm(forms.Form):
    """The day of acceptance (nghiệm thu)."""

    on = DateField(label="Ngày nghiệm thu")
    reason = forms.CharField(
        label="Ý kiến, kết luận", required=False, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )

    def add_refusal(self, refusal):
        dates = {"scheme_decision_on_before_accepted_on", "scheme_accepted_stamp", "scheme_accepted_not_in_future"}
        self.add_error("on" if refusal.code in dates else None, refusal.sentence)


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

    constraint_fields = {"funding_line_settled_within_approved": "settled_amount"}

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


ActualFormSet = modelformset_factory(SchemeResult, form=ActualForm, extra=0, edit_only=True)
SettledFormSet = modelformset_factory(FundingLine, form=SettledForm, extra=0, edit_only=True)
