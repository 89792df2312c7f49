"""What hangs on a selection round, to look up: the way to the round's desk stands on each page."""

from django.contrib import admin
from django.urls import reverse

from khuyencong.admin_base import ReadOnlyMixin, ScopedModelAdmin, with_note

ROUND = ("cycle__province", "level", "unit", "region")


def round_parts(prefix):
    """What naming a round needs, for select_related: 'round' or 'entry__round'."""
    return [f"{prefix}__{part}" for part in ROUND]


def desk_url(pk):
    return reverse("admin:fairs_selectionround_change", args=[pk])


def round_cell(round):
    """A round in a list: its level and place, over its cycle and province."""
    place = f" {round.place}" if round.place else ""
    return with_note(f"{round.level}{place}", f"{round.cycle}, {round.cycle.province.name}")


class OfRoundAdmin(ScopedModelAdmin):
    """Rows of a round; `round_of` finds it."""

    change_form_template = "admin/fairs/of_round.html"

    def round_of(self, row):
        return row.round

    @admin.display(description="Kỳ bình chọn", ordering="-pk")
    def of_round(self, row):
        return round_cell(self.round_of(row))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_visible_or_404(request, object_id)
        desk = {"desk": desk_url(self.round_of(row).pk)}
        return super().change_view(request, object_id, form_url, desk | (extra_context or {}))


class OfEntryAdmin(ReadOnlyMixin, OfRoundAdmin):
    """Rows of a dossier."""

    def round_of(self, row):
        return row.entry.round

    @admin.display(description="Sản phẩm", ordering="entry__product__sort_key")
    def product(self, row):
        return with_note(row.entry.product, row.entry.product.facility)
