"""How a person wants to be told of each kind of thing."""

from django import forms

from khuyencong.forms import ConstrainedModelForm
from khuyencong.models import NoticePreference


class PreferenceForm(ConstrainedModelForm):
    """One kind; `label` names it."""

    class Meta:
        model = NoticePreference
        fields = ["in_portal", "mail"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label = self.instance.get_kind_display()
        self.fields["in_portal"].widget.attrs["aria-label"] = f"Hiện trong cổng: {self.label}"
        self.fields["mail"].widget.attrs["aria-label"] = f"Gửi thư: {self.label}"


def preference_forms(wishes, data=None) -> list[forms.ModelForm]:
    """A form for each of `khuyencong.notices.preferences`."""
    return [PreferenceForm(data, instance=wish, prefix=wish.kind) for wish in wishes]
