"""The scheme itself."""

from django import forms
from django.db.models import Q

from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province
from khuyencong.unit_fields import UnitField
from programmes.models import ActivityContent, ImplementingUnit, Scheme, SchemeContent, SchemeCoordinator

MAIN_AGAIN = "Nội dung chính đã chọn ở trên thì không ghi lại ở đây."


def _several(queryset, label, help_text):
    widget = forms.SelectMultiple(attrs={"data-kc-select": "", "size": 3})
    return forms.ModelMultipleChoiceField(queryset, label=label, help_text=help_text, required=False, widget=widget)


class SchemeForm(ConstrainedModelForm):
    """A scheme's facts. The province offered is the unit of the scheme's own year."""

    constraint_fields = {
        "scheme_start_on_before_end_on": "end_on",
        "scheme_year_in_range": "year",
        "scheme_province_of_the_year": "year",
        "scheme_unit_of_the_place": "implementing_unit",
        "scheme_programme_of_the_place": "programme",
        "scheme_beneficiaries_of_the_place": "province",
        "commune_of_province": "commune",
        "former_district_of_province": "former_district",
        "scheme_flagship_contents": "other_contents",
        "scheme_content_once": "other_contents",
        "scheme_coordinator_once": "coordinators",
    }
    other_contents = _several(None, "Nội dung khác", "Đề án điểm có từ hai nội dung gắn với nhau.")
    coordinators = _several(None, "Đơn vị phối hợp", "Cùng làm với đơn vị thực hiện; không phải đơn vị thụ hưởng.")

    class Meta:
        model = Scheme
        formfield_callback = vietnamese_field
        fields = [
            "name",
            "kind",
            "level",
            "year",
            "content",
            "is_flagship",
            "is_group",
            "selection",
            "province",
            "programme",
            "implementing_unit",
            "commune",
            "former_district",
            "location",
            "start_on",
            "end_on",
            "objective",
        ]
        widgets = {
            "name": forms.TextInput(),
            "content": forms.Select(attrs={"data-kc-select": ""}),
            "implementing_unit": forms.Select(attrs={"data-kc-select": ""}),
            "programme": forms.Select(attrs={"data-kc-select": ""}),
            "year": forms.NumberInput(attrs={"min": 2005, "max": 2100}),
            "objective": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "content": "Mã theo Điều 4 Nghị định 45/2012/NĐ-CP.",
            "province": "Đơn vị hành chính trong năm kế hoạch (63 tỉnh đến 30/6/2025, 34 tỉnh từ 01/7/2025).",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        provinces = Province.objects.visible_to(user)
        for name in ("commune", "former_district"):
            self.fields[name] = UnitField.of(Scheme, name, user)
        self.fields["province"].queryset = provinces
        self._offer_contents()
        self._offer_units(user, provinces)
        programmes = self.fields["programme"].queryset
        self.fields["programme"].queryset = programmes.filter(Q(province__isnull=True) | Q(province__in=provinces))

    def _offer_contents(self):
        leaves = Q(is_active=True, group__isnull=False)
        others = self._written("other_contents", "content")
        contents = ActivityContent.objects.all()
        self.fields["content"].queryset = contents.filter(leaves | Q(pk=self.instance.content_id))
        self.fields["other_contents"].queryset = contents.filter(leaves | Q(pk__in=others))

    def _offer_units(self, user, provinces):
        here = Q(province__in=provinces) | Q(province__isnull=True) if user.province_id else Q()
        coordinators = self._written("coordinators", "unit")
        units = ImplementingUnit.objects.all()
        chosen = Q(pk=self.instance.implementing_unit_id)
        self.fields["implementing_unit"].queryset = units.filter((Q(is_active=True) | chosen) & here)
        self.fields["coordinators"].queryset = units.filter((Q(is_active=True) & here) | Q(pk__in=coordinators))

    def _written(self, name, key):
        """Ids of what is saved under `name`, which is also what the field shows first."""
        ids = list(getattr(self.instance, name).values_list(f"{key}_id", flat=True)) if self.instance.pk else []
        self.initial[name] = ids
        return ids

    def clean(self):
        data = super().clean()
        if data.get("content") and data["content"] in data.get("other_contents", ()):
            self.add_error("other_contents", MAIN_AGAIN)
        return data

    def save_several(self):
        """Write the other contents and the coordinators: add what is new, drop what was taken away."""
        _replace(self.instance, SchemeContent, "content", self.cleaned_data["other_contents"])
        _replace(self.instance, SchemeCoordinator, "unit", self.cleaned_data["coordinators"])


def _replace(scheme, model, key, chosen):
    rows = model.objects.filter(scheme=scheme)
    rows.exclude(**{f"{key}__in": chosen}).delete()
    kept = set(rows.values_list(f"{key}_id", flat=True))
    for one in chosen:
        if one.pk not in kept:
            model.objects.create(scheme=scheme, **{key: one})
