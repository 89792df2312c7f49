"""The figures of one year of all beneficiaries of a scheme: typed on one page, saved together or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from khuyencong.forms import saving
from programmes.models import MonitoringRecord, Scheme, SchemeBeneficiary
from programmes.models.monitoring import BEGUN, FINISHED
from programmes.monitoring.due import FOLLOWED_YEARS, last_closed_year
from programmes.monitoring.forms import CommonSourceForm, MonitoringForm

YEARS_BEFORE = 3
Versions = MonitoringRecord.pgh_event_model


def years_of(scheme, day) -> list[int]:
    """The years that can be entered on `day`, oldest first: some before the support, then those after acceptance."""
    closed = last_closed_year(day)
    before = range(scheme.year - YEARS_BEFORE + 1, scheme.year + 1) if scheme.status in BEGUN else ()
    first = max(scheme.year + 1, scheme.accepted_on.year if scheme.accepted_on else 0)
    after = range(first, scheme.year + FOLLOWED_YEARS + 1) if scheme.status in FINISHED else ()
    return [year for year in (*before, *after) if year <= closed]


def usual_year(scheme, years) -> int:
    """The year that is most likely meant: the newest after the support, else the one before the scheme's."""
    after = [year for year in years if year > scheme.year]
    return after[-1] if after else min(scheme.year - 1, years[-1])


@dataclass
class SheetRow:
    """A benefit and its form. `seen`: the version that the form was drawn from, 0 when nothing was saved yet.

    `other`: the record from before the support when it is of another year; then there is no form.
    """

    benefit: SchemeBeneficiary
    form: MonitoringForm | None
    seen: str = "0"
    other: MonitoringRecord | None = None


class MonitoringSheet:
    """Rows of the benefits of `scheme` for `year`; `data` is what was posted. Years up to the scheme's are before it."""

    def __init__(self, scheme, year, by, data=None):
        self.scheme, self.year, self.by, self.data = scheme, year, by, data
        self.common = CommonSourceForm(data, prefix="common", initial={"figures_source": self._last_source()})
        self.benefits = list(scheme.beneficiaries.select_related("facility"))
        records = MonitoringRecord.objects.filter(benefit__in=self.benefits).in_order()
        versions = self._posted_versions() if data else self._versions()
        shown = self._shown(versions) if data else None
        self.rows = [
            self._row(one, [r for r in records if r.benefit_id == one.pk], versions, shown) for one in self.benefits
        ]

    @property
    def is_before(self):
        return self.year <= self.scheme.year

    @property
    def entered(self):
        """Rows that can be filled in."""
        return [row for row in self.rows if row.form is not None]

    @property
    def faulty(self):
        """Rows that could not be saved."""
        return [row for row in self.entered if row.form.is_bound and row.form.errors]

    def save(self):
        """How many rows were changed; None when one was refused: then nothing is saved, and every row says what is wrong."""
        changed = [row for row in self.entered if row.form.has_changed()]
        with transaction.atomic():
            self._lock(changed)
            for row in changed:
                if not row.form.errors:
                    with saving(row.form):
                        row.form.save_or_drop(self.by)
            if self.faulty:
                transaction.set_rollback(True)
        return None if self.faulty else len(changed)

    def _row(self, benefit, records, versions, shown):
        saved = next((one for one in records if one.year == self.year), None)
        other = next((one for one in records if one.is_before), None) if self.is_before and saved is None else None
        if other:
            return SheetRow(benefit, None, other=other)
        previous = next((one for one in reversed(records) if one.year < self.year), None)
        instance = saved or MonitoringRecord(year=self.year, is_before=self.is_before, recorded_by=self.by)
        instance.benefit = benefit
        drawn_from = saved if shown is None else shown.get(benefit.pk)
        form = MonitoringForm(
            self.data,
            instance=instance,
            initial=MonitoringForm.shown_of(drawn_from, previous),
            prefix=f"b{benefit.pk}",
            previous=previous,
            common_source=self._common_source(),
            empty_permitted=True,
            use_required_attribute=False,
        )
        return SheetRow(benefit, form, str(versions.get(benefit.pk, 0)))

    def _common_source(self):
        return self.common.cleaned_data["figures_source"].strip() if self.data and self.common.is_valid() else ""

    def _last_source(self):
        """What was named as the source of this year's figures before."""
        records = MonitoringRecord.objects.filter(benefit__scheme=self.scheme, year=self.year)
        return records.order_by("-recorded_at").values_list("figures_source", flat=True).first() or ""

    def _posted_versions(self):
        """Benefit id -> the version that its row was drawn from, as the page says."""
        posted = {one.pk: self.data.get(f"b{one.pk}-seen", "") for one in self.benefits}
        return {pk: int(seen) for pk, seen in posted.items() if seen.isdecimal() and len(seen) < 19}

    def _shown(self, versions):
        """Benefit id -> what stood in its row at these versions; a row that was deleted then stood empty."""
        found = Versions.objects.filter(pk__in=versions.values()).exclude(pgh_label="delete")
        return {row.benefit_id: row for row in found if versions.get(row.benefit_id) == row.pk}

    def _versions(self):
        """Benefit id -> newest version of its figures of the year, also of those deleted."""
        events = Versions.objects.filter(benefit__in=self.benefits, year=self.year)
        return dict(events.order_by().values_list("benefit").annotate(Max("pgh_id")))

    def _lock(self, rows):
        """One person after the other; who did not see the newest is told, and has seen it then."""
        Scheme.objects.select_for_update(of=("self",)).get(pk=self.scheme.pk)
        versions = self._versions()
        saved = {
            one.benefit_id: one for one in MonitoringRecord.objects.filter(benefit__in=self.benefits, year=self.year)
        }
        for row in rows:
            newest = str(versions.get(row.benefit.pk, 0))
            if row.seen != newest:
                row.form.refuse_stale(saved.get(row.benefit.pk))
                row.seen = newest
