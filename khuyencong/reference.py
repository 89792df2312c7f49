"""Reference data kept as CSV under fixtures/: read, and put into the database so that a second time changes nothing."""

import csv
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from khuyencong import services
from khuyencong.models import AdministrativeUnit, AgencyName, Province, ProvinceLineage, UnitLineage

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
BATCH = 2000


def read(name) -> list[dict[str, str]]:
    """The rows of fixtures/<name>.csv, as text by column."""
    with (FIXTURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def upsert(model, key, rows, once=()) -> int:
    """Make the rows exist as given, found by the fields `key`; how many were added or changed.

    `rows`: dicts of field or attribute name (province_id) to text or value. Rows that are not given stay as they are. An
    empty value says nothing of a row that exists; what stands in `once` belongs to the office after the row was added.
    """
    fields = {name: model._meta.get_field(name) for name in (rows[0] if rows else ())}
    found = {tuple(getattr(row, name) for name in key): row for row in model.objects.all()}
    new, changed = [], 0
    for row in rows:
        values = {name: _typed(fields[name], value) for name, value in row.items()}
        kept = found.get(tuple(values[name] for name in key))
        if kept is None:
            new.append(model(**values))
        else:
            changed += _change(kept, values, once)
    _add(model, new)
    return len(new) + changed


def _change(kept, values, once):
    said = {name: value for name, value in values.items() if name not in once and value not in (None, "")}
    changed = {name: value for name, value in said.items() if getattr(kept, name) != value}
    for name, value in changed.items():
        setattr(kept, name, value)
    if changed:
        kept.save()
    return bool(changed)


def _add(model, rows):
    """With their related rows at hand, for keys that are derived from them.

    A trigger looks up the neighbours of each row. Without statistics of a table that has just begun to fill, PostgreSQL
    would read all of it each time: hence the index, whatever it costs, and then the statistics.
    """
    if not rows:
        return
    prefetch_related_objects(rows, *(field.name for field in model._meta.fields if field.is_relation))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        model.objects.bulk_create(rows, batch_size=BATCH)
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
        cursor.execute(f"ANALYZE {model._meta.db_table}")


def _typed(field, value):
    return None if value == "" and field.null else field.to_python(value)


def load() -> int:
    """Places as they were and are, from which each came, names of agencies; how many rows were added or changed.

    Ends with every deferred rule checked, so that a file which breaks one is refused here.
    """
    changed = upsert(Province, ["code", "valid_from"], read("provinces"))
    provinces = _ids(Province)
    changed += upsert(ProvinceLineage, ["predecessor_id", "successor_id"], _links("lineage", provinces))
    moved = _load_units(provinces)
    if moved:
        services.derive_communes_today()
    agencies = [_in_province(row, provinces) for row in read("agencies")]
    changed += upsert(AgencyName, ["kind", "province_id", "name"], agencies)
    connection.check_constraints()
    return changed + moved


def _load_units(provinces):
    """Districts before their communes, then from which commune each came."""
    level, key = AdministrativeUnit.Level, ["code", "valid_from"]
    districts = [_in_province(row, provinces) | {"level": level.DISTRICT} for row in read("districts")]
    changed = upsert(AdministrativeUnit, key, districts)
    parents = {code: pk for (code, _), pk in _ids(AdministrativeUnit).items() if len(code) == 3} | {"": None}
    communes = [_in_province(row, provinces) | {"level": level.COMMUNE} for row in read("communes")]
    for row in communes:
        row["parent_id"] = parents[row.pop("district")]
    changed += upsert(AdministrativeUnit, key, communes)
    links = _links("unit_lineage", _ids(AdministrativeUnit))
    return changed + upsert(UnitLineage, ["predecessor_id", "successor_id"], links)


def _ids(model):
    """(code, first day as text or '') -> primary key."""
    rows = model.objects.values_list("pk", "code", "valid_from")
    return {(code, f"{day:%Y-%m-%d}" if day else ""): pk for pk, code, day in rows}


def _in_province(row, provinces):
    """`row` with the id of the province that its code named from `province_from` on; none for an empty code."""
    named = {name: value for name, value in row.items() if name not in {"province", "province_from"}}
    return named | {"province_id": provinces[row["province"], row["province_from"]] if row["province"] else None}


def _links(name, ids):
    return [
        {
            "predecessor_id": ids[row["predecessor"], row["predecessor_from"]],
            "successor_id": ids[row["successor"], row["successor_from"]],
            "kind": row["kind"],
        }
        for row in read(name)
    ]
