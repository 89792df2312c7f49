"""What counts for a facility: its own rows and those of the facilities that turned out to be it."""

from collections import defaultdict
from dataclasses import dataclass, replace

from facilities.models import Facility, FacilityMerge, FacilityYear
from facilities.services.merging import CHOICES
from khuyencong import history


def counted_for(relation, *facilities):
    """Rows of a relation to Facility ("benefits", "cluster_projects") that count for any of `facilities`."""
    ids = [facility.pk for facility in facilities]
    return Facility._meta.get_field(relation).related_model.objects.filter(
        facility__in=Facility.objects.filter(pk__in=ids) | Facility.objects.filter(merged_into__in=ids)
    )


def years_of(facility):
    """FacilityYear rows, one a year, newest first: the kept one's own where a duplicate has the year too."""
    rows = counted_for("years", facility).select_related("facility")
    found = {}
    for row in sorted(rows, key=lambda row: (row.facility_id != facility.pk, row.pk)):
        found.setdefault(row.year, row)
    return [found[year] for year in sorted(found, reverse=True)]


def former_names(facilities):
    """{id: "Tên cũ; Tên cũ khác"} of those of `facilities` into which others were merged, in one query."""
    rows = Facility.objects.filter(merged_into__in=[one.pk for one in facilities]).order_by("sort_key", "pk")
    found = defaultdict(dict)
    for into, name in rows.values_list("merged_into", "name"):
        found[into][name] = None
    return {pk: "; ".join(names) for pk, names in found.items()}


def panel(facility, user):
    """Context of merge_panel.html on a facility's page."""
    if facility.merged_into_id:
        return {"merged_into": facility.merged_into, "merges": [], "may_merge": False}
    merges = FacilityMerge.objects.standing().filter(duplicate__merged_into=facility).named()
    return {"merged_into": None, "merges": merges, "may_merge": user.has_perm("facilities.merge_facility")}


def history_of(facility):
    """History entries of a facility, of its merges and of those merged into it, newest first; duplicates are named."""
    merges = FacilityMerge.pgh_event_model.objects.filter(kept=facility)
    entries = history.entries(facility.events.all(), merges)
    for duplicate in facility.merged_from.all():
        subject = f"{Facility._meta.verbose_name}: {duplicate} (đã gộp)"
        entries += [replace(entry, subject=subject) for entry in history.entries(duplicate.events.all())]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


@dataclass(frozen=True)
class Amounts:
    """Of some benefits: how many, and đồng at each stage."""

    benefits: int = 0
    proposed: int = 0
    approved: int = 0

    def __add__(self, other):
        return Amounts(self.benefits + other.benefits, self.proposed + other.proposed, self.approved + other.approved)


@dataclass(frozen=True)
class Row:
    """Amounts under one status, or in all: of each of the two before, and together after."""

    label: str
    kept: Amounts
    duplicate: Amounts

    @property
    def together(self):
        return self.kept + self.duplicate


@dataclass(frozen=True)
class Choice:
    """One thing about a facility as both have it, in words; '' when empty. `name`: a key of CHOICES."""

    name: str
    label: str
    kept: str
    duplicate: str

    @property
    def differs(self):
        return self.kept != self.duplicate


@dataclass(frozen=True)
class Preview:
    """What a merge would bring together; see the fields of the page."""

    kept: Facility
    duplicate: Facility
    choices: list[Choice]
    rows: list[Row]
    total: Row
    schemes_of_both: list
    years: list[tuple[FacilityYear, FacilityYear]]
    projects: list
    carried: list[Facility]
    village: object


def preview(kept, duplicate, user):
    """Everything that will count for `kept`, of what `user` may see."""
    benefits = [_benefits(one, user) for one in (kept, duplicate)]
    rows = _rows(*benefits)
    return Preview(
        kept=kept,
        duplicate=duplicate,
        choices=[_choice(name, columns, kept, duplicate) for name, columns in CHOICES.items()],
        rows=rows,
        total=Row("Tổng", sum((r.kept for r in rows), Amounts()), sum((r.duplicate for r in rows), Amounts())),
        schemes_of_both=_of_both(*benefits),
        years=_years(kept, duplicate),
        projects=list(counted_for("cluster_projects", duplicate).select_related("cluster")),
        carried=list(duplicate.merged_from.order_by("sort_key", "pk")),
        village=getattr(duplicate, "village", None),
    )


def _benefits(facility, user):
    return list(counted_for("benefits", facility).visible_to(user).select_related("scheme"))


def _amounts(benefits):
    return Amounts(
        len(benefits),
        sum(int(one.proposed_amount) for one in benefits),
        sum(int(one.agreed_amount or 0) for one in benefits),
    )


def _rows(*benefits):
    """A Row for each status that a scheme of either has, in the order of the life of a scheme."""
    labels = {one.scheme.status: one.scheme.get_status_display() for some in benefits for one in some}
    order = [status for status, _ in benefits_statuses()] if labels else []
    return [
        Row(labels[status], *(_amounts([one for one in some if one.scheme.status == status]) for some in benefits))
        for status in order
        if status in labels
    ]


def benefits_statuses():
    """(value, label) of the statuses of a scheme, in the order of its life."""
    scheme = Facility._meta.get_field("benefits").related_model._meta.get_field("scheme").related_model
    return scheme._meta.get_field("status").choices


def _of_both(kept, duplicate):
    ids = {one.scheme_id for one in duplicate}
    return list({one.scheme_id: one.scheme for one in kept if one.scheme_id in ids}.values())


def _years(kept, duplicate):
    """Pairs (what counts, what does not) of the years that both declared."""
    mine = {row.year: row for row in years_of(kept)}
    return [(mine[row.year], row) for row in years_of(duplicate) if row.year in mine]


def _choice(name, columns, kept, duplicate):
    field = Facility._meta.get_field(name)
    label = "địa bàn" if name == "commune" else str(field.verbose_name)
    return Choice(name, label, *(_in_words(facility, columns) for facility in (kept, duplicate)))


def _in_words(facility, columns):
    if columns[0] == "commune_id":
        return facility.place
    fields = [Facility._meta.get_field(column.removesuffix("_id")) for column in columns]
    return ", ".join(words for words in (history.shown(facility, field) for field in fields) if words)
