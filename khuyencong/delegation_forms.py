"""What a person types to leave their work to a colleague."""

from django import forms

from khuyencong.boundaries import LineageMap
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Delegation, User

PLACED = {
    "delegation_not_to_oneself": "to_person",
    "delegation_same_role": "to_person",
    "delegation_same_place": "to_person",
    "delegation_to_active": "to_person",
    "delegation_no_chain": "to_person",
    "delegation_no_chain_back": "first_day",
    "delegation_days_apart": "first_day",
    "delegation_first_day_before_last_day": "last_day",
    "delegation_document_given": "document",
}


def colleagues(user):
    """Active people of the same role and province, but for the person."""
    people = User.objects.filter(is_active=True, role=user.role).exclude(pk=user.pk)
    if user.province_id is None:
        return people.filter(province__isnull=True)
    return people.filter(province__in=LineageMap.of_provinces().ancestors(user.province_id))


class DelegationForm(ConstrainedModelForm):
    """One's own absence; the days may have begun, not ended."""

    constraint_fields = PLACED

    class Meta:
        model = Delegation
        formfield_callback = vietnamese_field
        fields = ["to_person", "first_day", "last_day", "document"]

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["to_person"].queryset = colleagues(self.instance.from_person)

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < self.today:
            raise forms.ValidationError("Ngày cuối đã qua.")
        return day
