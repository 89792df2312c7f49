"""A programme, its groups and its targets, as staff write them down from the decision."""

from django import forms

from khuyencong.forms import AmountField, ConstrainedModelForm, QuantityField, vietnamese_field
from khuyencong.models import Province
from programmes.models import ActivityContent, Indicator, Programme, ProgrammeGroup, ProgrammeTarget, TargetFigure

Measure = ProgrammeTarget.Measure


class FigureField(QuantityField):
    """A number; with a unit of money ('45,88 tỷ', '300 triệu') đồng."""

    def to_python(self, value):
        typed = str(value or "").strip()
        return AmountField().to_python(typed) if any(map(str.isalpha, typed)) else super().to_python(value)


class ProgrammeForm(ConstrainedModelForm):
    constraint_fields = {
        "programme_first_year_before_last_year": "last_year",
        "programme_name_once": "name",
        "target_year_of_programme": "last_year",
    }

    first_year = forms.IntegerField(label="Năm đầu", min_value=2005, max_value=2100, localize=False)
    last_year = forms.IntegerField(label="Năm cuối", min_value=2005, max_value=2100, localize=False)

    class Meta:
        model = Programme
        formfield_callback = vietnamese_field
        fields = ["name", "first_year", "last_year", "province", "legal_basis"]
        help_texts = {"province": "", "legal_basis": "Số, ngày quyết định phê duyệt chương trình."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["province"].queryset = Province.objects.visible_to(user)
        self.fields["province"].required = True
        self.fields["province"].empty_label = "Chọn…"
        if self.instance.pk:
            self.fields["province"].disabled = True


class GroupForm(ConstrainedModelForm):
    constraint_fields = {"programme_group_once": "name", "programme_group_name_given": "name"}

    class Meta:
        model = ProgrammeGroup
        formfield_callback = vietnamese_field
        fields = ["name", "position", "contents"]
        widgets = {"contents": forms.CheckboxSelectMultiple}
        help_texts = {"contents": "Kết quả của đề án thuộc các nội dung này được tính cho nhóm."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contents"].empty_label = None
        self.fields["contents"].queryset = ActivityContent.objects.filter(is_active=True).order_by("code")


class TargetForm(ConstrainedModelForm):
    constraint_fields = {
        "programme_target_once": "name",
        "programme_target_bounds": "low",
        "programme_target_low_not_negative": "low",
        "programme_target_high_not_negative": "high",
        "programme_target_indicator_of_measure": "indicator",
        "programme_target_source_of_money": "source",
        "target_group_of_programme": "group",
        "target_year_of_programme": "year",
        "target_still_by_hand": "measure",
    }

    year = forms.TypedChoiceField(label="Năm", coerce=int, empty_value=None, required=False)
    low = FigureField(label="Số (số dưới)", required=False, max_digits=18, decimal_places=2)
    high = FigureField(label="Số trên", required=False, max_digits=18, decimal_places=2)

    class Meta:
        model = ProgrammeTarget
        formfield_callback = vietnamese_field
        fields = [
            "group",
            "name",
            "relation",
            "low",
            "high",
            "unit",
            "year",
            "measure",
            "indicator",
            "source",
            "counts_all",
            "document",
            "position",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "indicator": "Chỉ khi cộng kết quả thực hiện của đề án.",
            "source": "Chỉ cho chỉ tiêu kinh phí; để trống: mọi nguồn.",
            "unit": "Ví dụ: mô hình, đề án, %. Kinh phí thì ghi “đồng”.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        programme = self.instance.programme
        years = range(programme.first_year, programme.last_year + 1)
        self.fields["year"].choices = [("", "Cả giai đoạn"), *((year, f"Năm {year}") for year in years)]
        self.fields["group"].queryset = programme.groups.all()
        self.fields["group"].empty_label = "Chỉ tiêu chung"
        self.fields["indicator"].queryset = Indicator.objects.all()
        self.fields["source"].queryset = self.fields["source"].queryset.filter(is_support=True)
        self.fields["source"].empty_label = "Mọi nguồn"
        self.fields["low"].help_text = "Số thường hoặc tiền: gõ được “45,88 tỷ”."
        self.fields["high"].help_text = "Chỉ khi ghi khoảng hoặc “không quá”."


class FigureForm(ConstrainedModelForm):
    """What one year gave; a row with neither number nor words is not kept."""

    constraint_fields = {
        "target_figure_value_not_negative": "value",
        "target_figure_note_given": "note",
    }

    class Meta:
        model = TargetFigure
        formfield_callback = vietnamese_field
        fields = ["value", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in (("value", "Kết quả"), ("note", "Nguồn số liệu")):
            self.fields[name].required = False
            self.fields[name].widget.attrs["aria-label"] = f"{label} năm {self.instance.year}"

    @property
    def is_blank(self):
        return self.cleaned_data.get("value") is None and not self.cleaned_data.get("note")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("note") and cleaned.get("value") is None and "value" not in self.errors:
            self.add_error("value", "Nhập kết quả, hoặc xóa cả nguồn số liệu.")
        return cleaned

    def check_constraints(self):
        """A row that is not kept has nothing to check."""
        if not self.is_blank and "value" not in self.errors:
            super().check_constraints()

    def save_or_drop(self):
        """Keep the row when something stands in it; a row that was emptied goes, its history stays."""
        if not self.is_blank:
            self.save()
        elif self.instance.pk:
            self.instance.delete()
