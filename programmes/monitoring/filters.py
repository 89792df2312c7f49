"""What the list of facilities that are followed can be asked."""

import django_filters
from django import forms
from django.utils import timezone

from khuyencong import text
from khuyencong.filters import TerritoryFilterSet
from programmes.models import ActivityContent, SchemeBeneficiary
from programmes.monitoring.due import FOLLOWED_YEARS, followed, last_closed_year, with_answers

STATES = (
    ("missing", "Chưa có số liệu năm này"),
    ("given", "Đã có số liệu năm này"),
    ("no_before", "Chưa có số liệu trước hỗ trợ"),
)
YEARS_BACK = 15


def asked_year(query, day) -> int:
    """The closed year that `?year=` names; without a readable one the last."""
    last, asked = last_closed_year(day), query.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else last
    return year if last - YEARS_BACK < year <= last else last


class MonitoringFilter(TerritoryFilterSet):
    """Filters of the benefits that are followed in `year`; `q` searches facility and scheme without diacritics."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Cơ sở, đề án…", "type": "search"}),
    )
    year = django_filters.ChoiceFilter(choices=(), method="asked", label="Năm số liệu", empty_label=None)
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label="Tình trạng", empty_label="Đã và chưa có"
    )
    content = django_filters.ModelChoiceFilter(
        queryset=ActivityContent.objects.filter(is_active=True),
        field_name="scheme__content",
        label="Nội dung",
        empty_label="Mọi nội dung",
        to_field_name="code",
    )

    class Meta:
        model = SchemeBeneficiary
        fields = ["q", "year", "state", "content", "province"]

    def __init__(self, data=None, *args, queryset, **kwargs):
        last = last_closed_year(timezone.localdate())
        self.year = asked_year(data or {}, timezone.localdate())
        super().__init__(data, *args, queryset=with_answers(followed(queryset, self.year), self.year), **kwargs)
        self.filters["year"].extra["choices"] = [(y, f"Số liệu năm {y}") for y in range(last, last - YEARS_BACK, -1)]

    def search(self, queryset, name, value):
        for word in text.search_key(value).split():
            queryset = queryset.filter(facility__search_key__contains=word) | queryset.filter(
                scheme__search_key__contains=word
            )
        return queryset

    def in_state(self, queryset, name, value):
        asked = {"missing": {"has_figures": False}, "given": {"has_figures": True}, "no_before": {"has_before": False}}
        return queryset.filter(**asked[value])

    def within(self, queryset, provinces):
        return queryset.filter(scheme__province__in=provinces)


FOLLOWED_SENTENCE = f"Theo dõi {FOLLOWED_YEARS} năm sau năm kế hoạch, từ năm nghiệm thu."
