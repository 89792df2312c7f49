"""An entry of the book as staff write it down, and its reversal."""

import uuid

from django import forms

from khuyencong.forms import ConstrainedModelForm, DateField, vietnamese_field
from programmes.enums import Status
from programmes.ledger import services
from programmes.models import FundingSource, LedgerEntry, SchemeBeneficiary

REPEATED = {
    "ledger_entry_token": None,
    "ledger_entry_reversal_explained": "note",
    "ledger_entry_not_in_future": "entered_on",
    "ledger_entry_after_decision": "entered_on",
}


class EntryForm(ConstrainedModelForm):
    """One advance, payment or refund; `save(by)` books it once, however often the form is sent."""

    constraint_fields = REPEATED | {
        "ledger_entry_amount_positive": "amount",
        "ledger_within_agreed": "amount",
        "ledger_within_advance_rate": "amount",
        "ledger_within_accepted": "amount",
        "ledger_refund_within_paid": "amount",
        "ledger_entry_kind": "kind",
        "ledger_entry_of_a_source": "source",
        "ledger_entry_of_support": "source",
        "ledger_entry_of_a_beneficiary": "benefit",
        "ledger_entry_document_number_given": "document_number",
    }
    token = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = LedgerEntry
        formfield_callback = vietnamese_field
        fields = ["kind", "source", "amount", "entered_on", "document_number", "benefit", "note"]
        help_texts = {"amount": "Đồng, không ghi dấu trừ; gõ được “1,5 tỷ”.", "note": "Không bắt buộc."}

    def __init__(self, *args, scheme, initial, **kwargs):
        sources = FundingSource.objects.filter(is_support=True, fundingline__scheme=scheme).distinct()
        initial = {"token": uuid.uuid4(), "source": sources.first()} | initial
        super().__init__(*args, instance=LedgerEntry(scheme=scheme), initial=initial, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds(scheme)]
        self.fields["source"].queryset = sources
        self.fields["benefit"].queryset = SchemeBeneficiary.objects.filter(scheme=scheme).named()
        self.fields["benefit"].label_from_instance = lambda benefit: benefit.facility.name
        self.fields["benefit"].empty_label = "Không ghi riêng cơ sở nào"
        self.fields["amount"].widget.attrs["data-kc-col"] = "entry"

    def save(self, by):
        """The entry; inside `saving(form)`, which shows what the book refuses beside its field."""
        values = self.cleaned_data | {"source": self.cleaned_data["source"].pk}
        return services.record(self.instance.scheme, by=by, **values)


def kinds(scheme):
    """What may be booked by hand: a scheme that was stopped gets no further advance."""
    stopped = scheme.status == Status.TERMINATED
    return [kind for kind in services.WRITTEN_HERE if not (stopped and kind == LedgerEntry.Kind.ADVANCE)]


class ReversalForm(forms.Form):
    """Why an entry is reversed, and the day of it."""

    note = forms.CharField(label="Lý do đảo", max_length=250, strip=True, widget=forms.Textarea(attrs={"rows": 2}))
    entered_on = DateField(label="Ngày đảo")
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, initial, **kwargs):
        super().__init__(*args, initial={"token": uuid.uuid4()} | initial, **kwargs)

    def add_refusal(self, refusal):
        self.add_error(REPEATED.get(refusal.code), refusal.sentence)
