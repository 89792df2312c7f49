"""A decision about a budget, as staff write it down."""

from django import forms
from django.utils import timezone

from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province
from programmes.models import Allocation, FundingSource, YearBudget


class AllocationForm(ConstrainedModelForm):
    """The amount is typed as the decision writes it; its kind says whether it is added or taken away.

    `save()` finds or makes the budget of the year, province and source; a budget that loses its last decision goes.
    """

    constraint_fields = {
        "allocation_sign_of_kind": "amount",
        "allocation_once": "decision_number",
        "allocation_decision_number_given": "decision_number",
        "budget_of_support": "source",
        "budget_not_over_committed": "amount",
        "year_budget_province_of_the_year": "province",
        "year_budget_year_in_range": "year",
    }

    year = forms.IntegerField(label="Năm", min_value=2005, max_value=2100, localize=False)
    province = forms.ModelChoiceField(Province.objects.none(), label="Tỉnh, thành phố", empty_label="Chọn…")
    source = forms.ModelChoiceField(FundingSource.objects.none(), label="Nguồn", empty_label="Chọn…")

    class Meta:
        model = Allocation
        formfield_callback = vietnamese_field
        fields = ["kind", "amount", "decision_number", "decision_on", "authority", "note"]
        help_texts = {"amount": "Đồng, không ghi dấu trừ; gõ được “1,5 tỷ”."}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, user, initial, **kwargs):
        allocation = kwargs["instance"]
        if allocation.pk:
            budget = allocation.budget
            initial = {"year": budget.year, "province": budget.province_id, "source": budget.source_id}
            initial["amount"] = allocation.magnitude
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["province"].queryset = Province.objects.visible_to(user)
        self.fields["source"].queryset = FundingSource.objects.filter(is_support=True)

    def clean_decision_on(self):
        day = self.cleaned_data["decision_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày quyết định không được ở tương lai.")
        return day

    def clean(self):
        """Whoever takes money away types it without a sign."""
        cleaned = super().clean()
        amount = cleaned.get("amount")
        if amount and cleaned.get("kind") in Allocation.LESS:
            cleaned["amount"] = -amount
        year, province = cleaned.get("year"), cleaned.get("province")
        if year and province and province not in Province.objects.in_year(year):
            self.add_error("province", f"{province} không phải là đơn vị hành chính trong năm {year}.")
        return cleaned

    def save(self, commit=True):
        key = {name: self.cleaned_data[name] for name in ("year", "province", "source")}
        before = self.instance.budget_id
        self.instance.budget, _ = YearBudget.objects.get_or_create(**key)
        saved = super().save(commit)
        YearBudget.objects.filter(pk=before, allocations__isnull=True).delete()
        return saved
