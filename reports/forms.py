"""What a person chooses when asking for a report."""

from django import forms
from django.db.models import F
from django.utils import timezone

from khuyencong.boundaries import Boundaries, LineageMap
from khuyencong.forms import ConstrainedModelForm, vietnamese_field
from khuyencong.models import Province
from khuyencong.refusals import RefusedError
from reports import kinds
from reports.coverage import Coverage
from reports.models import Report

TOO_LATE = "Ngày số liệu không được ở tương lai."
TOO_EARLY = "Ngày số liệu phải từ {:%d/%m/%Y}, ngày đầu của kỳ, trở đi."


class ReportForm(ConstrainedModelForm):
    """One kind of report: whose, by which boundaries, of which period, by decisions up to which day."""

    kind = forms.ChoiceField(choices=kinds.choices, widget=forms.HiddenInput)
    period = forms.ChoiceField(label="Kỳ báo cáo")

    class Meta:
        model = Report
        formfield_callback = vietnamese_field
        fields = ["kind", "province", "boundaries", "period", "cut_off"]
        help_texts = {"province": ""}

    def __init__(self, *args, user, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.report_kind, self.today = user, kind, timezone.localdate()
        self.initial |= {"kind": kind.key, "cut_off": self.today}
        self._offer_territories(LineageMap.of_provinces())
        self._offer_periods()

    def _offer_territories(self, lineage):
        """A place under its newest name only; chosen beforehand are the person's own and the boundaries that fit it."""
        field, own = self.fields["province"], self.user.province_id
        field.queryset = territories(self.user, lineage)
        field.required = own is not None
        field.empty_label = None if field.required else "Toàn quốc"
        if not field.required:
            field.widget.attrs["data-kc-select"] = ""
        own = own and lineage.group(own, Boundaries.AS_WAS)
        self.initial |= {"province": own, "boundaries": default_boundaries(own, lineage)}
        if not self.report_kind.has_boundaries:
            self.fields["boundaries"].widget = forms.HiddenInput()
            self.initial["boundaries"] = Boundaries.AS_WAS

    def _offer_periods(self):
        """Chosen beforehand: the newest one that is over and has figures, else today's."""
        self.periods = {one.code: one for one in self.report_kind.offered_periods(self.today)}
        over = [one for one in self.periods.values() if one.end < self.today]
        current = [one for one in self.periods.values() if one.end >= self.today]
        newest = self.report_kind.newest_year(self.user, current[-1].start.year if current else self.today.year + 1)
        chosen = next((one for one in reversed(over) if newest in one.years), (current or over)[-1])
        self.initial["period"] = chosen.code
        self.fields["period"].choices = [(one.code, _capital(one.label)) for one in reversed(self.periods.values())]

    def clean_period(self):
        """The period itself; the row's is set before the rules about the whole row are asked."""
        self.instance.period = self.periods[self.cleaned_data["period"]]
        return self.instance.period

    def clean(self):
        cleaned = super().clean()
        period, cut_off = cleaned.get("period"), cleaned.get("cut_off")
        if cut_off and cut_off > self.today:
            self.add_error("cut_off", TOO_LATE)
        if period and cut_off and cut_off < period.start:
            self.add_error("cut_off", TOO_EARLY.format(period.start))
        if not self.errors:
            self._check_coverage(cleaned)
        return cleaned

    def _check_coverage(self, cleaned):
        """The place stands in the row under its name of the period, as the report will call it."""
        coverage = Coverage(cleaned["province"], cleaned["boundaries"])
        try:
            self.report_kind.check_boundaries(cleaned["boundaries"])
            coverage.check(cleaned["period"])
        except RefusedError as error:
            self.add_error("province", str(error))
        else:
            cleaned["province"] = coverage.named_in(cleaned["period"], self.today)

    def check_constraints(self):
        """Not without a period: the row's would be empty, which its field has said already."""
        if "period" not in self.errors:
            super().check_constraints()

    def running(self):
        """The same report that is being built right now, when that is why this one was refused."""
        row = self.instance
        same = {"kind": row.kind, "province": row.province_id, "boundaries": row.boundaries}
        return Report.objects.visible_to(self.user).in_flight().filter(period_code=row.period_code, **same).first()


def territories(user, lineage):
    """Provinces that a report can be about: today's and those merged since, each place once under its newest name."""
    found = Province.objects.visible_to(user)
    newest = {lineage.group(pk, Boundaries.AS_WAS) for pk in found.values_list("pk", flat=True)}
    return found.filter(pk__in=newest).order_by(F("valid_to").desc(nulls_first=True), "sort_key", "pk")


def default_boundaries(province_id, lineage):
    """Of today for a province that others became a part of, else of the time."""
    swallowed = province_id and lineage.within(province_id) - lineage.same_place(province_id)
    return Boundaries.TODAY if swallowed else Boundaries.AS_WAS


def _capital(label):
    return label[:1].upper() + label[1:]
