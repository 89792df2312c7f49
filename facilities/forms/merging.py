"""Which values the kept facility takes over, and why two facilities are one."""

from django import forms

KEPT, DUPLICATE = "kept", "duplicate"
EMPTY = "(trống)"


class MergeForm(forms.Form):
    """One choice for each thing in which the two of a `preview` differ; an empty one is filled unless told otherwise."""

    reason = forms.CharField(label="Lý do gộp", widget=forms.Textarea(attrs={"rows": 3}), strip=True)
    versions = forms.RegexField(r"^\d+-\d+$", widget=forms.HiddenInput)

    def __init__(self, data=None, *, preview):
        kept, duplicate = preview.kept, preview.duplicate
        super().__init__(data, initial={"versions": f"{kept.version}-{duplicate.version}"})
        self.preview = preview
        for choice in preview.choices:
            if choice.differs:
                self.fields[f"take_{choice.name}"] = forms.ChoiceField(
                    label=choice.label,
                    choices=[(KEPT, choice.kept or EMPTY), (DUPLICATE, choice.duplicate or EMPTY)],
                    initial=KEPT if choice.kept else DUPLICATE,
                    widget=forms.RadioSelect,
                )

    def table(self):
        """(choice, bound field or None when both have the same), without what both leave empty."""
        for choice in self.preview.choices:
            if choice.differs:
                yield choice, self[f"take_{choice.name}"]
            elif choice.kept:
                yield choice, None

    @property
    def take(self):
        """Names of the choices that come from the duplicate."""
        chosen = {name.removeprefix("take_"): value for name, value in self.cleaned_data.items()}
        return [name for name, value in chosen.items() if value == DUPLICATE]

    @property
    def seen(self):
        """The versions that the person saw, of the kept one and of the duplicate."""
        return tuple(int(part) for part in self.cleaned_data["versions"].split("-"))

    def add_refusal(self, refusal):
        """After a refusal the versions are those of the values that the page now shows."""
        if refusal.code == "stale":
            self.data = self.data | {"versions": self.initial["versions"]}
        self.add_error("reason" if refusal.code == "reason" else None, refusal.sentence)
