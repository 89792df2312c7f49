"""The dossiers of a round as its page shows them: rows, and what they add up to."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from fairs.enums import EntryStatus, ProductGroup
from fairs.models import Entry, ScoreScale
from khuyencong.money import format_amount

SHOWN = 300
TONES = {EntryStatus.COMPLETE: "good", EntryStatus.PASSED: "good", EntryStatus.FAILED: "bad"}


def scale_of(round) -> ScoreScale | None:
    """The most points and the pass mark in force when the round opened."""
    return ScoreScale.objects.on(round.opens_on).order_by("-valid_from").first()


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A dossier; `passes`: its average reaches the mark, None without an average or a mark."""

    entry: Entry
    mark: Decimal | None

    @property
    def passes(self):
        return None if None in (self.mark, self.entry.average_score) else self.entry.average_score >= self.mark

    @property
    def tone(self):
        return TONES.get(self.entry.status, "wait" if self.entry.status == EntryStatus.REGISTERED else "")

    @property
    def certificate(self):
        """Its certificate, or None."""
        return getattr(self.entry, "certificate", None)


def rows_of(entries, scale) -> list[EntryRow]:
    """In the order of their numbers, at most 300."""
    shown = entries.for_list().select_related(
        "product__facility__commune",
        "product__facility__commune_today",
        "product__facility__former_district",
        "lower_certificate__round__level",
    )
    mark = scale.pass_mark if scale else None
    return [EntryRow(entry, mark) for entry in shown.order_by("number", "pk")[:SHOWN]]


def totals(entries) -> list:
    """The strip above the table: dossiers that were not withdrawn, their facilities once each, dossiers by group."""
    groups = {group: Count("pk", filter=Q(product__group=group)) for group in ProductGroup.values}
    maker = Coalesce("product__facility__merged_into", "product__facility")
    found = (
        entries.standing().order_by().aggregate(dossiers=Count("pk"), facilities=Count(maker, distinct=True), **groups)
    )
    strip = [
        {"label": "Hồ sơ", "value": format_amount(found["dossiers"])},
        {"label": "Cơ sở", "value": format_amount(found["facilities"])},
    ]
    return strip + [{"label": g.label, "value": format_amount(found[g])} for g in ProductGroup if found[g]]
