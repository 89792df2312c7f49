"""The yearly report of a facility that holds a certificate, as staff write it down."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from facilities.selects import TypedSelect
from fairs.models import HolderReport
from fairs.products import holders
from khuyencong.forms import ConstrainedModelForm, vietnamese_field


class HolderReportForm(ConstrainedModelForm):
    """One facility, one year; facility and year stay once it was saved."""

    constraint_fields = {
        "holder_report_once": "year",
        "holder_report_of_holder": "year",
        "holder_report_not_in_future": "received_on",
        "holder_report_export_within_revenue": "export_value",
        "holder_report_revenue_not_negative": "revenue",
        "holder_report_export_value_not_negative": "export_value",
    }

    class Meta:
        model = HolderReport
        formfield_callback = vietnamese_field
        fields = [
            "facility",
            "year",
            "received_on",
            "revenue",
            "export_value",
            "output",
            "workers",
            "use_of_mark",
            "note",
        ]
        widgets = {
            "facility": TypedSelect("facilities:facility-options"),
            "use_of_mark": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "revenue": "Đồng, của riêng sản phẩm được chứng nhận; gõ được “1,5 tỷ”.",
            "export_value": "Đồng; nằm trong doanh thu.",
            "output": "Ví dụ: 12.000 sản phẩm, 35 tấn.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        kept = Q(pk__in=holders.all_holders()) | Q(pk=self.instance.facility_id)
        self.fields["facility"].queryset = self.fields["facility"].queryset.visible_to(user).filter(kept)
        self.fields["year"].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        if self.instance.pk:
            self.fields["facility"].disabled = self.fields["year"].disabled = True
        else:
            self.initial["received_on"] = timezone.localdate()
