"""Reference data kept as CSV under fixtures/: read, and put into the database so that a second time changes nothing."""

import csv
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from khuyencong import services
from khuyencong.models import AdministrativeUnit, AgencyName, Holiday, Province, ProvinceLineage, UnitLineage

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
BATCH = 2000
DAYS = ("valid_from", "valid_to")
LOADING = 20250701  # the advisory lock of the one who loads places
PATIENCE = "110s"  # within the statement_timeout of the settings


def read(name) -> list[dict[str, str]]:
    """The rows of fixtures/<name>.csv, as text by column."""
    with (FIXTURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def upsert(model, key, rows, once=(), cleared=()) -> int:
    """Make the rows exist as given, found by the fields `key`; how many were added or changed.

    `rows`: dicts of field or attribute name (province_id) to text or value. Rows that are not given stay as they are. An
    empty value says nothing of a row that exists, but empties the fields of `cleared`; what stands in `once` belongs to
    the office after the row was added.
    """
    fields = {name: model._meta.get_field(name) for name in (rows[0] if rows else ())}
    wanted = [{name: _typed(fields[name], value) for name, value in row.items()} for row in rows]
    found = _found(model, key, wanted, cleared)
    new, changed = [], 0
    for values in wanted:
        kept = found.get(_key(values, key))
        if kept is None:
            new.append(model(**values))
        else:
            changed += _change(kept, values, once, cleared)
    _add(model, new)
    return len(new) + changed


def _key(values, names):
    return tuple(values[name] for name in names)


def _found(model, key, wanted, cleared):
    """The row for each key that is wanted.

    Where one wanted key and one row are left over that differ only in a field of `cleared`, that field was changed: the
    row is the one that is wanted.
    """
    rows = {_key(vars(row), key): row for row in model.objects.all()}
    asked = {_key(values, key): values for values in wanted}
    steady = [name for name in key if name not in cleared]
    if steady != key:
        lost = _alone((_key(values, steady), one) for one, values in asked.items() if one not in rows)
        spare = _alone((_key(vars(row), steady), row) for one, row in rows.items() if one not in asked)
        rows |= {lost[place]: spare[place] for place in lost.keys() & spare.keys()}
    return rows


def _alone(pairs):
    """{first: second} of the pairs whose first comes only once."""
    groups = defaultdict(list)
    for first, second in pairs:
        groups[first].append(second)
    return {first: seconds[0] for first, seconds in groups.items() if len(seconds) == 1}


def _change(kept, values, once, cleared):
    changed = {
        name: value
        for name, value in values.items()
        if name not in once and (value not in (None, "") or name in cleared) and getattr(kept, name) != value
    }
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


@transaction.atomic
def load() -> int:
    """Places as they were and are, from which each came, names of agencies, days off; how many rows were added or changed.

    Who loads at the same time waits for the first. Ends with every deferred rule checked, so that a file which breaks
    one is refused here.
    """
    _wait_for_turn()
    changed = upsert(Province, ["code", "valid_from"], read("provinces"), cleared=DAYS)
    provinces = _ids(Province)
    changed += upsert(ProvinceLineage, ["predecessor_id", "successor_id"], _links("lineage", provinces))
    changed += _load_units(provinces)
    if changed:
        services.derive_communes_today()
        services.rebuild_all_keys()
    agencies = [_in_province(row, provinces) for row in read("agencies")]
    changed += upsert(AgencyName, ["kind", "province_id", "name"], agencies, cleared=DAYS)
    changed += upsert(Holiday, ["day"], read("holidays"), once=["name", "is_working", "document", "is_verified"])
    connection.check_constraints()
    return changed


def _wait_for_turn():
    """Until the transaction ends, no other one gets past this line; a wait beyond `PATIENCE` is an OperationalError."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def _load_units(provinces):
    """Districts before their communes, then from which commune each came."""
    level, key, cleared = AdministrativeUnit.Level, ["code", "valid_from"], [*DAYS, "parent_id"]
    districts = [_in_province(row, provinces) | {"level": level.DISTRICT} for row in read("districts")]
    changed = upsert(AdministrativeUnit, key, districts, cleared=cleared)
    parents = {code: pk for (code, _), pk in _ids(AdministrativeUnit).items() if len(code) == 3} | {"": None}
    communes = [_in_province(row, provinces) | {"level": level.COMMUNE} for row in read("communes")]
    for row in communes:
        row["parent_id"] = parents[row.pop("district")]
    changed += upsert(AdministrativeUnit, key, communes, cleared=cleared)
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
