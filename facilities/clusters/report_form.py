"""What a person chooses for Biểu 03 of TT 14/2024: the clusters of one commune of today, one period."""

from django import forms

from facilities.clusters.sheet import halves_until
from khuyencong.models import AdministrativeUnit
from khuyencong.periods import Year, parse_period
from khuyencong.unit_fields import UnitField

NOT_TODAY = "Hãy chọn xã, phường, đặc khu hiện nay: biểu lập cho đơn vị hiện nay, cả phần các xã cũ đã nhập vào."


class CommuneReportForm(forms.Form):
    """A commune of today and a half-year or a year."""

    period = forms.ChoiceField(label="Kỳ báo cáo")

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        level = AdministrativeUnit.Level.COMMUNE
        self.fields["commune"] = UnitField(level=level, user=user, label="Xã, phường, đặc khu")
        self.fields["commune"].required = True
        periods = [one for half in halves_until(today) for one in self._with_year(half, today)]
        self.fields["period"].choices = [(one.code, one.label[0].upper() + one.label[1:]) for one in periods]

    @staticmethod
    def _with_year(half, today):
        """The second half is followed by its year."""
        return [Year(half.year), half] if half.number == 2 else [half]

    def clean_commune(self):
        commune = self.cleaned_data["commune"]
        if commune.valid_to:
            raise forms.ValidationError(NOT_TODAY)
        return commune

    def clean_period(self):
        return parse_period(self.cleaned_data["period"])
