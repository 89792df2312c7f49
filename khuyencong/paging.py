"""Paging that costs the same on the first page and on the thousandth: by the last row seen, not by counting rows."""

import base64
import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q

from khuyencong.money import format_amount

PAGE_SIZE = 50
COUNTED_UP_TO = 10_000


@dataclass(frozen=True)
class Page:
    """Rows and the way to their neighbours; `first` and `last` are ordinals, `count_label` is '94' or 'hơn 10.000'."""

    rows: list
    first: int | None
    last: int | None
    count_label: str
    previous_url: str | None
    next_url: str | None


def count_label(queryset):
    """How many rows, counted only as far as it stays quick."""
    count = queryset.order_by()[: COUNTED_UP_TO + 1].count()
    return f"hơn {format_amount(COUNTED_UP_TO)}" if count > COUNTED_UP_TO else format_amount(count)


def paginate(request, queryset, order, size=PAGE_SIZE):
    """The page that `?after=` or `?before=` names. `order`: field names, all ascending or all with '-', unique together."""
    cursor, backwards = _cursor(request.GET, queryset.model, order)
    offset = _offset(request.GET.get("from", "")) if cursor else 0
    ordered = queryset.order_by(*(_reversed(order) if backwards else order))
    if cursor:
        ordered = ordered.filter(_beyond(order, cursor, backwards))
    rows = list(ordered[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_previous, has_next = (more, True) if backwards else (bool(cursor), more)
    return Page(
        rows=rows,
        first=offset + 1 if rows else None,
        last=offset + len(rows) if rows else None,
        count_label=count_label(queryset),
        previous_url=_url(request, "before", rows[0], order, max(offset - size, 0)) if rows and has_previous else None,
        next_url=_url(request, "after", rows[-1], order, offset + len(rows)) if rows and has_next else None,
    )


def _reversed(order):
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def _beyond(order, cursor, backwards):
    """(a, b) beyond (x, y) as SQL that an index on (a, b) can answer."""
    descending = order[0].startswith("-") != backwards
    names = _names(order)
    strict, loose = ("lt", "lte") if descending else ("gt", "gte")
    found = Q(**{f"{names[-1]}__{strict}": cursor[-1]})
    for name, value in list(zip(names, cursor, strict=True))[-2::-1]:
        found = Q(**{f"{name}__{strict}": value}) | Q(**{name: value}) & found
    return Q(**{f"{names[0]}__{loose}": cursor[0]}) & found


def _offset(text):
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _cursor(query, model, order):
    """(values, backwards); a cursor that cannot be read means the first page."""
    backwards = "before" in query
    try:
        values = json.loads(base64.urlsafe_b64decode(query["before" if backwards else "after"][:2000]))
        fields = [model._meta.pk if name == "pk" else model._meta.get_field(name) for name in _names(order)]
        found = [field.to_python(value) for field, value in zip(fields, values, strict=True)]
    except (KeyError, TypeError, ValueError, RecursionError, ValidationError):
        return None, False
    readable = all(not isinstance(v, int) or abs(v) < 2**31 for v in found) and all("\0" not in str(v) for v in found)
    return (found, backwards) if readable and None not in found else (None, False)


def _names(order):
    return [name.lstrip("-") for name in order]


def _url(request, key, row, order, offset):
    values = [getattr(row, name.lstrip("-")) for name in order]
    query = request.GET.copy()
    for old in ("after", "before", "from"):
        query.pop(old, None)
    query[key] = base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode()
    query["from"] = str(offset)
    return f"?{query.urlencode()}"
