"""What must happen together when places change."""

from django.apps import apps
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from khuyencong import keys
from khuyencong.boundaries import LineageMap
from khuyencong.models import AdministrativeUnit

COMMUNE_CHOSEN = "Chọn xã, phường hiện nay cho địa bàn đã chia tách"  # the reason under which a person's choice is kept
BATCH = 500


# Communes of today


@transaction.atomic
def derive_communes_today() -> int:
    """Bring `commune_today` of every record, in whatever app, to what lineage says now; how many records changed.

    What went over whole is followed from `commune`. Where a division leaves more than one answer, the unit that a person
    chose is followed as long as it is one of them; without a choice the field is emptied and waits for a person.
    """
    lineage = LineageMap.of_units()
    current = set(AdministrativeUnit.objects.current().communes().values_list("pk", flat=True))
    return sum(_derive(model, lineage, current) for model in _models_with_commune_today())


def _models_with_commune_today():
    return [
        model
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model")
        and any(field.name == "commune_today" for field in model._meta.fields)
    ]


def _derive(model, lineage, current):
    rows, moved, undecided = model.objects.filter(commune__isnull=False).order_by(), [], set()
    for commune, known in rows.values_list("commune_id", "commune_today_id").distinct():
        today = lineage.today(commune)
        if today not in current:
            undecided.add(commune)
        elif today != known:
            moved += _move(rows.filter(commune=commune, commune_today=known), today)
    for pk, commune, known, chosen in _with_choice(rows.filter(commune__in=undecided)):
        today = lineage.today(chosen) if chosen else None
        today = today if today in current and today in lineage.successors(commune) else None
        if today != known:
            moved += _move(rows.filter(pk=pk), today)
    rebuild_keys(model.objects.filter(pk__in=moved))
    return len(moved)


def _move(rows, today):
    """Ids of the rows, whose unit of today this is from now on."""
    ids = list(rows.values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=ids).update(commune_today=today)
    return ids


def _with_choice(rows):
    """(id, commune, commune today, unit that a person chose or None) of each row, by its history.

    A choice is forgotten when the record has stood in another commune since.
    """
    versions = rows.model.pgh_event_model.objects.filter(pgh_obj=OuterRef("pk")).order_by("-pgh_id")
    choices = versions.filter(commune=OuterRef("commune"), pgh_context__metadata__reason=COMMUNE_CHOSEN)
    found = rows.annotate(
        chosen=Subquery(choices.values("commune_today")[:1]),
        chosen_in=Subquery(choices.values("pgh_id")[:1]),
        elsewhere_in=Subquery(versions.exclude(commune=OuterRef("commune")).values("pgh_id")[:1]),
    ).values_list("pk", "commune_id", "commune_today_id", "chosen", "chosen_in", "elsewhere_in")
    for pk, commune, known, chosen, chosen_in, elsewhere_in in found:
        yield pk, commune, known, chosen if chosen and chosen_in > (elsewhere_in or 0) else None


# Keys


@transaction.atomic
def rebuild_keys(rows) -> int:
    """Bring the search, sort and name keys of the QuerySet's rows to what saving would write; how many were stale."""
    found = []
    for row, wanted in keys.stale(rows):
        for name, value in wanted.items():
            setattr(row, name, value)
        found.append(row)
    names = [field.name for field in keys.key_fields(rows.model)]
    return rows.model.objects.bulk_update(found, names, batch_size=BATCH) if found else 0


def rebuild_keys_of_places(places) -> int:
    """The same for units or provinces that changed and for all that names them: units within, records; how many."""
    return rebuild_keys(places) + sum(rebuild_keys(rows) for rows in _naming(places))


def _naming(places):
    for model in keys.models_with_keys():
        paths = [path for path, related in keys.paths(model).items() if related is places.model]
        if paths:
            yield model.objects.filter(Q(*((f"{path}__in", places) for path in paths), _connector=Q.OR))


def rebuild_all_keys() -> int:
    """The same for every row that has keys."""
    return sum(rebuild_keys(model.objects.all()) for model in keys.models_with_keys())
