"""The illustrative craft villages: one for each village that the demonstration's schemes support."""

import datetime

from facilities.models import CraftVillage, Facility

FIRST_RECOGNIZED = datetime.date(2015, 9, 2)
MEMBERS = 2
Kind = CraftVillage.Kind
KINDS = (Kind.CRAFT, Kind.TRADITIONAL, Kind.CRAFT, Kind.TRADITION, Kind.CRAFT, Kind.WITH_CRAFT, Kind.TRADITIONAL)


def write_villages() -> None:
    """Villages with the places, trades and workers of their rows in the register, and up to two members each."""
    rows = Facility.objects.filter(is_illustrative=True, legal_form=Facility.LegalForm.VILLAGE, village=None)
    for number, facility in enumerate(rows.for_list().order_by("pk")):
        village = CraftVillage.objects.create(**_facts(facility, number))
        village.trades.set([facility.trade] if facility.trade else [])
        near = Facility.objects.filter(
            is_illustrative=True,
            craft_village=None,
            trade=facility.trade,
            former_district=facility.former_district,
            legal_form__in=[Facility.LegalForm.HOUSEHOLD, Facility.LegalForm.GROUP, Facility.LegalForm.COOPERATIVE],
        )
        Facility.objects.filter(pk__in=near.order_by("pk")[:MEMBERS]).update(craft_village=village)


def _facts(facility, number):
    kind = KINDS[number % len(KINDS)]
    is_recognized = kind != Kind.WITH_CRAFT
    return {
        "name": facility.name,
        "kind": kind,
        "province": facility.province,
        "commune": facility.commune,
        "former_district": facility.former_district,
        "products": facility.products,
        "recognition_number": f"{number + 1:02d}/QĐ-minh họa" if is_recognized else "",
        "recognized_on": FIRST_RECOGNIZED + datetime.timedelta(days=200 * number) if is_recognized else None,
        "households": (facility.workers or 60) // 2,
        "workers": facility.workers,
        "facility": facility,
        "note": "Số liệu minh họa, không phải làng nghề có thật.",
        "is_illustrative": True,
    }
