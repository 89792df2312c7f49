"""Money of a plan that belongs to no single scheme."""

from django import forms
from django.utils import timezone

from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province
from programmes.models import PlanFunding


class PlanFundingForm(ConstrainedModelForm):
    """Written down from a decision; a reviewer confirms it afterwards."""

    constraint_fields = {
        "plan_funding_approved_within_proposed": "approved_amount",
        "plan_funding_settled_within_approved": "settled_amount",
        "plan_funding_source_open": "source",
        "plan_funding_year_in_range": "year",
        "plan_funding_province_of_the_year": "province",
        "plan_funding_decision_number_given": "decision_number",
    }

    class Meta:
        model = PlanFunding
        formfield_callback = vietnamese_field
        fields = [
            "year",
            "province",
            "source",
            "purpose",
            "programme",
            "proposed_amount",
            "approved_amount",
            "settled_amount",
            "adjustment_reason",
            "decision_number",
            "decision_on",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        provinces = Province.objects.visible_to(user)
        self.fields["province"].queryset = provinces
        programmes = self.fields["programme"].queryset
        self.fields["programme"].queryset = programmes.filter(province__isnull=True) | programmes.filter(
            province__in=provinces
        )

    def clean_decision_on(self):
        day = self.cleaned_data["decision_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày quyết định không được ở tương lai.")
        return day

    def clean(self):
        cleaned = super().clean()
        year, province = cleaned.get("year"), cleaned.get("province")
        if year and province and 2005 <= year <= 2100 and province not in Province.objects.in_year(year):
            self.add_error("province", f"{province} không phải là đơn vị hành chính trong năm {year}.")
        return cleaned
