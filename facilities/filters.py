"""What the register of facilities can be asked."""

import django_filters
from django import forms
from django.db.models import Q

from facilities import priority
from facilities.models import Facility, IndustrialCluster, Trade
from facilities.selects import TypedSelect
from khuyencong.boundaries import Boundaries
from khuyencong.filters import TerritoryFilterSet
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.unit_fields import UnitSelect

Level = AdministrativeUnit.Level


def visible_provinces(request):
    """Provinces in force that the person may see; for a province's person only the own one."""
    return Province.objects.visible_to(request.user).filter(valid_to__isnull=True)


def visible_communes(request):
    return AdministrativeUnit.objects.visible_to(request.user).communes()


def visible_districts(request):
    return AdministrativeUnit.objects.visible_to(request.user).districts()


def visible_clusters(request):
    return IndustrialCluster.objects.visible_to(request.user)


class FacilityFilter(TerritoryFilterSet):
    """Filters of the facility list; `q` searches without diacritics, also in the names of facilities merged into one.

    A facility stands in a province of today; by the boundaries of the time it belongs where its site lay before.
    """

    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Tên, mã số thuế, địa bàn, sản phẩm…", "type": "search"}),
    )
    commune = django_filters.ModelChoiceFilter(
        queryset=visible_communes,
        method="of_commune",
        label="Xã, phường",
        empty_label="Mọi xã, phường",
        widget=UnitSelect(Level.COMMUNE),
    )
    former_district = django_filters.ModelChoiceFilter(
        queryset=visible_districts, label="Huyện cũ", empty_label="Mọi huyện cũ", widget=UnitSelect(Level.DISTRICT)
    )
    cluster = django_filters.ModelChoiceFilter(
        queryset=visible_clusters,
        label="Cụm công nghiệp",
        empty_label="Mọi cụm công nghiệp",
        widget=TypedSelect("facilities:cluster-options"),
    )
    legal_form = django_filters.ChoiceFilter(
        choices=Facility.LegalForm.choices, label="Loại hình", empty_label="Mọi loại hình"
    )
    trade = django_filters.ModelChoiceFilter(
        queryset=Trade.objects.filter(is_active=True), label="Ngành nghề", empty_label="Mọi ngành nghề"
    )
    eligibility = django_filters.ChoiceFilter(
        choices=Facility.Eligibility.choices, label="Điều kiện thụ hưởng", empty_label="Mọi điều kiện"
    )
    mark = django_filters.ChoiceFilter(
        choices=[(code, words) for code, (words, _) in priority.HOLDERS.items()],
        method="holding",
        label="Ưu tiên",
        empty_label="Ưu tiên: tất cả",
    )

    class Meta:
        model = Facility
        fields = [
            "q",
            "province",
            "boundaries",
            "commune",
            "former_district",
            "cluster",
            "legal_form",
            "trade",
            "eligibility",
            "mark",
        ]

    def search(self, queryset, name, value):
        named = Facility.objects.matching(value).with_counted_id()
        return queryset.filter(pk__in=named.values("counted_id"))

    def of_commune(self, queryset, name, unit):
        """Of today, or as it was written down when a former one is asked for."""
        return queryset.filter(Q(commune_today=unit) | Q(commune=unit))

    def within(self, queryset, provinces):
        if self.basis == Boundaries.TODAY:
            return super().within(queryset, provinces)
        district, commune = Q(former_district=None), Q(commune=None)
        return queryset.filter(
            Q(former_district__province__in=provinces)
            | district & Q(commune__province__in=provinces)
            | district & commune & Q(province__in=provinces)
        )

    def holding(self, queryset, name, code):
        return queryset.filter(priority.holding(code))
