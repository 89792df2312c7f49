"""The scheme itself."""

from django import forms
from django.db.models import Q

from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province
from khuyencong.unit_fields import UnitField
from programmes.models import ActivityContent, ImplementingUnit, Scheme


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
    }

    class Meta:
        model = Scheme
        formfield_callback = vietnamese_field
        fields = [
            "name",
            "content",
            "kind",
            "level",
            "year",
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
        self.fields["content"].queryset = ActivityContent.objects.filter(
            Q(is_active=True, group__isnull=False) | Q(pk=self.instance.content_id)
        )
        units = ImplementingUnit.objects.filter(Q(is_active=True) | Q(pk=self.instance.implementing_unit_id))
        if user.province_id:
            units = units.filter(province__in=provinces) | units.filter(province__isnull=True)
        self.fields["implementing_unit"].queryset = units
        self.fields["programme"].queryset = self.fields["programme"].queryset.filter(
            province__isnull=True
        ) | self.fields["programme"].queryset.filter(province__in=provinces)
