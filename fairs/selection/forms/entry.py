"""A registration dossier as staff write it down, and its papers."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from facilities.selects import FEW, TypedSelect
from fairs.enums import RoundStatus
from fairs.models import Certificate, Entry, Product
from fairs.selection.dossiers import first_day
from fairs.selection.grounds import ground_for
from fairs.selection.places import kin
from khuyencong.forms import ConstrainedModelForm, DateField, vietnamese_field
from programmes.dossier.forms import FUTURE, DocumentsForm

NOT_VALID = (
    "Giấy chứng nhận này không phải của cấp liền dưới, hoặc không còn giá trị vào ngày nhận hồ sơ. Chọn giấy khác."
)
NO_PRODUCT = "Không có sản phẩm này trong địa bàn của bạn. Hãy chọn trong danh sách gợi ý."


def products_for(round, user):
    """Products of the province of the round's cycle that `user` may see."""
    return Product.objects.visible_to(user).filter(facility__province__in=kin(round.cycle.province_id))


class ProductSelect(TypedSelect):
    """Products by name and maker, asked for from the round's own address."""

    def __init__(self, round):
        super(TypedSelect, self).__init__(
            attrs={"data-kc-select": "", "data-kc-select-url": reverse("fairs:entry-products", args=[round.pk])}
        )

    @staticmethod
    def _drawn(rows, value):
        def named(found):
            return [(pk, f"{name} – {maker}") for pk, name, maker in found.values_list("pk", "name", "facility__name")]

        chosen = [one for one in value if one.isdecimal() and len(one) < 19]
        few = named(rows.order_by("sort_key", "pk")[: FEW + 1])
        return few if len(few) <= FEW else named(rows.filter(pk__in=chosen))


class ProductForm(forms.Form):
    """Of which product a new dossier is and when it was received: the first questions, for the others depend on them."""

    product = forms.ModelChoiceField(Product.objects.none(), label="Sản phẩm", empty_label="Chọn sản phẩm…")
    registered_on = DateField(label="Ngày nhận hồ sơ", required=False)

    def __init__(self, data=None, *, round, user):
        super().__init__(data, initial={"registered_on": first_day(round)})
        taken = Entry.objects.filter(round=round).order_by().values("product")
        field = self.fields["product"]
        field.queryset = products_for(round, user).exclude(pk__in=taken)
        field.widget = ProductSelect(round)
        field.widget.choices = field.choices
        field.error_messages |= {"required": "Chọn sản phẩm.", "invalid_choice": NO_PRODUCT}


class EntryForm(ConstrainedModelForm):
    """The dossier of `instance.product` in `instance.round`; offers only certificates that hold on the day of registration.

    Once the round is concluded only its note changes.
    """

    constraint_fields = {
        "entry_number_once": "number",
        "entry_in_time": "registered_on",
        "entry_not_in_future": "registered_on",
        "entry_certificate_of_product": "lower_certificate",
        "entry_certificate_is_lower": "lower_certificate",
        "entry_certificate_is_valid": "lower_certificate",
        "entry_has_lower_certificate": "lower_certificate",
        "entry_skip_has_ground": "skip_ground",
        "entry_skip_where_none_held": "skip_ground",
        "entry_one_ground": "skip_ground",
    }

    class Meta:
        model = Entry
        formfield_callback = vietnamese_field
        fields = ["number", "registered_on", "lower_certificate", "skip_ground", "remark", "note"]
        widgets = {
            "number": forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
            "remark": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "number": "Để trống: lấy số tiếp theo của kỳ.",
            "skip_ground": "Ví dụ: huyện không tổ chức bình chọn trong đợt này (TT 26/2014 Đ12.2.d).",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.round.status == RoundStatus.CONCLUDED:
            self.ground = None
            for name in [name for name in self.fields if name != "note"]:
                del self.fields[name]
            return
        self.ground = ground_for(self.instance.round, self.instance.product, self._day())
        self._offer_ground()
        if self.instance.pk is None:
            del self.fields["remark"]

    def _day(self):
        """The day of registration that the page is about: what was typed when it can be read."""
        try:
            typed = DateField(required=False).clean(self.data.get(self.add_prefix("registered_on")))
        except ValidationError:
            typed = None
        return typed or self.instance.registered_on

    def _offer_ground(self):
        offered = self.ground.certificates
        kept = [self.instance.lower_certificate_id] if self.instance.lower_certificate_id else []
        field = self.fields["lower_certificate"]
        found = Certificate.objects.filter(pk__in=[one.pk for one in offered] + kept)
        field.queryset = found.select_related("round__level", "entry__product")
        field.label_from_instance = named_certificate
        if self.instance.pk is None and len(offered) == 1:
            self.initial["lower_certificate"] = offered[0].pk
        field.error_messages["invalid_choice"] = NOT_VALID
        if not offered and not kept:
            del self.fields["lower_certificate"]
        if not (self.ground.may_skip or self.instance.skip_ground):
            del self.fields["skip_ground"]


def named_certificate(certificate):
    """'012/GCN – Cấp huyện, đến 31/12/2023'."""
    return f"{certificate.number} – {certificate.round.level}, đến {certificate.valid_to:%d/%m/%Y}"


class PapersForm(DocumentsForm):
    """Papers for the items of the dossier's list. Valid: `papers` lists them as Given."""

    title = files = on_paper = None  # every paper is one of the list

    def add_refusal(self, refusal):
        self.add_error("received_on" if refusal.code == "entry_paper_not_in_future" else None, refusal.sentence)


class ReceivedForm(forms.Form):
    """On which day all missing papers were received."""

    received_on = DateField(label="Ngày nhận đủ")

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise ValidationError(FUTURE)
        return day

    def add_refusal(self, refusal):
        self.add_error("received_on", refusal.sentence)
