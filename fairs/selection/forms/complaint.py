"""A complaint about a round's result, and its answer."""

from django import forms

from fairs.models import Complaint
from khuyencong.forms import ConstrainedModelForm, vietnamese_field


class ComplaintForm(ConstrainedModelForm):
    """A complaint about `instance.round`; the day until when to answer is the database's."""

    constraint_fields = {
        "complaint_complainant_given": "complainant",
        "complaint_content_given": "content",
        "complaint_received_on_before_answered_on": "answered_on",
        "complaint_answer_whole": "outcome",
        "complaint_twice": "content",
        "complaint_received_in_time": "received_on",
        "complaint_entry_of_round": "entry",
    }

    class Meta:
        model = Complaint
        formfield_callback = vietnamese_field
        fields = ["complainant", "received_on", "entry", "content", "answered_on", "outcome", "answer"]
        widgets = {
            "content": forms.Textarea(attrs={"rows": 4}),
            "answer": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"entry": "Để trống nếu khiếu nại về cả kỳ bình chọn."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        entries = self.instance.round.entries.select_related("product__facility").order_by("number", "pk")
        self.fields["entry"].queryset = entries
        self.fields["entry"].label_from_instance = lambda entry: f"{entry.product} – {entry.product.facility}"
        self.fields["entry"].widget.attrs["data-kc-select"] = ""
        self.fields["entry"].empty_label = "Cả kỳ bình chọn"
