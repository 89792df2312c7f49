"""What a person decides about a warning."""

from django import forms

from programmes.models import WarningDecision
from programmes.models.warnings import Verdict


class DecisionForm(forms.Form):
    """Verdict and reason; “Mở lại” only where something was decided."""

    verdict = forms.ChoiceField(label="Kết luận", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Lý do, căn cứ",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đã xem hồ sơ nào, thấy gì, xử lý ra sao. Kết luận không sửa, không xóa được.",
        error_messages={"required": "Ghi lý do, căn cứ của kết luận."},
    )

    required_css_class = "required"

    def __init__(self, *args, is_decided, **kwargs):
        super().__init__(*args, **kwargs)
        choices = WarningDecision._meta.get_field("verdict").choices or Verdict.choices
        self.fields["verdict"].choices = [one for one in choices if is_decided or one[0] != Verdict.REOPENED]
        self.fields["verdict"].error_messages["required"] = "Chọn kết luận."

    def add_refusal(self, refusal):
        """Show what the database or the service refused above the form."""
        self.add_error(None, refusal.sentence)
