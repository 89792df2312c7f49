"""The figures of one facility for one year."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from facilities.placed_forms import not_negative
from khuyencong.forms import ConstrainedModelForm, QuantityField, vietnamese_field
from khuyencong.money import format_decimal
from programmes.models import MonitoringRecord
from programmes.models.monitoring import COUNTS, FIGURES
from programmes.monitoring.figures import YES_NO as YES_NO_WORDS

NUMBERS = ("revenue", "export_value", "taxes", "capital_mobilised", "jobs", "income", "productivity", "new_markets")
FIELDS = (
    "revenue",
    "taxes",
    "capital_mobilised",
    "jobs",
    "income",
    "productivity",
    "productivity_unit",
    "is_exporter",
    "export_value",
    "new_markets",
    "material_saved",
    "figures_source",
    "note",
)
CONFLICT = "Người khác vừa lưu số liệu này: {saved}. Những gì bạn gõ vẫn còn; nếu đúng thì lưu lần nữa."
NOTHING_LEFT = "đã xóa hết số liệu"
NOT_WHOLE = "Nhập số nguyên, ví dụ 1.200."
NO_SOURCE = "Ghi nguồn số liệu ở đây hoặc ở ô “Nguồn số liệu chung”."
YES_NO = (("", "Chưa rõ"), ("true", "Có"), ("false", "Không"))
LABELS = {
    "revenue": "Doanh thu",
    "taxes": "Nộp ngân sách",
    "capital_mobilised": "Vốn xã hội huy động",
    "jobs": "Lao động (người)",
    "income": "Thu nhập một lao động, một tháng",
    "productivity": "Năng suất",
    "productivity_unit": "Đơn vị năng suất",
    "is_exporter": "Có xuất khẩu",
    "export_value": "Trị giá xuất khẩu",
    "new_markets": "Thị trường mới",
    "material_saved": "Tiết kiệm nguyên, nhiên liệu (%)",
}


def monitoring_field(db_field, **kwargs):
    """Counts are text boxes with thousands separators; a yes or no may be unknown."""
    if db_field.name in COUNTS:
        return db_field.formfield(form_class=CountField, **kwargs)
    if db_field.name == "is_exporter":
        return forms.NullBooleanField(label=LABELS[db_field.name], required=False, widget=YesNoSelect)
    return vietnamese_field(db_field, **kwargs)


class CountField(QuantityField):
    """A whole number typed as `1.200`."""

    def __init__(self, **kwargs):
        super().__init__(decimal_places=0, **kwargs)
        self.error_messages |= {"invalid": NOT_WHOLE, "max_decimal_places": NOT_WHOLE}
        self.widget.is_localized = True


class YesNoSelect(forms.NullBooleanSelect):
    def __init__(self, attrs=None):
        forms.Select.__init__(self, attrs, YES_NO)

    def format_value(self, value):
        return [{True: "true", False: "false", "true": "true", "false": "false"}.get(value, "")]


class MonitoringForm(ConstrainedModelForm):
    """One facility, one year; under each box what the record before says (`previous`). Without a figure nothing is kept.

    `common_source` stands in where the row names no source of its own.
    """

    constraint_fields = {
        "monitoring_productivity_has_unit": "productivity_unit",
        "monitoring_material_saved_range": "material_saved",
        "monitoring_export_of_an_exporter": "export_value",
        "monitoring_export_within_revenue": "export_value",
        "monitoring_figures_source_given": "figures_source",
        **not_negative("monitoring", *NUMBERS),
    }

    class Meta:
        model = MonitoringRecord
        formfield_callback = monitoring_field
        fields = FIELDS
        labels = LABELS
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, previous=None, common_source="", **kwargs):
        super().__init__(*args, **kwargs)
        self.common_source = common_source
        self.fields["figures_source"].required = False
        self.fields["note"].widget = forms.Textarea(attrs={"rows": 2})
        self.fields["productivity"].localize = self.fields["productivity"].widget.is_localized = True
        self.fields["material_saved"].widget.is_localized = True
        for name in FIGURES:
            self.fields[name].help_text = previous and _said_before(previous, name)

    @classmethod
    def shown_of(cls, saved, previous=None):
        """What the boxes of a row show of `saved`; of nothing saved they are empty, with the unit of before."""
        if saved is None:
            blank = dict.fromkeys(FIGURES) | {"figures_source": "", "note": ""}
            return blank | {"productivity_unit": previous.productivity_unit if previous else ""}
        return {name: getattr(saved, name) for name in FIELDS}

    @property
    def is_blank(self):
        """No figure stands in it."""
        return all(self.cleaned_data.get(name) is None for name in FIGURES) and not set(self.errors) & set(FIGURES)

    def clean(self):
        super().clean()
        if not self.is_blank:
            self.cleaned_data["figures_source"] = self.cleaned_data.get("figures_source") or self.common_source
            if not self.cleaned_data["figures_source"]:
                self.add_error("figures_source", NO_SOURCE)
        return self.cleaned_data

    def check_constraints(self):
        """A row without figures is not kept, so there is nothing to check."""
        if not self.is_blank:
            super().check_constraints()

    def save_or_drop(self, by):
        """Keep the row when a figure stands in it; a row that was emptied goes, its history stays."""
        if self.is_blank:
            return self.instance.delete() if self.instance.pk else None
        self.instance.recorded_by, self.instance.recorded_at = by, timezone.now()
        return self.save()

    def refuse_stale(self, saved):
        """Say what somebody else saved meanwhile: `saved` is the row now, None when it is gone."""
        shown = saved and [
            f"{LABELS[name].lower()} {_written(saved, name)}" for name in FIGURES if getattr(saved, name) is not None
        ]
        self.add_error(None, ValidationError(CONFLICT.format(saved="; ".join(shown or [NOTHING_LEFT])), code="stale"))


def _written(record, name):
    """A figure as a person reads it; '' when it was not given."""
    value = getattr(record, name)
    if value is None or isinstance(value, bool):
        return YES_NO_WORDS[value]
    decimals = 0 if value == int(value) else 2
    unit = f" {record.productivity_unit}" if name == "productivity" else ""
    return f"{format_decimal(value, decimals)}{unit}"


def _said_before(previous, name):
    """'2019: 1.200.000.000', or '' when it was not given."""
    written = _written(previous, name)
    return f"{previous.year}: {written}" if written else ""


class CommonSourceForm(forms.Form):
    """The source of the figures of every row that names none."""

    figures_source = forms.CharField(
        label="Nguồn số liệu chung",
        required=False,
        max_length=200,
        help_text="Dùng cho cơ sở không ghi nguồn riêng, ví dụ: Báo cáo của cơ sở ngày 15/01/2026.",
    )
