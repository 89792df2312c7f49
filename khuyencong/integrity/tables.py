"""The portal's own tables, for rules that hold in all of them."""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

PLACED = {"province", "commune", "commune_today", "former_district"}


@cache
def own_models(*, auto_created=False):
    """Models of the portal's apps, without the tables of their history."""
    ours = [config for config in apps.get_app_configs() if Path(config.path).parent == Path(settings.BASE_DIR)]
    found = [model for config in ours for model in config.get_models(include_auto_created=auto_created)]
    return tuple(model for model in found if not hasattr(model, "pgh_tracked_model"))


@cache
def histories():
    """(model, model of its history) of every model whose versions are kept."""
    events = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return tuple((event.pgh_tracked_model, event) for event in events if event.pgh_tracked_model in own_models())


def placed_models():
    """Models of records that lie in a commune: with its unit of today and its former district."""
    return [model for model in own_models() if {field.name for field in model._meta.fields} >= PLACED]


def province_of(model, row) -> str:
    """SQL: the province id of `row` of a model, its own or that of the record it is a part of; NULL when it has none."""
    if model._meta.label == "khuyencong.Province":
        return f"{row}.id"
    fields = {field.name: field for field in model._meta.fields if field.many_to_one}
    if "province" in fields:
        return f"{row}.province_id"
    for field in fields.values():
        if not field.null and (above := province_of(field.related_model, f"{row}_{field.name}")) != "NULL":
            table = field.related_model._meta.db_table
            return (
                f"(SELECT {above} FROM {table} {row}_{field.name} WHERE {row}_{field.name}.id = {row}.{field.column})"
            )
    return "NULL"


def name_of(model) -> str:
    """What a row is called; a row that Django keeps for a list of choices is a link of the record that has the list."""
    owner = model._meta.auto_created
    return f"liên kết của {owner._meta.verbose_name}" if owner else str(model._meta.verbose_name)


def head(model, row="this") -> str:
    """SQL columns that every finding of a rule over many tables begins with: id, model, province_id, what."""
    meta = model._meta
    return (
        f"{row}.{meta.pk.column}::text AS id, '{meta.label}' AS model, {province_of(model, row)} AS province_id, "
        f"'{name_of(model)}' AS what"
    )


def union(selects) -> str:
    """One SELECT of all rows of several."""
    return "\nUNION ALL\n".join(selects)


def labels(pairs) -> str:
    """SQL: the labels of the conditions that hold, with commas; `pairs`: (condition, label)."""
    cases = ", ".join(f"CASE WHEN {condition} THEN '{label}' END" for condition, label in pairs)
    return f"concat_ws(', ', {cases})"
