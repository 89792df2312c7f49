"""When two people edit one scheme: what the other changed is taken over and shown, what was typed is never lost.

A snapshot is what the page's fields hold, by field name; rows go by what they are about: "beneficiaries:<facility>".
"""

from dataclasses import dataclass

from django.core import signing
from django.forms import Select

from khuyencong.unit_fields import UnitField

ROWS = {"beneficiaries": ("facility", "proposed_amount"), "results": ("indicator", "planned")}


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
    """What an unbound editor's fields hold, as the browser sends it back."""
    state = {bound.html_name: _text(bound) for bound in _flat(editor)}
    for prefix, (about, value) in ROWS.items():
        for form in getattr(editor, prefix).initial_forms:
            state[f"{prefix}:{form[about].value()}"] = _text(form[value])
    return state


def merge(data, current):
    """(data for the form, what the other changed). `current`: an unbound editor of what is saved now."""
    data, base, now = data.copy(), unsign(data.get("base")), snapshot(current)
    labels = _labels(current)
    conflicts = []
    for bound in _flat(current):
        name = bound.html_name
        if name in base and base[name] != now[name]:
            mine = data.get(name, "").strip() != base[name]
            conflicts.append(Conflict(labels[name], _shown(bound, base[name]), _shown(bound, now[name]), mine))
            if not mine:
                data[name] = now[name]
    for prefix in ROWS:
        conflicts += _merge_rows(data, prefix, base, now, getattr(current, prefix))
    return data, tuple(conflicts) or (Conflict("Đề án", "", "vừa được người khác lưu, không đổi nội dung", False),)


def _merge_rows(data, prefix, base, now, formset):
    """Rebuild the rows of `prefix` in `data` from theirs and mine; return what they changed."""
    about, value = ROWS[prefix]
    theirs = {str(form[about].value()): form for form in formset.initial_forms}
    mine = _typed_rows(data, prefix, about, value)
    rows, conflicts = [], []
    for key in [*theirs, *(key for key in mine if key not in theirs)]:
        name = f"{prefix}:{key}"
        before, after = base.get(name, ""), now.get(name, "")
        typed, deleted = mine.get(key, (before, False))
        changed_by_me, changed_by_them = typed != before or deleted, before != after
        if changed_by_them:
            conflicts.append(Conflict(_row_label(formset, key), before, after or "đã bỏ", changed_by_me))
        if key in theirs or changed_by_me or not changed_by_them:
            keep = typed if changed_by_me else after
            rows.append((theirs[key].instance.pk if key in theirs else "", key, keep, deleted))
    _write_rows(data, prefix, rows, len(theirs))
    return conflicts


def _typed_rows(data, prefix, about, value):
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    numbers = range(min(int(total), 1000) if total.isdigit() else 0)
    return {
        data[f"{prefix}-{n}-{about}"]: (
            data.get(f"{prefix}-{n}-{value}", "").strip(),
            bool(data.get(f"{prefix}-{n}-DELETE")),
        )
        for n in numbers
        if data.get(f"{prefix}-{n}-{about}")
    }


def _write_rows(data, prefix, rows, initial):
    about, value = ROWS[prefix]
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), str(initial)
    for n, (pk, key, typed, deleted) in enumerate(rows):
        data[f"{prefix}-{n}-id"], data[f"{prefix}-{n}-{about}"], data[f"{prefix}-{n}-{value}"] = str(pk), key, typed
        data.pop(f"{prefix}-{n}-DELETE", None)
        if deleted:
            data[f"{prefix}-{n}-DELETE"] = "on"


def _flat(editor):
    """The fields that stand once on the page."""
    return [*editor.form, *(line["proposed_amount"] for line in editor.lines)]


def _labels(editor):
    labels = {bound.html_name: bound.label for bound in editor.form}
    return labels | {f["proposed_amount"].html_name: f"{f.instance.source}, đề nghị" for f in editor.lines}


def _row_label(formset, key):
    """The name of the facility or indicator of a row."""
    field = formset.empty_form.fields[ROWS[formset.prefix][0]]
    return next((str(label) for value, label in field.widget.choices if str(value) == key), f"mục {key}")


def _is_select(bound):
    return isinstance(bound.field.widget, Select)


def _text(bound):
    value = bound.value()
    if _is_select(bound):
        return "" if value is None else str(value)
    return str(bound.field.widget.format_value(value) or "")


def _shown(bound, text):
    """A select's label instead of its value."""
    if not _is_select(bound):
        return text
    if isinstance(bound.field, UnitField):
        return bound.field.label_of(text)
    return next((str(label) for value, label in bound.field.widget.choices if str(value) == text), text)
