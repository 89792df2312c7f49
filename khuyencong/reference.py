"""Reference data kept as CSV under fixtures/: read, and put into the database so that a second time changes nothing."""

import csv
from pathlib import Path

from django.conf import settings

from khuyencong.models import Province, ProvinceLineage

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def read(name) -> list[dict[str, str]]:
    """The rows of fixtures/<name>.csv, as text by column."""
    with (FIXTURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def upsert(model, key, rows, once=()) -> int:
    """Make the rows exist as given, found by the fields `key`; how many were added or changed.

    `rows`: dicts of field or attribute name (province_id) to text or value. Rows that are not given stay as they are. An
    empty value says nothing of a row that exists; what stands in `once` belongs to the office after the row was added.
    """
    found = {tuple(getattr(row, name) for name in key): row for row in model.objects.all()}
    return sum(_put(model, key, found, row, once) for row in rows)


def _put(model, key, found, row, once):
    values = {name: _typed(model._meta.get_field(name), value) for name, value in row.items()}
    natural = tuple(values[name] for name in key)
    kept = found.get(natural)
    if kept is None:
        found[natural] = model.objects.create(**values)
        return True
    said = {name: value for name, value in values.items() if name not in once and value not in (None, "")}
    changed = {name: value for name, value in said.items() if getattr(kept, name) != value}
    for name, value in changed.items():
        setattr(kept, name, value)
    if changed:
        kept.save()
    return bool(changed)


def _typed(field, value):
    return None if value == "" and field.null else field.to_python(value)


def load() -> int:
    """Provinces as they were and are, and from which each came; how many rows were added or changed."""
    changed = upsert(Province, ["code", "valid_from"], read("provinces"))
    ids = {(code, f"{day:%Y-%m-%d}"): pk for pk, code, day in Province.objects.values_list("pk", "code", "valid_from")}
    links = [
        {
            "predecessor_id": ids[row["predecessor"], row["predecessor_from"]],
            "successor_id": ids[row["successor"], row["successor_from"]],
            "kind": row["kind"],
        }
        for row in read("lineage")
    ]
    return changed + upsert(ProvinceLineage, ["predecessor_id", "successor_id"], links)
