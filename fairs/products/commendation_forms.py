"""What staff type about a commendation."""

from django import forms

from facilities.selects import TypedSelect
from fairs.models import Commendation
from fairs.products.forms import offered_facilities
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province


class CommendationForm(ConstrainedModelForm):
    """One recipient, or how many a decision commended; of a province as it was in that year."""

    constraint_fields = {
        "commendation_once": "recipient",
        "commendation_recipient_given": "recipient",
        "commendation_count_given": "count",
        "commendation_year_in_range": "year",
        "commendation_province_of_the_year": "year",
        "commendation_of_province": "facility",
        "commendation_of_standing": "facility",
    }

    class Meta:
        model = Commendation
        formfield_callback = vietnamese_field
        fields = [
            "province",
            "year",
            "level",
            "form",
            "recipient_kind",
            "recipient",
            "count",
            "facility",
            "achievement",
            "decision_number",
            "decided_on",
            "note",
        ]
        widgets = {
            "facility": TypedSelect("facilities:facility-options"),
            "achievement": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "count": "Trên 1 khi chỉ biết số lượng theo quyết định.",
            "facility": "Chọn khi được khen là một cơ sở trong danh bạ.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = offered_facilities(user, self.instance.facility_id)
        self.fields["year"].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        self._offer_provinces(user)

    def _offer_provinces(self, user):
        self.fields["province"].queryset = Province.objects.visible_to(user)
        if user.province_id and len(user.visible_province_ids) == 1:
            self.instance.province = self.instance.province if self.instance.pk else user.province
            del self.fields["province"]
        elif self.instance.pk is None:
            self.initial["province"] = user.province_id
