"""What staff type about a memorandum or a contract."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from facilities.models import Facility
from fairs.events.fitting import FittingMixin
from fairs.models import Deal, FollowUp
from khuyencong.forms import ConstrainedModelForm, DateField, vietnamese_field

RULES = {
    "deal_partner_given": "partner",
    "deal_signed_on_before_contract_on": "contract_on",
    "deal_contract_whole": "contract_on",
    "deal_begins": "signed_on",
    "deal_dropped_has_reason": "outcome_note",
    "deal_followed_while_open": "follow_up_on",
    "deal_of_participant": "facility",
    "deal_of_standing": "facility",
    "deal_after_event": "signed_on",
    "deal_not_in_future": "signed_on",
    "deal_value_not_negative": "value",
    "deal_value_of_memorandum": "value",
    "deal_contract_value_not_negative": "contract_value",
}
CONTRACT = ("contract_on", "contract_number", "contract_value")
AFTER = "Ngày hẹn hỏi lại phải sau ngày hỏi."


class DealForm(FittingMixin, ConstrainedModelForm):
    """A memorandum, or a contract signed at once. Only what fits the outcome is kept, and a value with its memorandum."""

    chooser = "outcome"
    fitting = {"open": ("follow_up_on",), "contract": CONTRACT, "dropped": ("outcome_note",)}
    constraint_fields = RULES

    class Meta:
        model = Deal
        formfield_callback = vietnamese_field
        fields = [
            *("facility", "partner", "subject", "signed_on", "value"),
            *("outcome", "follow_up_on", *CONTRACT, "outcome_note", "note"),
        ]
        widgets = {
            "facility": forms.Select(attrs={"data-kc-select": ""}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "facility": "Trong danh sách tham gia; để trống khi cơ quan ký chung cho nhiều cơ sở.",
            "partner": "Doanh nghiệp, hệ thống phân phối đã ký.",
            "signed_on": "Ký hợp đồng ngay thì để trống.",
            "outcome": "Chỉ giữ những ô hợp với kết quả đã chọn.",
            "value": "Đồng, gõ được “1,5 tỷ”. Chỉ giữ khi có ngày ký biên bản.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        event = self.instance.event_id
        there = Q(participations__event=event) | Q(merged_from__participations__event=event)
        offered = Q(merged_into__isnull=True) & there | Q(pk=self.instance.facility_id)
        self.fields["facility"].queryset = Facility.objects.filter(offered).distinct().order_by("sort_key", "pk")
        self.fields["facility"].empty_label = "Không ghi riêng cơ sở nào"

    def clean(self):
        cleaned = super().clean()
        if "signed_on" not in self.errors and not cleaned.get("signed_on"):
            self._errors.pop("value", None)
            cleaned["value"] = None
        return cleaned


class ContractForm(ConstrainedModelForm):
    """The memorandum became a contract."""

    constraint_fields = RULES | {"deal_after_event": "contract_on", "deal_not_in_future": "contract_on"}

    class Meta:
        model = Deal
        formfield_callback = vietnamese_field
        fields = CONTRACT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contract_on"].required = True

    def check_constraints(self):
        """The row's own rules are the database's: the outcome is set when it is saved."""


class DropForm(ConstrainedModelForm):
    """Nothing came of the memorandum."""

    constraint_fields = RULES

    class Meta:
        model = Deal
        formfield_callback = vietnamese_field
        fields = ["outcome_note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome_note"].required = True


class FollowUpForm(ConstrainedModelForm):
    """What was heard, and when to ask again."""

    next_on = DateField(required=False, label="Hẹn hỏi lại ngày")
    constraint_fields = {"follow_up_answer_given": "answer", "follow_up_not_before_events": "asked_on"}

    class Meta:
        model = FollowUp
        formfield_callback = vietnamese_field
        fields = ["asked_on", "answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 3})}

    def clean_asked_on(self):
        day = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày hỏi không được ở tương lai.")
        return day

    def clean(self):
        cleaned = super().clean()
        asked, again = cleaned.get("asked_on"), cleaned.get("next_on")
        if asked and again and again <= asked:
            self.add_error("next_on", AFTER)
        return cleaned
