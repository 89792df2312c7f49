"""What lists of a province's records can be asked about territory: whose, and by which boundaries."""

import django_filters
from django.utils.functional import cached_property

from khuyencong.boundaries import Boundaries, LineageMap
from khuyencong.models import Province


def visible_provinces(request):
    """Provinces that the person may see: of today first, then those that have ended."""
    return Province.objects.visible_to(request.user).order_by("-valid_to", "sort_key", "pk")


class TerritoryFilterSet(django_filters.FilterSet):
    """Filters of rows whose `province` is the unit of their own time.

    By the boundaries of today (the default) a province has the records of all that went whole into it; by those of the
    time only its own, under all its names. Without a province all are meant that the person may see, each as it is called there. A province that has
    become part of another, or was divided, is no unit of today: asked for it, the list is by the boundaries of the time.
    """

    province = django_filters.ModelChoiceFilter(
        queryset=visible_provinces, method="asked", label="Tỉnh, thành phố", empty_label="Mọi địa bàn"
    )
    boundaries = django_filters.ChoiceFilter(
        choices=Boundaries.choices, method="asked", label="Địa giới", empty_label=None
    )

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(self._answerable(data), *args, **kwargs)
        own = self.request.user.province_id
        if own and self._places.ancestors(own) == self._places.same_place(own):
            del self.filters["province"], self.filters["boundaries"]
        else:
            self.filters["boundaries"].extra["choices"] = list(reversed(Boundaries.choices))

    @cached_property
    def _places(self):
        return LineageMap.of_provinces()

    def _answerable(self, data):
        """`data` with the boundaries of the time when it asks for a province that is no unit of today."""
        asked = (data or {}).get("province", "")
        pk = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
        if self._places.today(pk) not in self._places.same_place(pk):
            data = data.copy()
            data["boundaries"] = Boundaries.AS_WAS
        return data

    @property
    def basis(self):
        """By which boundaries the rows are chosen; None where nothing was ever merged."""
        if "boundaries" not in self.filters:
            return None
        asked = (self.data or {}).get("boundaries")
        return Boundaries(asked) if asked in Boundaries.values else Boundaries.TODAY

    def filter_queryset(self, queryset):
        """The other filters, then territory once: province and boundaries are one question."""
        queryset = super().filter_queryset(queryset)
        if self.basis is None:
            return queryset
        chosen = self.form.cleaned_data.get("province")
        if not chosen:
            return queryset
        asked = self._places.today(chosen.pk) if self.basis == Boundaries.TODAY else chosen.pk
        return self.within(queryset, self._places.members(asked, self.basis))

    def within(self, queryset, provinces):
        """Rows of these provinces (ids), by the boundaries asked for."""
        return queryset.filter(province__in=provinces)

    def asked(self, queryset, name, value):
        """Answered by `filter_queryset`."""
        return queryset
