"""Figures of a facility by year: a row a year, and a year is what a row is about."""

from django import forms

from facilities.models import FacilityYear
from khuyencong.forms import ConstrainedModelForm, vietnamese_field

PREFIX = "years"
FIGURES = ("revenue", "export_revenue", "tax_paid", "workers")
TWICE = "Năm này ghi hai dòng. Gộp lại thành một."
NO_YEAR = "Ghi năm của dòng này."


class YearForm(ConstrainedModelForm):
    """One year; empty figures are not known, not zero."""

    constraint_fields = {
        "facility_year_in_range": "year",
        "facility_year_export_within_revenue": "export_revenue",
    }

    class Meta:
        model = FacilityYear
        formfield_callback = vietnamese_field
        fields = ["year", *FIGURES]
        widgets = {
            "year": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "placeholder": "Năm"}),
            "workers": forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].error_messages["required"] = NO_YEAR
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = str(FacilityYear._meta.get_field(name).verbose_name).capitalize()

    @property
    def figures(self):
        return {name: self.cleaned_data[name] for name in FIGURES}


class YearRows(forms.BaseFormSet):
    """All years of one facility; `saved` are its rows by year."""

    def __init__(self, *args, facility, **kwargs):
        self.facility = facility
        self.saved = {row.year: row for row in facility.years.all()} if facility.pk else {}
        super().__init__(*args, prefix=PREFIX, **kwargs)
        if not self.is_bound:
            self.initial = [{"year": year, **figures_of(row)} for year, row in sorted(self.saved.items(), reverse=True)]

    def initial_form_count(self):
        """None once typed: a row is known by its year, not by its place."""
        return 0 if self.is_bound else super().initial_form_count()

    def clean(self):
        seen = set()
        for form in self.kept():
            year = form.cleaned_data.get("year")
            if year in seen:
                form.add_error("year", TWICE)
            seen.add(year)

    def kept(self):
        """Forms of the rows that are to be: neither empty nor struck out."""
        return [
            form for form in self.forms if getattr(form, "cleaned_data", None) and not self._should_delete_form(form)
        ]

    def save(self):
        """Make the facility's rows exactly those that were typed; a row that did not change is not touched."""
        wanted = {form.cleaned_data["year"]: form.figures for form in self.kept()}
        for year, row in self.saved.items():
            if year not in wanted:
                row.delete()
        for year, figures in wanted.items():
            row = self.saved.get(year) or FacilityYear(facility=self.facility, year=year)
            if row.pk is None or figures_of(row) != figures:
                for name, value in figures.items():
                    setattr(row, name, value)
                row.save()


def figures_of(row):
    """The figures of a saved row by field name."""
    return {name: getattr(row, name) for name in FIGURES}


_YearFormSet = forms.formset_factory(YearForm, formset=YearRows, extra=1, can_delete=True, max_num=60)


def year_rows(facility, data=None):
    """The formset of a facility's years; unbound without `data`."""
    return _YearFormSet(data, facility=facility)
