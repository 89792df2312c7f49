"""When two people edit one scheme: what the other changed is taken over and shown, what was typed is never lost.

A snapshot is what the page's fields hold, by field name; rows go by what they are about: "beneficiaries:<facility>".
"""

from dataclasses import dataclass

from django.core import signing
from django.forms import CheckboxInput, Select, SelectMultiple

from khuyencong.unit_fields import UnitField

ROWS = {
    "beneficiaries": ("facility", ("proposed_amount", "cost_item", "base_cost", "is_priority", "priority_ground")),
    "results": ("indicator", ("planned",)),
}
TICKED = {"on": "có ưu tiên"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing somebody else changed: before, now, and whether the person had typed something else there."""

    label: str
    before: str
    now: str
    kept_mine: bool


def sign(state):
    return signing.Signer(salt="scheme-base").sign_object(state, compress=True)


def unsign(signed):
    """The snapshot taken when the page was opened; {} when it is missing or was tampered with."""
    try:
        return signing.Signer(salt="scheme-base").unsign_object(signed or "")
    except signing.BadSignature:
        return {}


def snapshot(editor):
    """What an unbound editor's fields hold, as the browser sends it back; of a row a list of texts."""
    state = {bound.html_name: _text(bound) for bound in _flat(editor)}
    for prefix, (about, fields) in ROWS.items():
        for form in getattr(editor, prefix).initial_forms:
            state[f"{prefix}:{form[about].value()}"] = [_text(form[field]) for field in fields]
    return state


def merge(data, current):
    """(data for the form, what the other changed). `current`: an unbound editor of what is saved now."""
    data, base, now = data.copy(), unsign(data.get("base")), snapshot(current)
    labels = _labels(current)
    conflicts = []
    for bound in _flat(current):
        name = bound.html_name
        if name in base and base[name] != now[name]:
            mine = _typed(data, bound) != base[name]
            conflicts.append(Conflict(labels[name], _shown(bound, base[name]), _shown(bound, now[name]), mine))
            if not mine:
                _put(data, bound, now[name])
    for prefix in ROWS:
        conflicts += _merge_rows(data, prefix, base, now, getattr(current, prefix))
    return data, tuple(conflicts) or (Conflict("Đề án", "", "vừa được người khác lưu, không đổi nội dung", False),)


def _typed(data, bound):
    """What the browser sent for a field, as `snapshot` writes it."""
    if isinstance(bound.field.widget, SelectMultiple):
        return ",".join(sorted(data.getlist(bound.html_name)))
    return data.get(bound.html_name, "").strip()


def _put(data, bound, text):
    if isinstance(bound.field.widget, SelectMultiple):
        data.setlist(bound.html_name, [value for value in text.split(",") if value])
    else:
        data[bound.html_name] = text


def _merge_rows(data, prefix, base, now, formset):
    """Rebuild the rows of `prefix` in `data` from theirs and mine; return what they changed."""
    about, fields = ROWS[prefix]
    theirs = {str(form[about].value()): form for form in formset.initial_forms}
    mine = _typed_rows(data, prefix, about, fields)
    rows, conflicts = [], []
    for key in [*theirs, *(key for key in mine if key not in theirs)]:
        name = f"{prefix}:{key}"
        before, after = base.get(name, []), now.get(name, [])
        typed, deleted = mine.get(key, (before, False))
        changed_by_me, changed_by_them = typed != before or deleted, before != after
        if changed_by_them:
            label = _row_label(formset, theirs.get(key), key)
            conflicts.append(Conflict(label, _row_shown(before), _row_shown(after) or "đã bỏ", changed_by_me))
        if key in theirs or changed_by_me or not changed_by_them:
            keep = typed if changed_by_me else after
            rows.append((theirs[key].instance.pk if key in theirs else "", key, keep, deleted))
    _write_rows(data, prefix, rows, len(theirs))
    return conflicts


def _typed_rows(data, prefix, about, fields):
    """{what a row is about: (its texts, whether it was removed)}."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    numbers = range(min(int(total), 1000) if total.isdigit() else 0)
    return {
        data[f"{prefix}-{n}-{about}"]: (
            [data.get(f"{prefix}-{n}-{field}", "").strip() for field in fields],
            bool(data.get(f"{prefix}-{n}-DELETE")),
        )
        for n in numbers
        if data.get(f"{prefix}-{n}-{about}")
    }


def _write_rows(data, prefix, rows, initial):
    about, fields = ROWS[prefix]
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), str(initial)
    for n, (pk, key, texts, deleted) in enumerate(rows):
        row = {"id": str(pk), about: key, **dict(zip(fields, texts, strict=False)), "DELETE": "on" if deleted else ""}
        for field, text in row.items():
            data[f"{prefix}-{n}-{field}"] = text


def _flat(editor):
    """The fields that stand once on the page."""
    return [*editor.form, *(line["proposed_amount"] for line in editor.lines), *editor.years]


def _labels(editor):
    labels = {bound.html_name: bound.label for bound in [*editor.form, *editor.years]}
    return labels | {f["proposed_amount"].html_name: f"{f.instance.source}, đề nghị" for f in editor.lines}


def _row_label(formset, theirs, key):
    """The name of the facility or indicator of a row."""
    field = (theirs or formset.empty_form).fields[ROWS[formset.prefix][0]]
    return next((str(label) for value, label in field.widget.choices if str(value) == key), f"mục {key}")


def _row_shown(texts):
    return " · ".join(TICKED.get(text, text) for text in texts if text)


def _is_select(bound):
    return isinstance(bound.field.widget, Select)


def _text(bound):
    """What a field holds, as a browser sends it: several values joined by a comma, a ticked box as 'on'."""
    value = bound.value()
    if isinstance(bound.field.widget, SelectMultiple):
        return ",".join(sorted(str(one) for one in value or ()))
    if isinstance(bound.field.widget, CheckboxInput):
        return "on" if value else ""
    if _is_select(bound):
        return "" if value is None else str(value)
    return str(bound.field.widget.format_value(value) or "")


def _shown(bound, text):
    """A select's labels instead of its values."""
    if isinstance(bound.field.widget, CheckboxInput):
        return "có" if text else "không"
    if not _is_select(bound):
        return text
    if isinstance(bound.field, UnitField):
        return bound.field.label_of(text)
    values = text.split(",") if isinstance(bound.field.widget, SelectMultiple) else [text]
    return ", ".join(str(label) for value, label in bound.field.widget.choices if str(value) in values) or text
