"""A round as staff write it down, and the day its result was announced."""

from django import forms
from django.db.models import Q

from fairs.enums import Reach, RoundStatus
from fairs.models import SelectionLevel, SelectionRegion, SelectionRound
from fairs.selection.places import kin
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import AdministrativeUnit
from khuyencong.unit_fields import UnitField

PREPARED = (
    "level",
    "unit",
    "region",
    "opens_on",
    "closes_on",
    "scoring",
    "council_number",
    "council_on",
    "minutes_number",
    "minutes_on",
)
District = AdministrativeUnit.Level.DISTRICT


class RoundForm(ConstrainedModelForm):
    """A round of `instance.cycle`; once it is concluded only its note changes, once it has dossiers its level stays."""

    constraint_fields = {
        "selection_round_once": "level",
        "selection_round_level_open": "level",
        "selection_round_has_entries": "level",
        "selection_round_scoring_stays": "scoring",
        "selection_round_holds_entries": "closes_on",
        "selection_round_unit_given": "unit",
        "selection_round_unit_of_province": "unit",
        "selection_round_region_given": "region",
        "selection_round_region_of_province": "region",
        "selection_round_opens_on_before_closes_on": "closes_on",
        "selection_round_opens_on_before_decided_on": "opens_on",
        "selection_round_minutes_on_before_decided_on": "minutes_on",
    }

    class Meta:
        model = SelectionRound
        formfield_callback = vietnamese_field
        fields = [*PREPARED, "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "region": "Chỉ chọn với cấp khu vực.",
            "closes_on": "Để trống nếu chưa định ngày.",
            "scoring": "Kỳ cũ chỉ còn biên bản, hoặc kỳ do trung ương chấm: chọn điểm theo biên bản.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.status == RoundStatus.CONCLUDED:
            for name in PREPARED:
                del self.fields[name]
            return
        cycle = self.instance.cycle
        places = kin(cycle.province_id)
        self.fields["level"].queryset = levels_for(cycle.year, self.instance.level_id)
        self.fields["level"].label_from_instance = named_level
        self.fields["level"].disabled = bool(self.instance.pk) and self.instance.entries.exists()
        regions = SelectionRegion.objects.filter(provinces__province__in=places).distinct()
        self.fields["region"].queryset = regions.order_by("position", "code")
        unit = _unit_field(self.fields["level"].queryset, places, cycle.year, user)
        if unit:
            self.fields["unit"] = unit
        else:
            del self.fields["unit"]


def levels_for(year, chosen=None):
    """Levels in use that a round of a cycle of `year` may be of, and the one already chosen."""
    in_time = Q(valid_from__year__lte=year + 2) & (Q(valid_to__isnull=True) | Q(valid_to__year__gte=year - 1))
    return SelectionLevel.objects.filter(in_time & Q(is_active=True) | Q(pk=chosen)).order_by("rank", "valid_from")


def named_level(level):
    """'Cấp huyện (đến 30/06/2025)'."""
    return f"{level} (đến {level.valid_to:%d/%m/%Y})" if level.valid_to else str(level)


def _unit_field(levels, places, year, user):
    """Districts of the province while the level of districts is offered, else communes; None when no level asks for a unit."""
    held = [level for level in levels if level.reach == Reach.UNIT]
    if not held:
        return None
    ended = next((level.valid_to for level in held if level.valid_to), None)
    if ended is None:
        return UnitField.of(SelectionRound, "unit", user, label="Xã, phường", help_text="Chỉ chọn với cấp xã.")
    districts = AdministrativeUnit.objects.filter(level=District, province__in=places)
    return forms.ModelChoiceField(
        districts.in_year(min(year, ended.year)).order_by("sort_key", "pk"),
        label="Huyện",
        required=False,
        empty_label="Không chọn",
        help_text="Chỉ chọn với cấp huyện.",
        widget=forms.Select(attrs={"data-kc-select": ""}),
    )


class AnnounceForm(ConstrainedModelForm):
    """The day the result was announced: complaints are taken for 15 working days from then on (TT 26/2014 Đ20)."""

    constraint_fields = {"selection_round_decided_on_before_announced_on": "announced_on"}

    class Meta:
        model = SelectionRound
        formfield_callback = vietnamese_field
        fields = ["announced_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["announced_on"].required = True
