"""The history of every row: written by triggers, so that no door can bypass it; read here as changes between versions."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import pghistory
from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from khuyencong import money

LABELS = {"insert": "Thêm", "update": "Sửa", "delete": "Xóa"}
OUTSIDE = "Máy chủ (ngoài cổng)"
SKIPPED = {"id", "created_at", "is_illustrative", "status_at", "status_by", "scheme", "carried", "replaced"}


def track(**options):
    """Keep every version of a model's rows, with who and why, also of those deleted."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options)


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, as a person reads them; `label` is the field's name on screen."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one row: when, who, why, of what, and what became of it."""

    at: datetime
    who: str
    reason: str
    action: str
    subject: str
    changes: tuple[Change, ...]

    @property
    def has_before(self):
        """Something was there before: not for a row that was added."""
        return any(change.before for change in self.changes)


def entries(*events) -> list[Entry]:
    """Changes, newest first, from event QuerySets such as `scheme.events.all()`. A fixed number of queries for each."""
    rows = [row for queryset in events for row in _load(queryset)]
    names = _names({_user_id(row) for row in rows})
    previous, found = {}, []
    for row in sorted(rows, key=lambda row: (row.pgh_created_at, row.pgh_id)):
        key = (row._meta.label, row.pgh_obj_id)
        entry = _entry(row, previous.get(key), names)
        previous[key] = row
        if entry.changes or entry.action != LABELS["update"]:
            found.append(entry)
    return found[::-1]


def choices(events, field, *, after=0) -> list[Entry]:
    """Changes of a many-to-many, newest first: one entry a save, with all that was chosen before and after it.

    `events` are those of the table between, of one row; `field` is the many-to-many. Only saves after the event `after`.
    """
    rows, found, chosen = _load(events), [], {}
    names = _names({_user_id(row) for row in rows})
    for _, group in groupby(rows, key=lambda row: (row.pgh_context_id, row.pgh_created_at)):
        save, before = list(group), _listed(chosen)
        for row in save:
            _choose(chosen, row, field)
        if save[-1].pgh_id > after and _listed(chosen) != before:
            change = Change(str(field.verbose_name), before, _listed(chosen))
            entry = _entry(save[-1], None, names)
            subject = str(field.model._meta.verbose_name)
            found.append(replace(entry, action=LABELS["update"], subject=subject, changes=(change,)))
    return found[::-1]


def _choose(chosen, row, field):
    chosen.pop(row.pgh_obj_id, None)
    if row.pgh_label != "delete":
        chosen[row.pgh_obj_id] = str(getattr(row, field.m2m_reverse_field_name()))


def _listed(chosen):
    return "; ".join(sorted(chosen.values()))


def _load(queryset):
    relations = [field.name for field in queryset.model._meta.fields if field.many_to_one and field.name != "pgh_obj"]
    return queryset.order_by("pgh_id").select_related(*relations)


def _user_id(row):
    return row.pgh_context.metadata.get("user") if row.pgh_context else None


def _names(ids):
    people = apps.get_model("khuyencong.User").objects.filter(pk__in=ids - {None})
    return {person.pk: f"{person} ({person.get_role_display()})" for person in people}


def _entry(row, before, names):
    tracked = row.pgh_tracked_model
    return Entry(
        at=row.pgh_created_at,
        who=names.get(_user_id(row), OUTSIDE),
        reason=(row.pgh_context.metadata.get("reason") or "") if row.pgh_context else "",
        action=LABELS.get(row.pgh_label, row.pgh_label),
        subject=_subject(row, tracked),
        changes=() if row.pgh_label == "delete" else tuple(_changes(row, before, tracked)),
    )


def _subject(row, tracked):
    """'dòng kinh phí: Ngân sách tỉnh': the part's own name, for rows that have one."""
    for name in ("source", "facility", "indicator"):
        if hasattr(row, f"{name}_id"):
            return f"{tracked._meta.verbose_name}: {getattr(row, name)}"
    return str(tracked._meta.verbose_name)


def _changes(row, before, tracked):
    for field in tracked._meta.fields:
        if field.name in SKIPPED or not _has(row, field):
            continue
        old, new = (shown(before, field) if before else ""), shown(row, field)
        if old != new:
            yield Change(str(field.verbose_name), old, new)


def _has(row, field):
    return any(field.name == kept.name for kept in row._meta.fields)


def shown(row, field) -> str:
    """The value of `field` in `row` as a person reads it; '' when empty."""
    value = getattr(row, field.name)
    if value in (None, ""):
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(value, "DATE_FORMAT")
    if isinstance(field, models.DecimalField):
        return money.format_decimal(value, 0 if value == int(value) else field.decimal_places)
    return str(value)
