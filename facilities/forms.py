"""What staff type about a facility."""

import re

from django import forms
from stdnum.vn import mst

from facilities.models import TAX_CODE, Facility
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province
from khuyencong.unit_fields import UnitField

OTHER_CHECKSUM = (
    "Số kiểm tra của mã số thuế không khớp. Xem lại giấy đăng ký; nếu đúng như vậy, đánh dấu ô xác nhận rồi lưu."
)


class FacilityForm(ConstrainedModelForm):
    """A facility of one of the person's provinces. A tax code with a wrong checksum needs a second look, not a wall."""

    tax_code_checked = forms.BooleanField(label="Đã đối chiếu mã số thuế với giấy tờ", required=False)
    constraint_fields = {
        "facility_tax_code_once": "tax_code",
        "facility_tax_code_form": "tax_code",
        "facility_name_once": "name",
        "commune_of_province": "commune",
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
            "trade",
            "products",
            "province",
            "commune",
            "former_district",
            "address",
            "workers",
            "contact_name",
            "phone",
            "email",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3}), "trade": forms.Select(attrs={"data-kc-select": ""})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        provinces = Province.objects.visible_to(user).filter(valid_to__isnull=True)
        self.fields["province"].queryset = provinces
        if user.province_id and not self.instance.pk:
            self.instance.province = user.province
        if user.province_id:
            del self.fields["province"]
        for name in ("commune", "former_district"):
            self.fields[name] = UnitField.of(Facility, name, user)

    def clean_tax_code(self):
        return self.cleaned_data["tax_code"].replace(" ", "")

    def clean(self):
        cleaned = super().clean()
        code = cleaned.get("tax_code", "")
        if self._has_checksum(code) and not mst.is_valid(code) and not cleaned.get("tax_code_checked"):
            self.add_error("tax_code", OTHER_CHECKSUM)
        return cleaned

    @staticmethod
    def _has_checksum(code):
        """Well-formed and of an enterprise: personal numbers of 12 digits have no public checksum."""
        return bool(re.match(TAX_CODE, code)) and len(code) != 12
