"""What must happen together when places change."""

from django.apps import apps
from django.db import transaction

from khuyencong.boundaries import LineageMap
from khuyencong.models import AdministrativeUnit


@transaction.atomic
def derive_communes_today() -> int:
    """Bring `commune_today` of every record, in whatever app, to what lineage says now; how many records changed.

    What went over whole is followed, also from a unit that a person chose after a division. Where a division leaves more
    than one answer, the field is emptied and waits for a person.
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
    """One update for each pair of places that leads elsewhere now."""
    rows = model.objects.filter(commune__isnull=False)
    changed = 0
    for commune, known in rows.order_by().values_list("commune_id", "commune_today_id").distinct():
        today = lineage.today(known or commune)
        today = today if today in current else None
        if today != known:
            changed += rows.filter(commune=commune, commune_today=known).update(commune_today=today)
    return changed
