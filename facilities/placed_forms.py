"""What the forms of clusters and villages have in common: a place of the decisions' time, hectares with a comma."""

from django import forms

from khuyencong.forms import ConstrainedModelForm
from khuyencong.models import Province
from khuyencong.unit_fields import UnitField


def localized(field):
    """Decimals as the office writes them: '12,5'."""
    field.localize = True
    field.widget = forms.TextInput(attrs={"class": "num", "inputmode": "decimal", "autocomplete": "off"})
    field.widget.is_localized = True


def not_negative(model, *names):
    """Rule -> field, for `constraint_fields`: each sentence about a negative number beside its box."""
    return {f"{model}_{name}_not_negative": name for name in names}


class PlacedForm(ConstrainedModelForm):
    """A record of one of the person's provinces; the province is asked for when there is more than one, old or new."""

    constraint_fields = {
        "commune_of_province": "commune",
        "commune_is_commune": "commune",
        "former_district_of_province": "former_district",
    }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer_provinces(user)
        for name in ("commune", "former_district"):
            self.fields[name] = UnitField.of(self._meta.model, name, user)
        for field in self.fields.values():
            if isinstance(field, forms.DecimalField):
                localized(field)

    def _offer_provinces(self, user):
        field = self.fields["province"]
        field.queryset = Province.objects.visible_to(user)
        field.help_text = "Đơn vị của thời điểm ra quyết định: trước 01/7/2025 chọn tỉnh cũ."
        if self.instance.pk is None:
            self.initial["province"] = user.province_id
        if user.province_id and len(user.visible_province_ids) == 1:
            self.instance.province = self.instance.province if self.instance.pk else user.province
            del self.fields["province"]
