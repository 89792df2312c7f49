"""The facility itself."""

from django import forms

from facilities import duplicates
from facilities.forms import tax_code
from facilities.models import CraftVillage, Facility, IndustrialCluster
from facilities.selects import TypedSelect
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province
from khuyencong.unit_fields import UnitField

SIMILAR = "Danh bạ đã có cơ sở giống cơ sở này. Xem lại; nếu vẫn là cơ sở khác, đánh dấu ô xác nhận rồi lưu."
PLACE_HELP = "Chọn xã cũ thì huyện cũ được ghi theo. Xã đã chia tách thì xã hiện nay được chọn sau, trong hàng chờ."


class FacilityForm(ConstrainedModelForm):
    """A facility of one of the person's provinces.

    A tax code with a wrong checksum and a facility that looks like another one need a second look, not a wall: each has
    a tick. `similar` are the facilities that this one looks like; empty when none or when the tick is set.
    """

    tax_code_checked = forms.BooleanField(label="Đã đối chiếu mã số thuế với giấy tờ", required=False)
    is_another = forms.BooleanField(label="Đây là cơ sở khác", required=False)
    constraint_fields = {
        "facility_tax_code_once": "tax_code",
        "facility_tax_code_form": "tax_code",
        "facility_name_once": "name",
        "facility_vsic_code_form": "vsic_code",
        "facility_local_material_share_range": "local_material_share",
        "facility_eligibility_reason_given": "eligibility_reason",
        "facility_cluster_of_province": "cluster",
        "facility_village_of_province": "craft_village",
        "commune_of_province": "commune",
        "commune_is_commune": "commune",
        "former_district_of_province": "former_district",
    }

    class Meta:
        model = Facility
        formfield_callback = vietnamese_field
        fields = [
            "name",
            "legal_form",
            "tax_code",
            "tax_code_checked",
            "registration_number",
            "registered_on",
            "registered_at",
            "trade",
            "vsic_code",
            "products",
            "province",
            "commune",
            "former_district",
            "address",
            "office_address",
            "cluster",
            "craft_village",
            "workers",
            "capital",
            "local_material_share",
            "is_exporter",
            "eligibility",
            "eligibility_reason",
            "contact_name",
            "phone",
            "email",
            "note",
        ]
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "eligibility_reason": forms.Textarea(attrs={"rows": 3}),
            "trade": forms.Select(attrs={"data-kc-select": ""}),
            "cluster": TypedSelect("facilities:cluster-options"),
            "craft_village": forms.Select(attrs={"data-kc-select": ""}),
            "workers": forms.TextInput(attrs={"class": "num", "inputmode": "numeric"}),
            "phone": forms.TextInput(attrs={"inputmode": "tel"}),
        }
        help_texts = {
            "capital": "Gõ được “300 triệu”, “1,5 tỷ”.",
            "vsic_code": "2 đến 5 chữ số, ví dụ 1629.",
            "registration_number": "Ghi khi khác mã số thuế, ví dụ của hợp tác xã, hộ kinh doanh.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.similar = []
        self._offer_provinces(user)
        self.fields["cluster"].queryset = IndustrialCluster.objects.visible_to(user)
        self.fields["craft_village"].queryset = CraftVillage.objects.visible_to(user)
        for name in ("commune", "former_district"):
            self.fields[name] = UnitField.of(Facility, name, user)
        self.fields["commune"].help_text = PLACE_HELP
        share = self.fields["local_material_share"]
        share.localize = share.widget.is_localized = True
        share.widget = forms.TextInput(attrs={"class": "num", "inputmode": "decimal"})
        share.widget.is_localized = True

    def _offer_provinces(self, user):
        self.fields["province"].queryset = Province.objects.visible_to(user).filter(valid_to__isnull=True)
        if user.province_id and not self.instance.pk:
            self.instance.province = user.province
        if user.province_id:
            del self.fields["province"]

    @property
    def asks_for_checking(self):
        """The tick about the tax code is shown."""
        return self.has_error("tax_code", "checksum") or self["tax_code_checked"].value()

    @property
    def asks_whether_another(self):
        """The tick about similar facilities is shown."""
        return bool(self.similar) or self["is_another"].value()

    def clean_tax_code(self):
        return tax_code.read(self.cleaned_data["tax_code"])

    def clean(self):
        cleaned = super().clean()
        if tax_code.is_doubtful(cleaned.get("tax_code", "")) and not cleaned.get("tax_code_checked"):
            self.add_error("tax_code", forms.ValidationError(tax_code.OTHER_CHECKSUM, "checksum"))
        if self._may_be_known(cleaned):
            self._look_for_similar(cleaned)
        return cleaned

    def _may_be_known(self, cleaned):
        """It is new or named anew, and nobody has said that it is another one."""
        renamed = {"name", "tax_code", "commune"} & set(self.changed_data)
        return renamed and cleaned.get("name") and "province" not in self.errors and not cleaned.get("is_another")

    def _look_for_similar(self, cleaned):
        commune, province = cleaned.get("commune"), cleaned.get("province") or self.instance.province
        self.similar = duplicates.similar_to(
            name=cleaned["name"],
            tax_code=cleaned.get("tax_code", ""),
            province_id=province.pk,
            commune_id=commune.pk if commune else None,
            exclude=self.instance.pk,
        )
        if self.similar:
            self.add_error("is_another", SIMILAR)
