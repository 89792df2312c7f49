"""The parts of a scheme: a row a source, beneficiaries, planned results."""

import re

from django import forms
from django.db.models import Q
from django.forms import inlineformset_factory
from django.urls import reverse_lazy

from facilities.models import Facility
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.money import format_amount
from programmes.models import FundingLine, FundingSource, Indicator, Scheme, SchemeBeneficiary, SchemeResult

CLOSED = "{source} đã đóng từ sau ngày {day:%d/%m/%Y} nên không dùng cho đề án năm {year}."
FEW = 300
TOO_LONG = 19  # digits: more than any id has
FACILITY_NAME = re.compile(r"beneficiaries-\d+-facility")


class FundingLineForm(ConstrainedModelForm):
    """What one source is asked for; empty means nothing."""

    class Meta:
        model = FundingLine
        formfield_callback = vietnamese_field
        fields = ["proposed_amount"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field, source = self.fields["proposed_amount"], self.instance.source
        field.required = False
        field.widget.attrs |= {"data-kc-col": source.code, "aria-label": f"{source.name}, đề nghị, đồng"}

    @property
    def place(self):
        return f"line-{self.instance.source_id}"

    def clean_proposed_amount(self):
        amount = self.cleaned_data["proposed_amount"] or 0
        source, year = self.instance.source, self.instance.scheme.year
        if amount and source.valid_to and year and source.valid_to.year < year:
            raise forms.ValidationError(CLOSED.format(source=source, day=source.valid_to, year=year))
        return amount

    def check_constraints(self):
        """A source without money has no row, so there is nothing to check."""
        if self.instance.proposed_amount:
            super().check_constraints()

    def save_or_drop(self):
        """Keep the row when money is asked; a source without money has no row."""
        if self.instance.proposed_amount:
            self.save()
        elif self.instance.pk:
            self.instance.delete()


def funding_forms(scheme, data=None):
    """One form a source, in their order; closed sources only while the scheme's year may use them or money stands there."""
    lines = {line.source_id: line for line in scheme.funding_lines.all()} if scheme.pk else {}
    found = []
    for source in FundingSource.objects.all():
        if (
            source.valid_to
            and scheme.year
            and source.valid_to.year < scheme.year
            and source.pk not in lines
            and not data
        ):
            continue
        line = lines.get(source.pk) or FundingLine(scheme=scheme, source=source)
        line.scheme = scheme
        initial = None if line.pk else {"proposed_amount": None}
        found.append(FundingLineForm(data, instance=line, initial=initial, prefix=f"funding-{source.pk}"))
    return found


class FacilityField(forms.ModelChoiceField):
    """A facility out of `known` {id: Facility}: those that the whole formset names, read at once."""

    known = {}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return self.known[int(value)]
        except (KeyError, ValueError) as error:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class BeneficiaryForm(ConstrainedModelForm):
    """One facility, what it is to get, and what the support pays for."""

    constraint_fields = {"beneficiary_priority_ground_given": "priority_ground"}
    unchecked = ("facility",)  # once in a scheme: the formset sees it over its rows, the database over all
    details = ("cost_item", "base_cost", "is_priority", "priority_ground")
    trusts_facility = False

    class Meta:
        model = SchemeBeneficiary
        formfield_callback = vietnamese_field
        fields = ["facility", "proposed_amount", "cost_item", "base_cost", "is_priority", "priority_ground"]
        field_classes = {"facility": FacilityField}
        widgets = {
            "facility": forms.Select(
                attrs={"data-kc-select": "", "data-kc-select-url": reverse_lazy("facilities:facility-options")}
            )
        }

    def __init__(self, *args, known, drawn, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["facility"]
        field.known = known
        field.widget.choices = [("", "Chọn cơ sở…"), *drawn, *self._chosen(known, drawn)]
        field.widget.attrs["aria-label"] = "Cơ sở thụ hưởng"
        self.fields["proposed_amount"].required = False
        self.fields["proposed_amount"].widget.attrs |= {"data-kc-col": "benefit", "aria-label": "Hỗ trợ đề nghị, đồng"}

    @property
    def unfolds(self):
        """The details are shown: something in them is to be mended."""
        return any(name in self.errors for name in self.details) if self.is_bound else False

    @property
    def summary(self):
        """'Máy dệt · chi phí 500.000.000 đồng · ưu tiên' as it is saved; '' when nothing is."""
        row = self.instance
        cost = f"chi phí {format_amount(row.base_cost)} đồng" if row.base_cost else ""
        return " · ".join(part for part in (row.cost_item, cost, "ưu tiên" if row.is_priority else "") if part)

    @property
    def place(self):
        """Its name in comments of reviewers (`programmes.reviewing.places`)."""
        return f"benefit-{self['facility'].value()}"

    def _chosen(self, known, drawn):
        """The chosen facility when it is not among those drawn at once."""
        chosen = str(self["facility"].value() or "")
        pk = int(chosen) if chosen.isdecimal() else None
        return [(pk, known[pk].name)] if pk in known and all(pk != one for one, _ in drawn) else []

    def clean_proposed_amount(self):
        return self.cleaned_data["proposed_amount"] or 0

    def _post_clean(self):
        self.trusts_facility = True  # it is one of `known`: no query a row
        super()._post_clean()
        self.trusts_facility = False

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | ({"facility"} if self.trusts_facility else set())


class ResultForm(ConstrainedModelForm):
    """One planned result."""

    constraint_fields = {"result_indicator_once": "indicator"}

    class Meta:
        model = SchemeResult
        formfield_callback = vietnamese_field
        fields = ["indicator", "planned"]

    def __init__(self, *args, indicators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].widget.choices = [("", "Chọn chỉ tiêu…"), *indicators]
        self.fields["indicator"].widget.attrs["aria-label"] = "Chỉ tiêu"
        self.fields["planned"].widget.attrs["aria-label"] = "Kế hoạch"

    @property
    def place(self):
        return f"result-{self['indicator'].value()}"


class Rows(forms.BaseInlineFormSet):
    """Rows of which each names something else; said in the office's words."""

    twice = "Mỗi cơ sở, mỗi chỉ tiêu chỉ ghi một dòng. Gộp các dòng trùng lại."

    def get_unique_error_message(self, unique_check):
        return self.twice

    def get_form_error(self):
        return self.twice


BeneficiaryFormSet = inlineformset_factory(
    Scheme, SchemeBeneficiary, form=BeneficiaryForm, formset=Rows, extra=0, can_delete=True
)
ResultFormSet = inlineformset_factory(Scheme, SchemeResult, form=ResultForm, formset=Rows, extra=0, can_delete=True)


def drawn_facilities(facilities):
    """(id, name) of the facilities drawn at once: all when they are few, none when they are asked for as one types."""
    found = list(facilities.order_by("sort_key", "pk").values_list("pk", "name")[: FEW + 1])
    return found if len(found) <= FEW else []


def beneficiary_formset(scheme, user, data=None):
    """Two queries for the facilities of any number of rows: those offered, and those that the rows name."""
    written = list(SchemeBeneficiary.objects.filter(scheme=scheme.pk).values_list("facility", flat=True))
    facilities = Facility.objects.visible_to(user).filter(
        Q(merged_into__isnull=True) | Q(pk__in=written)  # a row written before a merge stays as it is
    )
    typed = [value for name, value in (data or {}).items() if FACILITY_NAME.fullmatch(name) and value.isdecimal()]
    known = facilities.in_bulk({*written, *(int(pk) for pk in typed if len(pk) < TOO_LONG)})
    return BeneficiaryFormSet(
        data,
        instance=scheme,
        prefix="beneficiaries",
        queryset=SchemeBeneficiary.objects.named(),
        form_kwargs={"known": known, "drawn": drawn_facilities(facilities)},
    )


def result_formset(scheme, data=None):
    indicators = [(one.pk, str(one)) for one in Indicator.objects.all()]
    return ResultFormSet(
        data,
        instance=scheme,
        prefix="results",
        queryset=SchemeResult.objects.named(),
        form_kwargs={"indicators": indicators},
    )
