"""A form field for a commune or a former district among thousands: typed into, searched on the server."""

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import lazy

from khuyencong.models import AdministrativeUnit

WRONG = "Không có đơn vị này trong địa bàn của bạn. Hãy chọn trong danh sách gợi ý."


def _address(level):
    return f"{reverse_lazy('places:unit-options')}?level={level}"


class UnitSelect(forms.Select):
    """Draws only the chosen unit; the rest comes from the server as one types."""

    def __init__(self, level):
        url = lazy(_address, str)(level)
        super().__init__(attrs={"data-kc-select": "", "data-kc-select-url": url})

    def optgroups(self, name, value, attrs=None):
        self.choices = [("", self.choices.field.empty_label), *self.chosen(value)] if value else []
        return super().optgroups(name, value, attrs)

    def chosen(self, values):
        """(value, label) of the units chosen."""
        ids = [value for value in values if str(value).isdecimal()]
        return [(unit.pk, f"{unit}, {unit.context}") for unit in AdministrativeUnit.objects.named().filter(pk__in=ids)]


class UnitField(forms.ModelChoiceField):
    """A unit of `level` that `user` may see, of whatever time."""

    def __init__(self, *, level, user, **kwargs):
        units = AdministrativeUnit.objects.visible_to(user).filter(level=level).named()
        kwargs |= {"widget": UnitSelect(level), "required": False, "empty_label": "Chưa chọn"}
        super().__init__(units, **kwargs)
        self.error_messages["invalid_choice"] = WRONG

    def label_of(self, value):
        """The name of the unit that a form's value means; '' when it means none."""
        return next((label for _, label in self.widget.chosen([value])), "")

    @classmethod
    def of(cls, model, name, user, **kwargs):
        """The field of a model's relation, with its label and help."""
        field = model._meta.get_field(name)
        level = AdministrativeUnit.Level.DISTRICT if name == "former_district" else AdministrativeUnit.Level.COMMUNE
        texts = {"label": field.verbose_name[:1].upper() + field.verbose_name[1:], "help_text": field.help_text}
        return cls(level=level, user=user, **texts | kwargs)
