"""Search, sort and name keys: what they are derived from may change without them, so they are compared and renewed."""

from django.apps import apps

from khuyencong.fields import DerivedTextField

CHUNK = 2000
FURTHER = ("commune__parent", "commune__province", "former_district__province")  # named by the keys of records


def key_fields(model) -> list[DerivedTextField]:
    """The fields of `model` that are derived from others at each save."""
    return [field for field in model._meta.fields if isinstance(field, DerivedTextField)]


def models_with_keys():
    """Models that have keys, without the tables of their history."""
    return [model for model in apps.get_models() if key_fields(model) and not hasattr(model, "pgh_tracked_model")]


def stale(rows):
    """(row, {key: what saving would write}) for each row of the QuerySet with a key that is not that; one query."""
    fields = key_fields(rows.model)
    for row in _with_places(rows):
        wanted = {field.name: _derived(field, row) for field in fields}
        if any(getattr(row, name) != value for name, value in wanted.items()):
            yield row, wanted


def paths(model) -> dict[str, type]:
    """{path: model} of the relations whose names may stand in a key of `model`."""
    found = {field.name: field.related_model for field in model._meta.fields if field.many_to_one}
    found.pop("merged_into", None)
    further = [path.split("__") for path in FURTHER]
    return found | {
        f"{name}__{last}": found[name]._meta.get_field(last).related_model for name, last in further if name in found
    }


def _with_places(rows):
    """The rows with what their keys name."""
    related = paths(rows.model)
    rows = rows.order_by("pk").select_related(*related) if related else rows.order_by("pk")
    for row in rows.iterator(CHUNK):
        if getattr(row, "commune", None) and row.commune_today is None:
            row.commune.today = lambda: None  # what lineage says stands in commune_today
        yield row


def _derived(field, row):
    """What `field.pre_save` would write; the row keeps what it has."""
    kept = getattr(row, field.attname)
    try:
        return field.pre_save(row, add=False)
    finally:
        setattr(row, field.attname, kept)
