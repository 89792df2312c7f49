"""What the register of facilities can be asked."""

import django_filters
from django import forms

from facilities.models import Facility, Trade
from khuyencong.models import Province


def visible_provinces(request):
    """Provinces in force that the person may see; for a province's person only the own one."""
    return Province.objects.visible_to(request.user).filter(valid_to__isnull=True)


class FacilityFilter(django_filters.FilterSet):
    """Filters of the facility list; `q` searches without diacritics."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Tên, mã số thuế, địa chỉ…", "type": "search"}),
    )
    province = django_filters.ModelChoiceFilter(
        queryset=visible_provinces, label="Tỉnh, thành phố", empty_label="Mọi tỉnh, thành phố"
    )
    legal_form = django_filters.ChoiceFilter(
        choices=Facility.LegalForm.choices, label="Loại hình", empty_label="Mọi loại hình"
    )
    trade = django_filters.ModelChoiceFilter(
        queryset=Trade.objects.filter(is_active=True), label="Ngành nghề", empty_label="Mọi ngành nghề"
    )

    class Meta:
        model = Facility
        fields = ["q", "province", "legal_form", "trade"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.request.user.province_id:
            del self.filters["province"]

    def search(self, queryset, name, value):
        return queryset.matching(value)
