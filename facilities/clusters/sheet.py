"""Half-yearly figures of many clusters on one screen, like a spreadsheet: saved together or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from facilities.clusters.figures_forms import NUMBERS, FiguresForm
from facilities.models import ClusterFigures, IndustrialCluster
from khuyencong.forms import saving
from khuyencong.periods import HalfYear, PeriodError, parse_period

CHOICES = 12
HEADINGS = ("Đã thuê", "Dự án", "FDI", "Hoạt động", "Lao động", "Doanh thu", "Nộp NSNN", "Vốn lũy kế")  # of NUMBERS
WASTEWATER = (("none", "Chưa có"), ("invested", "Đã, đang"), ("standard", "Đạt chuẩn"))
Versions = ClusterFigures.pgh_event_model


def current_half(today) -> HalfYear:
    """The half-year of `today`."""
    return HalfYear(today.year, 1 if today.month <= 6 else 2)


def halves_until(today) -> list[HalfYear]:
    """The half-years that can be entered, newest first."""
    found = [current_half(today)]
    while len(found) < CHOICES:
        found.append(found[-1].previous())
    return found


def asked_half(query) -> HalfYear:
    """The half-year that `?period=2026-H1` names; without a readable one that of today."""
    try:
        period = parse_period(query.get("period", ""))
    except PeriodError:
        period = None
    return period if isinstance(period, HalfYear) and period.year >= 2000 else current_half(timezone.localdate())


@dataclass
class SheetRow:
    """A cluster and its form; `seen` is the version that the form was drawn from, 0 when nothing was saved yet."""

    cluster: IndustrialCluster
    form: FiguresForm
    seen: str

    @property
    def cells(self):
        """(box, heading) of every number."""
        return [(self.form[name], heading) for name, heading in zip(NUMBERS, HEADINGS, strict=True)]


def _prefix(cluster):
    return f"c{cluster.pk}"


def _shape_as_row(form, cluster):
    """Short choices, no note; each box says aloud what it is of which cluster."""
    del form.fields["note"]
    form.fields["wastewater"].choices = WASTEWATER
    for name, heading in zip((*NUMBERS, "wastewater"), (*HEADINGS, "Nước thải"), strict=True):
        form.fields[name].widget.attrs["aria-label"] = f"{heading}, {cluster.name}"


class FiguresSheet:
    """The rows of `clusters` for `half`; `data` is what was posted. Without `with_note` the notes stay as they are."""

    headings = HEADINGS

    def __init__(self, clusters, half, data=None, *, with_note=False):
        self.half, self.data, self.with_note = half, data, with_note
        self.clusters = list(clusters)
        saved, before = self._figures(half), self._figures(half.previous())
        versions = self._posted_versions() if data else self._versions()
        shown = self._shown(versions) if data else saved
        self.rows = [
            self._row(cluster, saved.get(cluster.pk), shown.get(cluster.pk), before.get(cluster.pk), versions)
            for cluster in self.clusters
        ]

    def _row(self, cluster, saved, shown, before, versions):
        """`shown` is what the boxes held when the page was opened: only what differs from it was typed."""
        instance = saved or ClusterFigures(year=self.half.year, half=self.half.number)
        instance.cluster = cluster
        form = FiguresForm(
            self.data,
            instance=instance,
            initial=FiguresForm.shown_of(shown, before),
            prefix=_prefix(cluster),
            previous=before,
            empty_permitted=True,
            use_required_attribute=False,
        )
        if not self.with_note:
            _shape_as_row(form, cluster)
        return SheetRow(cluster, form, str(versions.get(cluster.pk, 0)))

    def _posted_versions(self):
        """Cluster id -> the version that its row was drawn from, as the page says."""
        posted = {cluster.pk: self.data.get(f"{_prefix(cluster)}-seen", "") for cluster in self.clusters}
        return {pk: int(seen) for pk, seen in posted.items() if seen.isdecimal() and len(seen) < 19}

    def _shown(self, versions):
        """Cluster id -> what stood in its row at these versions; a row that was deleted then stood empty."""
        found = Versions.objects.filter(pk__in=versions.values()).exclude(pgh_label="delete")
        return {row.cluster_id: row for row in found if versions.get(row.cluster_id) == row.pk}

    def _figures(self, half):
        found = ClusterFigures.objects.filter(cluster__in=self.clusters, year=half.year, half=half.number)
        return {row.cluster_id: row for row in found}

    def _versions(self):
        """Cluster id -> newest version of its figures of the half-year, also of those deleted."""
        events = Versions.objects.filter(cluster__in=self.clusters, year=self.half.year, half=self.half.number)
        return dict(events.order_by().values_list("cluster").annotate(Max("pgh_id")))

    @property
    def faulty(self):
        """The rows that could not be saved."""
        return [row for row in self.rows if row.form.is_bound and row.form.errors]

    def save(self):
        """How many rows were changed; None when one was refused: then nothing is saved, and every row says what is wrong."""
        changed = [row for row in self.rows if row.form.has_changed()]
        with transaction.atomic():
            self._lock(changed)
            for row in changed:
                self._save(row)
            if self.faulty:
                transaction.set_rollback(True)
        return None if self.faulty else len(changed)

    def _lock(self, rows):
        """One person after the other; who did not see the newest is told, and has seen it then."""
        ids = [row.cluster.pk for row in rows]
        list(IndustrialCluster.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
        versions, saved = self._versions(), self._figures(self.half)
        for row in rows:
            newest = str(versions.get(row.cluster.pk, 0))
            if row.seen != newest:
                row.form.refuse_stale(saved.get(row.cluster.pk))
                row.seen = newest

    @staticmethod
    def _save(row):
        if not row.form.errors:
            with saving(row.form):
                row.form.save_or_drop()
