"""A cycle as staff write it down."""

from django import forms

from fairs.models import SelectionCycle
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province


class CycleForm(ConstrainedModelForm):
    """A cycle of one of the person's provinces; the province is asked for when there is more than one, old or new."""

    constraint_fields = {
        "selection_cycle_once": "name",
        "selection_cycle_name_given": "name",
        "selection_cycle_year_in_range": "year",
        "selection_cycle_province_of_the_year": "province",
        "selection_cycle_province_stays": "province",
    }

    class Meta:
        model = SelectionCycle
        formfield_callback = vietnamese_field
        fields = ["name", "year", "province", "plan_number", "planned_on", "note"]
        widgets = {
            "name": forms.TextInput(attrs={"placeholder": "Bình chọn sản phẩm CNNT tiêu biểu năm …"}),
            "year": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "year": "Năm của kỳ bình chọn cấp tỉnh.",
            "province": "Đơn vị của năm đó: trước 01/7/2025 chọn tỉnh cũ.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].localize = False
        self.fields["year"].error_messages["invalid"] = "Năm gồm bốn chữ số, ví dụ 2025."
        self.fields["province"].queryset = Province.objects.visible_to(user)
        if self.instance.pk is None:
            self.initial.setdefault("province", user.province_id)
        if user.province_id and len(user.visible_province_ids) == 1:
            self.instance.province = self.instance.province if self.instance.pk else user.province
            del self.fields["province"]
