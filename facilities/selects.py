"""A select of records that may be thousands."""

from django import forms
from django.urls import reverse
from django.utils.functional import lazy

FEW = 300


def _address(view, query):
    return f"{reverse(view)}?{query}" if query else reverse(view)


class TypedSelect(forms.Select):
    """For a ModelChoiceField: draws all rows when they are few, else only the chosen one; others are asked for as one types.

    `view` answers `?q=` and `query` as static/js/select.js has it.
    """

    def __init__(self, view, query=""):
        url = lazy(_address, str)(view, query)
        super().__init__(attrs={"data-kc-select": "", "data-kc-select-url": url})

    def optgroups(self, name, value, attrs=None):
        field, kept = self.choices.field, self.choices
        self.choices = [("", field.empty_label), *self._drawn(field.queryset, value)]
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = kept

    @staticmethod
    def _drawn(rows, value):
        found = list(rows.values_list("pk", "name")[: FEW + 1])
        if len(found) <= FEW:
            return found
        return rows.filter(pk__in=[one for one in value if one.isdecimal() and len(one) < 19]).values_list("pk", "name")
