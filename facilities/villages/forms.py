"""What staff type about a craft village."""

from django import forms

from facilities.models import CraftVillage, Facility
from facilities.placed_forms import PlacedForm
from khuyencong.forms import vietnamese_field


class VillageForm(PlacedForm):
    """A craft village; its row in the register is a facility of the kind "Làng nghề, làng có nghề"."""

    constraint_fields = PlacedForm.constraint_fields | {
        "craft_village_once": "name",
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
            "trades": forms.SelectMultiple(attrs={"data-kc-select": ""}),
        }
        help_texts = {"facility": "Chọn khi làng nghề đã nhận hỗ trợ với tư cách một cơ sở trong danh bạ."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["facility"].queryset = Facility.objects.visible_to(user).filter(
            legal_form=Facility.LegalForm.VILLAGE
        )
        self.fields["facility"].widget.attrs["data-kc-select"] = ""
