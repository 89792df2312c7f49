"""What a registration dossier must hold (TT 26/2014 Đ12), and what was received."""

from dataclasses import dataclass

from fairs.models import Entry, EntryItem, EntryPaper


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One paper that the law asks for and what was received of it."""

    item: EntryItem
    papers: tuple[EntryPaper, ...]

    @property
    def is_missing(self):
        return self.item.is_required and not self.papers


def asked_of(entry: Entry):
    """The items in force on the day of registration; those above the first level when it rests on a certificate."""
    items = EntryItem.objects.on(entry.registered_on)
    return items if entry.lower_certificate_id else items.filter(above_first=False)


def checklist(entry: Entry) -> list[ItemRow]:
    """Every item asked for, and those of which something was given although they are no longer; two queries."""
    papers = list(entry.papers.select_related("item", "recorded_by"))
    items = {paper.item_id: paper.item for paper in papers} | {item.pk: item for item in asked_of(entry)}
    ordered = sorted(items.values(), key=lambda item: (item.position, item.pk))
    return [ItemRow(item, tuple(paper for paper in papers if paper.item_id == item.pk)) for item in ordered]


def missing(rows) -> list[EntryItem]:
    """Required items of which nothing was received."""
    return [row.item for row in rows if row.is_missing]
