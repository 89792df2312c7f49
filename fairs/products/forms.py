"""What staff type about products."""

from django import forms
from django.db.models import Q

from facilities.models import Facility
from facilities.selects import TypedSelect
from fairs.models import Product
from khuyencong.forms import ConstrainedModelForm, vietnamese_field


def offered_facilities(user, kept=None):
    """Facilities that stand and `user` may see; one that was merged since (`kept`, an id) stays where it is written."""
    return Facility.objects.visible_to(user).filter(Q(merged_into__isnull=True) | Q(pk=kept))


class ProductForm(ConstrainedModelForm):
    """A product of a facility of the register; the facility stays once the product has a dossier."""

    constraint_fields = {
        "product_once": "name",
        "product_set_has_parts": "parts",
        "product_of_standing": "facility",
        "product_name_given": "name",
        "product_facility_stays": "facility",
        "product_as_recognised": "name",
    }

    class Meta:
        model = Product
        formfield_callback = vietnamese_field
        fields = ["facility", "name", "group", "is_set", "parts", "description", "is_public", "note"]
        widgets = {
            "facility": TypedSelect("facilities:facility-options"),
            "parts": forms.Textarea(attrs={"rows": 3}),
            "description": forms.Textarea(attrs={"rows": 4}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "is_set": "Nhiều sản phẩm cùng tham gia bình chọn như một (TT 26/2014 Đ3.2).",
            "parts": "Mỗi dòng một sản phẩm; in trên giấy chứng nhận.",
            "is_public": "Hiện trên trang công khai khi có giấy chứng nhận còn giá trị.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = offered_facilities(user, self.instance.facility_id)
        if self.instance.pk and self.instance.entries.exists():
            self.fields["facility"].disabled = True
            self.fields["facility"].help_text = "Sản phẩm đã có hồ sơ bình chọn nên không chuyển sang cơ sở khác."
        if self.instance.pk and self.instance.entries.passed().exists():
            for name in ("name", "group", "is_set", "parts"):
                self.fields[name].disabled = True
            self.fields["name"].help_text = "Sản phẩm đã được công nhận: tên, nhóm, bộ giữ như trong quyết định."
