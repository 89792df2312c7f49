"""The half-yearly figures of one cluster, in a row of the sheet or on a page of their own."""

from django.core.exceptions import ValidationError

from facilities.models import ClusterFigures
from facilities.placed_forms import localized, not_negative
from khuyencong import history
from khuyencong.forms import ConstrainedModelForm, vietnamese_field

COUNTS = ("projects", "fdi_projects", "operating_projects", "workers")
AMOUNTS = ("revenue", "budget_paid", "invested_capital")
NUMBERS = ("leased_land", *COUNTS, *AMOUNTS)
CONFLICT = "Người khác vừa lưu kỳ này của cụm: {saved}. Số bạn gõ vẫn còn; nếu đúng thì lưu lần nữa."
NOT_WHOLE = "Nhập số nguyên, ví dụ 120."
NOTHING_LEFT = "đã xóa hết số liệu"


class FiguresForm(ConstrainedModelForm):
    """What one cluster reports for one half-year; a row with no number typed into it is not kept.

    Under each box stands what the half-year before says (`previous`). Counts are text boxes: a number box would drop
    what it cannot read.
    """

    constraint_fields = {
        "cluster_figures_leased_within_land": "leased_land",
        "cluster_figures_fdi_within_projects": "fdi_projects",
        "cluster_figures_operating_within_projects": "operating_projects",
        **not_negative("cluster_figures", "leased_land", *AMOUNTS),
    }

    class Meta:
        model = ClusterFigures
        formfield_callback = vietnamese_field
        fields = [*NUMBERS, "wastewater", "note"]

    def __init__(self, *args, previous=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("leased_land", *COUNTS):
            localized(self.fields[name])
        for name in COUNTS:
            self.fields[name].error_messages["invalid"] = NOT_WHOLE
        for name in NUMBERS:
            field = self.fields[name]
            field.widget.attrs["class"] = "num" if name in AMOUNTS else "num short"
            field.help_text = previous and history.shown(previous, previous._meta.get_field(name))

    @classmethod
    def shown_of(cls, saved, previous=None):
        """What the boxes of a row show of `saved`; of nothing saved they are empty, with the wastewater of before."""
        if saved is None:
            return dict.fromkeys(cls._meta.fields) | {
                "wastewater": (previous or ClusterFigures()).wastewater,
                "note": "",
            }
        return {name: getattr(saved, name) for name in cls._meta.fields}

    @property
    def is_blank(self):
        """No number stands in it."""
        return all(self.cleaned_data.get(name) is None for name in NUMBERS) and not self.instance.note

    def check_constraints(self):
        """A row without numbers is not kept, so there is nothing to check."""
        if not self.is_blank:
            super().check_constraints()

    def save_or_drop(self):
        """Keep the row when a number stands in it; a row that was emptied goes, its history stays."""
        if not self.is_blank:
            self.save()
        elif self.instance.pk:
            self.instance.delete()

    def refuse_stale(self, saved):
        """Say what somebody else saved meanwhile: `saved` is the row now, None when it is gone."""
        shown = saved and [
            f"{field.verbose_name} {history.shown(saved, field)}"
            for field in (saved._meta.get_field(name) for name in NUMBERS)
            if getattr(saved, field.name) is not None
        ]
        said = "; ".join(shown) if shown else NOTHING_LEFT
        self.add_error(None, ValidationError(CONFLICT.format(saved=said), code="stale"))
