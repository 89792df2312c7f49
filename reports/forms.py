"""What a person chooses when asking for a report."""

from django import forms
from django.db.models import F, Q
from django.utils import timezone

from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province, ProvinceLineage
from khuyencong.periods import FiveYears
from reports import kinds, sources
from reports.models import Report

FIRST_PERIOD = 2011
SAME_PLACE = [ProvinceLineage.Kind.UNCHANGED, ProvinceLineage.Kind.STATUS]
TOO_LATE = "Ngày số liệu không được ở tương lai."
TOO_EARLY = "Ngày số liệu phải từ {:%d/%m/%Y}, ngày đầu của giai đoạn, trở đi."
GONE = "{} không còn là đơn vị hành chính trong {}. Hãy chọn đơn vị hiện nay."


def five_year_periods(today):
    """From 2011 - 2015 to the one of today."""
    return [FiveYears(year) for year in range(FIRST_PERIOD, today.year + 1, 5)]


def territories(user):
    """Provinces that a report can be about: today's and those merged since, each place once."""
    once = ~Q(successor_links__kind__in=SAME_PLACE) | Q(pk=user.province_id)
    found = Province.objects.visible_to(user).filter(once).distinct()
    return found.order_by(F("valid_to").desc(nulls_first=True), "sort_key", "pk")


class ReportForm(ConstrainedModelForm):
    """Whose report, of which five years, by decisions up to which day."""

    kind = forms.ChoiceField(choices=[(kind.key, kind.title) for kind in kinds.CATALOGUE.values()])
    period = forms.ChoiceField(label="Giai đoạn")

    class Meta:
        model = Report
        formfield_callback = vietnamese_field
        fields = ["kind", "province", "period", "cut_off"]
        help_texts = {"province": ""}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, timezone.localdate()
        if len(kinds.CATALOGUE) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
        self.initial |= {"kind": next(iter(kinds.CATALOGUE)), "cut_off": self.today, "province": user.province_id}
        self._offer_territories()
        self._offer_periods()

    def _offer_territories(self):
        field = self.fields["province"]
        field.queryset = territories(self.user)
        field.required = self.user.province_id is not None
        field.empty_label = None if field.required else "Toàn quốc"
        if not field.required:
            field.widget.attrs["data-kc-select"] = ""

    def _offer_periods(self):
        """Chosen beforehand: the newest one that is over and has schemes, else today's."""
        *over, current = five_year_periods(self.today)
        newest = sources.newest_year(self.user, before=current.year)
        chosen = next((period for period in over if newest in period.years), current)
        self.initial["period"] = chosen.code
        self.fields["period"].choices = [(one.code, f"{one.year} - {one.last_year}") for one in (*over, current)]

    def clean_period(self):
        """The period itself; the row's years are set before the rules about the whole row are asked."""
        period = next(one for one in five_year_periods(self.today) if one.code == self.cleaned_data["period"])
        self.instance.first_year, self.instance.last_year = period.years[0], period.years[-1]
        return period

    def clean(self):
        cleaned = super().clean()
        period, province, cut_off = (cleaned.get(name) for name in ("period", "province", "cut_off"))
        if cut_off and cut_off > self.today:
            self.add_error("cut_off", TOO_LATE)
        if period and cut_off and cut_off < period.start:
            self.add_error("cut_off", TOO_EARLY.format(period.start))
        if period and province and province.valid_to and province.valid_to < period.start:
            self.add_error("province", GONE.format(province.name, period.label))
        return cleaned

    def running(self):
        """The same report that is being built right now, when that is why this one was refused."""
        same = {"kind": self.instance.kind, "province": self.instance.province_id}
        same |= {"first_year": self.instance.first_year, "last_year": self.instance.last_year}
        return Report.objects.visible_to(self.user).in_flight().filter(**same).first()
