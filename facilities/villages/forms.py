"""What staff type about a craft village."""

from django import forms
from django.db.models import Q

from facilities.models import CraftVillage, Facility
from facilities.placed_forms import PlacedForm
from facilities.selects import TypedSelect
from khuyencong.forms import vietnamese_field

VILLAGE = Facility.LegalForm.VILLAGE


class VillageForm(PlacedForm):
    """A craft village; its row in the register is a facility of the kind "Làng nghề, làng có nghề"."""

    constraint_fields = PlacedForm.constraint_fields | {
        "craft_village_once": "name",
        "village_facility_of_province": "facility",
        "craft_village_of_standing": "facility",
        "village_stays_with_facilities": "province",
        "craft_village_recognized_on_before_revoked_on": "revoked_on",
    }

    class Meta:
        model = CraftVillage
        formfield_callback = vietnamese_field
        fields = [
            "name",
            "kind",
            "province",
            "commune",
            "former_district",
            "trades",
            "products",
            "recognition_number",
            "recognized_on",
            "revoked_on",
            "households",
            "workers",
            "facility",
            "note",
        ]
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "facility": TypedSelect("facilities:facility-options", f"legal_form={VILLAGE}"),
            "trades": forms.SelectMultiple(attrs={"data-kc-select": ""}),
        }
        help_texts = {"facility": "Chọn khi làng nghề đã nhận hỗ trợ với tư cách một cơ sở trong danh bạ."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        kept = Q(merged_into__isnull=True) | Q(pk=self.instance.facility_id)  # a row written before a merge stays
        self.fields["facility"].queryset = Facility.objects.visible_to(user).filter(kept, legal_form=VILLAGE)
