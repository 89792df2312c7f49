"""What staff type about an event."""

from django import forms
from django.db.models import Q

from facilities.placed_forms import PlacedForm, localized
from fairs.events.fitting import FittingMixin
from fairs.events.selects import ProvinceSelect, SchemeSelect
from fairs.models import EventFunding, MarketEvent
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province
from programmes.models import ActivityContent, FundingSource, Scheme

CONTENTS = [
    *("KC02.03", "KC02.04", "KC02.08", "KC02.09"),
    *(f"KC04.{number:02d}" for number in range(3, 11)),
    *(f"X0{number}" for number in range(1, 6)),
]
COUNTS = (
    *("planned_booths", "booths", "standard_booths", "rented_booths", "supported_booths"),
    *("other_participants", "visitors"),
)
NOT_WHOLE = "Nhập số nguyên, ví dụ 120."


class EventForm(FittingMixin, PlacedForm):
    """An event without its money and its participants. Of the place only what fits the venue is kept."""

    chooser = "venue"
    fitting = {"within": ("commune", "former_district"), "elsewhere": ("host_province",), "abroad": ("country",)}
    constraint_fields = PlacedForm.constraint_fields | {
        "event_once": "name",
        "event_name_given": "name",
        "event_starts_on_before_ends_on": "ends_on",
        "event_year_in_range": "starts_on",
        "event_has_last_day": "ends_on",
        "event_province_of_the_day": "province",
        "event_held_not_in_future": "status",
        "participation_turnover_of_held": "status",
        "event_has_deals": "status",
        "event_province_of_participants": "province",
        "event_scheme_of_province": "scheme",
        "event_money_within_scheme": "scheme",
        "event_money_within_cost": "total_cost",
        "event_total_cost_not_negative": "total_cost",
        "event_booths_within": "booths",
        "event_supported_booths_within": "supported_booths",
        **{f"event_{name}_within_booths": name for name in ("standard_booths", "rented_booths", "supported_booths")},
    }

    class Meta:
        model = MarketEvent
        formfield_callback = vietnamese_field
        fields = [
            *("name", "kind", "role", "campaign", "organiser", "status", "starts_on", "ends_on"),
            *("province", "venue", "commune", "former_district", "host_province", "country", "location"),
            *("booths_qualifier", *COUNTS),
            *("content", "scheme", "total_cost", "note"),
        ]
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "scheme": SchemeSelect(),
            "host_province": ProvinceSelect(),
            "content": forms.Select(attrs={"data-kc-select": ""}),
        }
        help_texts = {
            "ends_on": "Phòng trưng bày, điểm bán hàng, mô hình còn mở thì để trống.",
            "venue": "Chỉ giữ những ô hợp với nơi đã chọn.",
            "campaign": "Ví dụ: Người Việt Nam ưu tiên dùng hàng Việt Nam.",
            "planned_booths": "Theo kế hoạch.",
            "booths": "Cả sự kiện; để trống khi chưa biết.",
            "booths_qualifier": "Số gian hàng thực tế là đúng, khoảng, gần hay hơn.",
            "supported_booths": "Giao cho các cơ sở dùng không mất tiền hoặc được giảm.",
            "scheme": "Chọn khi kinh phí nằm trong một đề án: số tiền đó không cộng thêm lần nữa.",
            "total_cost": "Đồng, gõ được “1,5 tỷ”; để trống khi chưa có.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        if "province" in self.fields:
            self.fields["province"].help_text = "Tỉnh ghi sự kiện, theo ngày bắt đầu: trước 01/7/2025 chọn tỉnh cũ."
        self.fields["scheme"].queryset = Scheme.objects.visible_to(user)
        self.fields["content"].queryset = ActivityContent.objects.filter(code__in=CONTENTS)
        self.fields["host_province"].queryset = Province.objects.all()
        for name in COUNTS:
            localized(self.fields[name])
            self.fields[name].error_messages["invalid"] = NOT_WHOLE
        self.fields["other_participants"].required = False

    def _field_for(self, code, name=None):
        """What the venue asks for stands beside the field of that venue."""
        if code == "event_place_of_venue":
            return self.fitting[self.instance.venue][0]
        return super()._field_for(code, name)

    def clean_other_participants(self):
        return self.cleaned_data["other_participants"] or 0


class MoneyForm(ConstrainedModelForm):
    """What one source pays of an event; empty means nothing."""

    constraint_fields = {"event_funding_amount_given": "amount"}

    class Meta:
        model = EventFunding
        formfield_callback = vietnamese_field
        fields = ["amount"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field, source = self.fields["amount"], self.instance.source
        field.required = False
        field.widget.attrs |= {"data-kc-col": source.code, "aria-label": f"{source.name}, đồng"}

    def clean_amount(self):
        return self.cleaned_data["amount"] or 0

    def check_constraints(self):
        """A source without money has no row, so there is nothing to check."""
        if self.instance.amount:
            super().check_constraints()

    def save_or_drop(self):
        """Keep the row when money is given; a source without money has no row."""
        if self.instance.amount:
            self.save()
        elif self.instance.pk:
            self.instance.delete()


def money_forms(event, data=None):
    """One form a source, in their order; of closed sources only those that the event's day may use or that have money."""
    rows = {row.source_id: row for row in event.funding.all()} if event.pk else {}
    sources = FundingSource.objects.all()
    if event.pk:
        open_then = Q(valid_to__isnull=True) | Q(valid_to__gte=event.starts_on)
        sources = sources.filter(open_then | Q(pk__in=rows))
    found = []
    for source in sources:
        row = rows.get(source.pk) or EventFunding(event=event, source=source)
        found.append(MoneyForm(data, instance=row, prefix=f"money-{source.pk}"))
    return found
