"""What a reviewer types to decide."""

from django import forms
from django.utils import timezone

from khuyencong.forms import ConstrainedModelForm, DateField
from programmes import services
from programmes.enums import BY_VERB
from programmes.models import FundingLine, SchemeBeneficiary

NO_AMOUNT = "Nhập số phê duyệt; 0 nếu không duyệt."


class DecisionForm(forms.Form):
    """Reason, number and date of a decision. One class a verb: `decide(scheme, by, version)` calls its service."""

    constraint_fields = {
        "reason": "reason",
        "scheme_decision_number_given": "number",
        "scheme_decision_not_in_future": "on",
        "scheme_source_open_on_decision": "on",
        "scheme_decision_on_before_accepted_on": "on",
        "scheme_accepted_on_before_settled_on": "on",
        "scheme_settled_not_in_future": "on",
    }
    verb = ""
    service = None
    done = ""

    reason = forms.CharField(label="Lý do, ý kiến", widget=forms.Textarea({"rows": 3}))
    number = forms.CharField(label="Số quyết định", max_length=60)
    on = DateField(label="Ngày quyết định")

    def __init__(self, data=None):
        # No prefix: the history takes the reason from `reason`. Ids differ, as several forms stand on one page.
        super().__init__(data, auto_id=f"{self.verb}_%s", initial={"on": timezone.localdate()})

    def decide(self, scheme, by, version):
        """Refused by the service or the database: see `khuyencong.forms.saving`."""
        given = {name: self.cleaned_data[name] for name in ("reason", "number", "on")}
        return type(self).service(scheme, by=by, version=version, **given, **self.amounts())

    @property
    def title(self):
        return BY_VERB[self.verb].label

    def amounts(self):
        """What is decided about money, as the service wants it."""
        return {}

    def add_refusal(self, refusal):
        """Show what the database refused beside its field."""
        field = self.constraint_fields.get(refusal.code)
        self.add_error(field if field in self.fields else None, refusal.sentence)


class ApproveForm(DecisionForm):
    """Approve just what was proposed."""

    verb, service, done = "approve", services.approve_scheme, "đã phê duyệt"


class ReturnForm(DecisionForm):
    verb, service, done = "return", services.return_scheme, "đã trả lại để bổ sung"

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["reason"].label = "Nội dung cần bổ sung, sửa đổi"
        self.fields["number"].label = "Số văn bản trả lại"
        self.fields["on"].label = "Ngày văn bản"


class RejectForm(DecisionForm):
    verb, service, done = "reject", services.reject_scheme, "đã ghi không phê duyệt"

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["number"].label = "Số văn bản"
        self.fields["on"].label = "Ngày văn bản"


class SettleForm(DecisionForm):
    verb, service, done = "settle", services.settle_scheme, "đã duyệt quyết toán"

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["number"].label = "Số văn bản quyết toán"
        self.fields["on"].label = "Ngày quyết toán"


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


class ApproveAmountsForm(ApproveForm):
    """Approve, with the amount of each source (`lines`) and of each beneficiary (`benefits`)."""

    def __init__(self, scheme, data=None):
        super().__init__(data)
        self.lines = [ApprovedLineForm(line, data) for line in scheme.funding_lines.select_related("source")]
        self.benefits = [ApprovedBenefitForm(benefit, data) for benefit in scheme.beneficiaries.named()]

    def is_valid(self):
        """Every part is asked, so that every mistake shows at once."""
        parts_are_valid = [part.is_valid() for part in (*self.lines, *self.benefits)]
        if self.is_bound and not all(parts_are_valid):
            self.add_error(None, "Xem lại các số phê duyệt trong bảng.")
        return super().is_valid()

    def amounts(self):
        return {
            "amounts": {
                form.instance.source_id: (form.cleaned_data["approved_amount"], form.cleaned_data["adjustment_reason"])
                for form in self.lines
            },
            "benefits": {form.instance.facility_id: form.cleaned_data["approved_amount"] for form in self.benefits},
        }


FORMS = {form.verb: form for form in (ApproveForm, ReturnForm, RejectForm, SettleForm)}


def decision_forms(scheme, data=None):
    """{verb: form} of what may be decided in the scheme's state.

    The form that `data` names in `decision` is bound and always there: what was typed stays, even when the state moved on.
    """
    asked = data.get("decision") if data else None
    offered = [verb for verb in FORMS if scheme.status in BY_VERB[verb].source or verb == asked]
    return {verb: _form(verb, scheme, data if verb == asked else None) for verb in offered}


def _form(verb, scheme, data):
    return ApproveAmountsForm(scheme, data) if verb == "approve" else FORMS[verb](data)
