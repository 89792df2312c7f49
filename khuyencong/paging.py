"""Paging that costs the same on the first page and on the thousandth: by the last row seen, not by counting rows."""

import base64
import binascii
import json
from dataclasses import dataclass

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
    cursor, backwards = _cursor(request.GET, len(order))
    offset = max(int(request.GET.get("from", 0)) if request.GET.get("from", "").isdigit() else 0, 0) if cursor else 0
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
    names = [name.lstrip("-") for name in order]
    strict, loose = ("lt", "lte") if descending else ("gt", "gte")
    found = Q(**{f"{names[-1]}__{strict}": cursor[-1]})
    for name, value in list(zip(names, cursor, strict=True))[-2::-1]:
        found = Q(**{f"{name}__{strict}": value}) | Q(**{name: value}) & found
    return Q(**{f"{names[0]}__{loose}": cursor[0]}) & found


def _cursor(query, length):
    """(values, backwards); a cursor that cannot be read means the first page."""
    backwards = "before" in query
    try:
        values = json.loads(base64.urlsafe_b64decode(query["before" if backwards else "after"]))
        valid = isinstance(values, list) and len(values) == length and all(isinstance(v, int | str) for v in values)
    except (KeyError, ValueError, binascii.Error):
        return None, False
    return (values, backwards) if valid else (None, False)


def _url(request, key, row, order, offset):
    values = [getattr(row, name.lstrip("-")) for name in order]
    query = request.GET.copy()
    for old in ("after", "before", "from"):
        query.pop(old, None)
    query[key] = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
    query["from"] = str(offset)
    return f"?{query.urlencode()}"
