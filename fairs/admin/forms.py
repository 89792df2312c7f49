"""What a reviewer types about a round and its certificates. A refusal stands beside what it concerns."""

from django import forms

from fairs.models import Certificate
from khuyencong.forms import ConstrainedModelForm, DateField, vietnamese_field
from khuyencong.text import clean


class LineField(forms.CharField):
    """One line: single spaces, no invisible characters."""

    def to_python(self, value):
        return clean(super().to_python(value))


class RefusableForm(forms.Form):
    """A form without a model that places what a service or the database refused, by `constraint_fields`."""

    required_css_class = "required"
    constraint_fields: dict[str, str] = {}

    def add_refusal(self, refusal):
        field = self.constraint_fields.get(refusal.code)
        self.add_error(field if field in self.fields else None, refusal.sentence)


class ReopenForm(RefusableForm):
    """Why the results of a round are decided anew."""

    constraint_fields = {"reason": "reason"}
    reason = forms.CharField(
        label="Lý do mở lại",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nhập lý do."},
        help_text="Lưu trong lịch sử. Kết quả của mọi hồ sơ được xét lại từ đầu.",
    )


class RevokeForm(RefusableForm):
    """The decision that takes a certificate back (TT 26/2014 Đ20.3)."""

    constraint_fields = {
        "certificate_issued_on_before_revoked_on": "revoked_on",
        "certificate_not_in_future": "revoked_on",
        "certificate_revocation_whole": "number",
    }
    number = LineField(
        label="Số quyết định thu hồi", max_length=60, error_messages={"required": "Nhập số quyết định thu hồi."}
    )
    revoked_on = DateField(label="Ngày thu hồi", error_messages={"required": "Nhập ngày thu hồi."})
    reason = forms.CharField(
        label="Lý do thu hồi",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nhập lý do thu hồi."},
    )


class CorrectForm(ConstrainedModelForm):
    """What may be corrected on a certificate that was not revoked."""

    constraint_fields = {
        "certificate_number_once": "number",
        "certificate_number_given": "number",
        "certificate_after_decision": "issued_on",
        "certificate_not_in_future": "issued_on",
        "certificate_validity_known": "valid_to",
        "certificate_valid_within_rule": "valid_to",
        "certificate_holds_promotions": "valid_to",
        "certificate_issued_on_before_valid_to": "valid_to",
    }

    class Meta:
        model = Certificate
        fields = ["number", "issued_on", "valid_to", "signer"]
        formfield_callback = vietnamese_field
