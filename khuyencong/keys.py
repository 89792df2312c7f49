"""Search, sort and name keys: what they are derived from may change without them, so they are compared and renewed."""

from django.apps import apps

from khuyencong.fields import DerivedTextField

CHUNK = 2000


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


def _with_places(rows):
    """The rows with what their keys name."""
    relations = [field.name for field in rows.model._meta.fields if field.many_to_one and field.name != "merged_into"]
    deeper = ["commune__parent"] if "commune" in relations else []
    rows = rows.order_by("pk").select_related(*relations, *deeper) if relations else rows.order_by("pk")
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
