"""What a person hands over: files and papers received, for the items of the list or for none."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from khuyencong import refusals
from khuyencong.forms import DateField
from programmes.dossier.inspection import clean_name, inspect
from programmes.dossier.kinds import ACCEPT
from programmes.dossier.services import Given

NOTHING = "Chọn ít nhất một tệp, hoặc đánh dấu một bản giấy đã nhận."
NO_TITLE = "Nhập tên giấy tờ."
FUTURE = "Ngày nhận không được ở tương lai."


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of Given-ready pairs (file, kind): every file is looked into, each refusal names its file."""

    widget = FilesInput(attrs={"accept": ACCEPT, "multiple": True})

    def clean(self, data, initial=None):
        found, errors = [], []
        for file in data if isinstance(data, (list, tuple)) else [data] if data else []:
            try:
                found.append((file, inspect(file)))
            except refusals.RefusedError as error:
                errors.append(f"{clean_name(file.name)}: {error.refusal.sentence}")
        if errors:
            raise ValidationError(errors)
        return found


class DocumentsForm(forms.Form):
    """Papers for `items`, and others of no item. Valid: `papers` lists them as Given."""

    received_on = DateField(label="Ngày nhận")
    note = forms.CharField(label="Ghi chú", max_length=250, required=False)
    title = forms.CharField(label="Tên giấy tờ", max_length=250, required=False)
    files = FilesField(label="Tệp", required=False)
    on_paper = forms.BooleanField(label="Đã nhận bản giấy", required=False)

    def __init__(self, data=None, files=None, *, items):
        super().__init__(data, files, initial={"received_on": timezone.localdate()})
        self.items = items
        self.papers = []
        for item in items:
            self.fields[f"files-{item.pk}"] = FilesField(label=item.name, required=False)
            self.fields[f"paper-{item.pk}"] = forms.BooleanField(label="Đã nhận bản giấy", required=False)
            self.fields[f"files-{item.pk}"].widget.attrs["aria-label"] = f"Tệp: {item.name}"
            self.fields[f"paper-{item.pk}"].widget.attrs["aria-label"] = f"Đã nhận bản giấy: {item.name}"

    @property
    def rows(self):
        """(item, field of its files, field of its paper)."""
        return [(item, self[f"files-{item.pk}"], self[f"paper-{item.pk}"]) for item in self.items]

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise ValidationError(FUTURE)
        return day

    def clean(self):
        cleaned = super().clean()
        for item in self.items:
            self._take(cleaned, item.name, item, f"files-{item.pk}", f"paper-{item.pk}")
        self._take(cleaned, cleaned.get("title"), None, "files", "on_paper")
        if cleaned.get("on_paper") and not cleaned.get("title"):
            self.add_error("title", NO_TITLE)
        if not self.papers and not self.errors:
            raise ValidationError(NOTHING)
        return cleaned

    def _take(self, cleaned, title, item, files, paper):
        """A file of no item and no title is called by its own name."""
        for file, kind in cleaned.get(files) or []:
            self.papers.append(Given(title or clean_name(file.name).rpartition(".")[0], item, file, kind))
        if cleaned.get(paper) and title:
            self.papers.append(Given(title, item))

    def add_refusal(self, refusal):
        self.add_error("received_on" if refusal.code == "document_received_not_in_future" else None, refusal.sentence)
