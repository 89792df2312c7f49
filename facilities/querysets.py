"""The words in which pages ask about facilities, clusters and villages."""

from django.db.models import Q
from django.db.models.functions import Coalesce

from khuyencong import text
from khuyencong.boundaries import LineageMap
from khuyencong.models import AdministrativeUnit
from khuyencong.scope import ScopedQuerySet


class SearchableQuerySet(ScopedQuerySet):
    def matching(self, query):
        """Rows whose search key holds each word of `query`, diacritics or not."""
        found = self
        for word in text.search_key(query).split():
            found = found.filter(search_key__contains=word)
        return found


class FacilityQuerySet(SearchableQuerySet):
    def standing(self):
        """Facilities of their own: not those that turned out to be another one."""
        return self.filter(merged_into__isnull=True)

    def same_as(self, pk):
        """A facility and those merged into it."""
        return self.filter(pk=pk) | self.filter(merged_into=pk)

    def once_in(self, province):
        """By the boundaries of the time: facilities whose site lay in `province`, under any of its names."""
        provinces = LineageMap.of_provinces().same_place(province.pk)
        units = list(AdministrativeUnit.objects.filter(province__in=provinces).values_list("pk", flat=True))
        return self.filter(
            Q(former_district__in=units)
            | Q(former_district=None, commune__in=units)
            | Q(former_district=None, commune=None, province__in=provinces)
        )

    def with_counted_id(self):
        """Annotates `counted_id`: the facility that a row counts for."""
        return self.annotate(counted_id=Coalesce("merged_into", "pk"))

    def for_list(self):
        """What a row of the list shows."""
        return self.select_related("province", "trade", "commune", "former_district", "commune_today")

    def for_page(self):
        """What the page of one facility shows."""
        return self.for_list().select_related("cluster", "craft_village", "merged_into", "commune__parent")


class PlacedQuerySet(SearchableQuerySet):
    """Clusters and villages."""

    def for_list(self):
        return self.select_related("province", "commune", "former_district", "commune_today")
