"""Points as they are typed: a row of the screen is one juror's sheet of one dossier, or one average of the minutes."""

from decimal import Decimal

from django import forms

from fairs.models.selection_guards import CRITERIA
from khuyencong.forms import QuantityField

HEADINGS = dict(zip(CRITERIA, ("Thị trường", "Kinh tế, kỹ thuật", "Văn hóa, thẩm mỹ", "Khác"), strict=True))
WHOLE = "Nhập đủ bốn tiêu chí, hoặc để trống cả dòng."
MOST = "{}: nhiều nhất {} điểm."
LEAST = "Điểm không được âm."
DECIMALS = "Điểm có nhiều nhất hai chữ số thập phân."
HUNDRED = Decimal(100)


def _points(label, most, aria):
    """A box of points from 0 to `most`, two decimals; `most` None: the database alone knows."""
    shown = "" if most is None else f"{most.normalize():f}".replace(".", ",")
    field = QuantityField(label=label, max_digits=5, decimal_places=2, min_value=0, max_value=most, required=False)
    field.error_messages |= {
        "min_value": LEAST,
        "max_value": MOST.format(label, shown),
        "max_whole_digits": MOST.format(label, shown or 100),
        "max_decimal_places": DECIMALS,
        "invalid": f"{label}: nhập số, ví dụ 8,5.",
    }
    field.widget.attrs |= {"class": "num short", "aria-label": aria}
    return field


class PointsForm(forms.Form):
    """One row. `seen`: what stood in it when the page was opened, so that nobody's points are overwritten unseen."""

    names: tuple[str, ...] = ()

    def __init__(self, data, *, entry, saved, scale, prefix):
        self.entry, self.saved = entry, saved
        super().__init__(data, initial={name: _short(value) for name, value in saved.items()}, prefix=prefix)
        for name, label, most in self.boxes(scale):
            self.fields[name] = _points(label, most, f"{label}, {entry.product}")
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=seen_of(saved))

    def boxes(self, scale):
        """(name, label, most) of each box."""
        raise NotImplementedError

    @property
    def values(self):
        return {name: self.cleaned_data.get(name) for name in self.names}

    @property
    def is_typed(self):
        """Differs from what the page showed."""
        return seen_of(self.values) != self.cleaned_data["seen"]

    @property
    def is_emptied(self):
        """No points are left in it."""
        return all(value is None for value in self.values.values())

    @property
    def cells(self):
        return [self[name] for name in self.names]


class SheetForm(PointsForm):
    """A sheet: four criteria within the scale, all or none."""

    names = tuple(CRITERIA)

    def boxes(self, scale):
        return [(name, HEADINGS[name], getattr(scale, f"{name}_most", None)) for name in self.names]

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(name) is not None for name in self.names]
        if not self.errors and any(given) and not all(given):
            raise forms.ValidationError(WHOLE)
        return cleaned


class AverageForm(PointsForm):
    """The average that the minutes give a dossier."""

    names = ("average_score",)

    def boxes(self, scale):
        return [("average_score", "Điểm trung bình", HUNDRED)]


def _short(value):
    """Whole points without their decimals: 30, not 30.00."""
    return int(value) if value is not None and value == int(value) else value


def seen_of(values) -> str:
    """Points as a page carries them: '30|30|15.5|5', '' for none."""
    found = list(values.values())
    return "" if all(one is None for one in found) else "|".join("" if one is None else f"{one:.2f}" for one in found)
