"""What changed between two sendings of a scheme, from the history that the database keeps."""

from dataclasses import dataclass, field
from datetime import datetime

from khuyencong.history import shown
from programmes.enums import UNDER_REVIEW, Status
from programmes.models import Scheme
from programmes.reviewing.places import FIELDS, PARTS, field_label

ADDED, REMOVED, CHANGED, SAME = "thêm mới", "đã bỏ", "đã sửa", ""


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the scheme: what stood there at the sending before, what stands there now, what was said about it."""

    code: str
    label: str
    before: str
    after: str
    mark: str
    comments: list = field(default_factory=list)

    @property
    def is_of_interest(self):
        """Changed, or a reviewer had asked for something here."""
        return bool(self.mark or self.comments)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sendings side by side: groups of rows [(title, [Row])]; `general`: comments on no place that is shown."""

    before_at: datetime
    after_at: datetime
    groups: list
    general: list

    @property
    def is_same(self):
        """Sent again without a change."""
        return not any(row.mark for _, rows in self.groups for row in rows)

    @property
    def changed(self):
        """The groups with only the rows that changed or were commented on."""
        found = [(title, [row for row in rows if row.is_of_interest]) for title, rows in self.groups]
        return [(title, rows) for title, rows in found if rows]

    @property
    def unchanged(self):
        found = [(title, [row for row in rows if not row.is_of_interest]) for title, rows in self.groups]
        return [(title, rows) for title, rows in found if rows]


def sendings(scheme):
    """The versions of the scheme as it was sent, oldest first, one a sending: the first that carries its moment."""
    events = scheme.events.filter(submitted_at__isnull=False, status=Status.SUBMITTED)
    relations = [one.name for one in Scheme._meta.fields if one.many_to_one and one.name in FIELDS]
    events = events.order_by("submitted_at", "pgh_id").distinct("submitted_at")
    return list(events.select_related(*relations))


def compare(scheme, comments) -> Comparison | None:
    """The sending under review against the one that was returned last, else the one before it.

    None when it is the first, or nothing is under review.

    `comments`: ReviewComments of the scheme. As many queries for any number of parts.
    """
    if scheme.status not in UNDER_REVIEW:
        return None
    sent = sendings(scheme)
    if len(sent) < 2:
        return None
    before, after = _returned(scheme, sent[:-1]) or sent[-2], sent[-1]
    said = {}
    for comment in comments:
        if comment.submitted_at == before.submitted_at:
            said.setdefault(comment.field, []).append(comment)
    groups = [("Đề án", [_field_row(name, before, after, said) for name in FIELDS])]
    groups += [(part.title, _part_rows(part, scheme, before, after, said)) for part in PARTS]
    return Comparison(before.submitted_at, after.submitted_at, groups, [one for rest in said.values() for one in rest])


def _returned(scheme, sent):
    """The sending that the last return answered: one taken back since then was never read. None without a return."""
    returned = scheme.events.filter(status=Status.RETURNED).order_by("-pgh_id")
    moment = returned.values_list("submitted_at", flat=True).first()
    return next((one for one in sent if one.submitted_at == moment), None)


def _field_row(name, before, after, said):
    old, new = (shown(one, Scheme._meta.get_field(name)) for one in (before, after))
    return Row(name, field_label(name), old, new, CHANGED if old != new else SAME, said.pop(name, []))


def _part_rows(part, scheme, before, after, said):
    old, new = (_rows_at(part, scheme, one.submitted_at) for one in (before, after))
    codes = [*new, *(code for code in old if code not in new)]
    return [row for code in codes for row in _cells(part, code, old.get(code), new.get(code), said.pop(code, []))]


def _rows_at(part, scheme, moment):
    """{code: version} of the part's rows as they stood at `moment`: the last version of each, unless it was deleted."""
    events = part.model.pgh_event_model.objects.filter(scheme_id=scheme.pk, pgh_created_at__lte=moment)
    events = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").select_related(*part.relations)
    return {part.code_of(row): row for row in events if row.pgh_label != "delete"}


def _cells(part, code, old, new, comments):
    """A row for each field of one part; a part that came or went is one that came or went in its first field."""
    label, mark = part.label_of(new or old), ADDED if old is None else REMOVED if new is None else SAME
    if not part.fields:
        return [Row(code, label, "có" if old else "", "có" if new else "", mark, comments)]
    rows = []
    for name in part.fields:
        described = part.model._meta.get_field(name)
        texts = [shown(one, described) if one else "" for one in (old, new)]
        changed = mark or (CHANGED if texts[0] != texts[1] else SAME)
        if any(texts):
            rows.append(
                Row(
                    code,
                    f"{label}: {described.verbose_name}",
                    *texts,
                    changed if texts[0] != texts[1] else mark,
                    [] if rows else comments,
                )
            )
    return rows
