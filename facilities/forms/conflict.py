"""When two people edit one facility: what the other changed is shown and taken over, what was typed is never lost.

A snapshot is what the page's fields hold, by field name; a year's row stands as "years:2024", its cells joined.
"""

from dataclasses import dataclass

from django.core import signing
from django.forms import Select

from facilities.forms.years import FIGURES, PREFIX

TICKS = {"tax_code_checked", "is_another"}
CELLS = ("year", *FIGURES)
BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing somebody else saved meanwhile: when the page was opened, now, and in this page (`kept_mine`)."""

    label: str
    before: str
    now: str
    mine: str
    kept_mine: bool


def sign(state):
    return signing.Signer(salt="facility-base").sign_object(state, compress=True)


def unsign(signed):
    """The snapshot taken when the page was opened; {} when it is missing or was tampered with."""
    try:
        return signing.Signer(salt="facility-base").unsign_object(signed or "")
    except signing.BadSignature:
        return {}


def snapshot(form, years):
    """What unbound forms hold, as the browser sends it back."""
    flat = {bound.html_name: _text(bound) for bound in _flat(form)}
    return flat | {_key(row): row for row in (_row(_text(one[name]) for name in CELLS) for one in years.forms)}


def merge(data, form, years):
    """(data for the forms, what the other changed). `form`, `years`: unbound, of what is saved now."""
    data, base, now = data.copy(), unsign(data.get("base")), snapshot(form, years)
    conflicts = [one for bound in _flat(form) if (one := _merge_field(data, bound, base, now))]
    return data, conflicts + _merge_years(data, base, now)


def _merge_field(data, bound, base, now):
    name = bound.html_name
    before, after, mine = base.get(name, ""), now[name], data.get(name, "").strip()
    if before == after:
        return None
    kept_mine = mine not in {before, after}
    if not kept_mine:
        data[name] = after
    return Conflict(bound.label, *(_shown(bound, text) for text in (before, after, mine)), kept_mine)


def _merge_years(data, base, now):
    mine, conflicts = _typed(data), []
    keys = sorted({key for key in {*base, *now, *mine} if key.startswith(f"{PREFIX}:")}, reverse=True)
    for key in keys:
        before, after, typed = (state.get(key, "") for state in (base, now, mine))
        if before == after:
            continue
        kept_mine = typed not in {before, after}
        if not kept_mine:
            mine[key] = after
        label = f"Số liệu năm {key.removeprefix(f'{PREFIX}:')}"
        conflicts.append(Conflict(label, *(_cells(text) for text in (before, after, typed)), kept_mine))
    if conflicts:
        _write(data, [row for row in mine.values() if row])
    return conflicts


def _typed(data):
    """{key: row} of the years in the page; a row that was struck out is not there."""
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "0")
    numbers = range(min(int(total), 1000) if total.isdigit() else 0)
    kept = (n for n in numbers if not data.get(f"{PREFIX}-{n}-DELETE"))
    rows = (_row(data.get(f"{PREFIX}-{n}-{name}", "").strip() for name in CELLS) for n in kept)
    return {_key(row): row for row in rows if row.replace(BETWEEN, "")}


def _write(data, rows):
    for key in [key for key in data if key.startswith(f"{PREFIX}-")]:
        del data[key]
    data[f"{PREFIX}-TOTAL_FORMS"], data[f"{PREFIX}-INITIAL_FORMS"] = str(len(rows)), "0"
    for n, row in enumerate(rows):
        for name, value in zip(CELLS, row.split(BETWEEN), strict=True):
            data[f"{PREFIX}-{n}-{name}"] = value


def _row(texts):
    return BETWEEN.join(text.replace("|", "") for text in texts)


def _key(row):
    return f"{PREFIX}:{row.split(BETWEEN)[0]}"


def _cells(row):
    """The figures of a row without its year; '' for a row that is not there."""
    return BETWEEN.join(text or "—" for text in row.split(BETWEEN)[1:])


def _flat(form):
    return [bound for bound in form if bound.name not in TICKS]


def _text(bound):
    value = bound.value()
    if isinstance(bound.field.widget, Select):
        return "" if value is None else str(value)
    if bound.widget_type == "checkbox":
        return "on" if value else ""
    return str(bound.field.widget.format_value(value) or "")


def _shown(bound, text):
    """A select's label instead of its value, words for a tick."""
    if bound.widget_type == "checkbox":
        return "có" if text else "không"
    if not isinstance(bound.field.widget, Select) or not text:
        return text
    if hasattr(bound.field, "queryset"):
        found = bound.field.queryset.filter(pk=text).first() if text.isdecimal() else None
        return str(found) if found else text
    return str(dict(bound.field.choices).get(text, text))
