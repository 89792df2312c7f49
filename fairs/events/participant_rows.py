"""The rows of an event's participants, many on one screen."""

import re

from django import forms
from django.forms import inlineformset_factory
from django.urls import reverse_lazy

from facilities.models import Facility
from facilities.placed_forms import localized
from facilities.selects import FEW
from fairs.enums import EventStatus
from fairs.models import MarketEvent, Participation
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from programmes.forms.parts import FacilityField

SHOWN = 150  # rows on one screen
BLANK = 5
PREFIX = "rows"
TYPED = re.compile(rf"{PREFIX}-\d+-(id|facility)")
ZERO = ("booths", "supported_booths", "support_amount")
COLUMNS = {"support_amount": "support", "turnover": "turnover"}
LABELS = {
    "booths": "Số gian hàng",
    "supported_booths": "Gian hàng được hỗ trợ",
    "support_rate": "Mức hỗ trợ, phần trăm",
    "support_amount": "Số tiền hỗ trợ, đồng",
    "products": "Sản phẩm mang theo",
    "turnover": "Doanh thu, đồng",
}


class ParticipantForm(ConstrainedModelForm):
    """One facility; whom a saved row is about stays. Empty numbers mean none, an empty turnover that it is not known."""

    unchecked = ("facility",)  # once at an event: the formset sees it over its rows, the database over all
    trusts_facility = False

    class Meta:
        model = Participation
        formfield_callback = vietnamese_field
        fields = ["facility", *LABELS]
        field_classes = {"facility": FacilityField}
        widgets = {
            "facility": forms.Select(
                attrs={"data-kc-select": "", "data-kc-select-url": reverse_lazy("facilities:facility-options")}
            ),
        }

    def __init__(self, *args, known, drawn, has_turnover, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_turnover:
            del self.fields["turnover"]
        for name in ZERO:
            self.fields[name].required = False
            self.initial[name] = self.initial.get(name) or None
        for name in ("booths", "supported_booths"):
            localized(self.fields[name])
            self.fields[name].error_messages["invalid"] = "Nhập số nguyên."
        self._label_cells()
        self._name_facility(known, drawn)

    def _label_cells(self):
        """What stands in a cell has its label in the head of the table, for a screen reader here."""
        for name in set(LABELS) & set(self.fields):
            self.fields[name].widget.attrs["aria-label"] = LABELS[name]
        self.fields["products"].widget.attrs["placeholder"] = "Sản phẩm mang theo"
        for name, column in COLUMNS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["data-kc-col"] = column

    @property
    def shown_name(self):
        """The facility that the row is about; '' when none was chosen."""
        chosen = str(self["facility"].value() or "")
        return next((name for pk, name in self.fields["facility"].widget.choices if chosen and str(pk) == chosen), "")

    def _name_facility(self, known, drawn):
        field = self.fields["facility"]
        field.known, field.disabled = known, bool(self.instance.pk)
        chosen = str(self["facility"].value() or "")
        pk = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None
        beyond = [(pk, known[pk].name)] if pk in known and all(pk != one for one, _ in drawn) else []
        field.widget.choices = [("", "Chọn cơ sở…"), *drawn, *beyond]
        field.widget.attrs["aria-label"] = "Cơ sở"

    def clean(self):
        cleaned = super().clean()
        return cleaned | {name: cleaned[name] or 0 for name in ZERO if name in cleaned}

    def _post_clean(self):
        self.trusts_facility = True  # it is one of `known`: no query a row
        super()._post_clean()
        self.trusts_facility = False

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | ({"facility"} if self.trusts_facility else set())


class Rows(forms.BaseInlineFormSet):
    """Rows of which each names another facility."""

    twice = "Cơ sở này ghi hai dòng. Gộp lại thành một dòng."

    def get_unique_error_message(self, unique_check):
        return self.twice

    def get_form_error(self):
        return self.twice


def _formset(blank):
    return inlineformset_factory(
        MarketEvent, Participation, form=ParticipantForm, formset=Rows, extra=blank, can_delete=True
    )


def formset_of(event, user, page=1, data=None):
    """The `page`th SHOWN rows in the order of names; with `data` those that it names. Blank rows for adding."""
    saved = event.participations.select_related("facility").order_by("facility__sort_key", "pk")
    typed = {int(v) for k, v in (data or {}).items() if TYPED.fullmatch(k) and v.isdecimal() and len(v) < 19}
    rows = saved.filter(pk__in=typed) if data is not None else saved.filter(pk__in=_of_page(saved, page))
    standing = Facility.objects.visible_to(user).standing()
    offered = list(standing.order_by("sort_key", "pk").values_list("pk", "name")[: FEW + 1])
    known = {row.facility_id: row.facility for row in rows} | standing.in_bulk(typed)
    options = {"known": known, "drawn": offered if len(offered) <= FEW else []}
    options["has_turnover"] = event.status == EventStatus.HELD
    return _formset(0 if data is not None else BLANK)(
        data, instance=event, prefix=PREFIX, queryset=rows, form_kwargs=options
    )


def _of_page(saved, page):
    return list(saved.values_list("pk", flat=True)[(page - 1) * SHOWN : page * SHOWN])
