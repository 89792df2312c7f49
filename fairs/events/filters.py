"""What the list of events can be asked."""

import django_filters
from django import forms
from django.db.models import Max, Min

from facilities.clusters.filters import PlacedFilter
from fairs.enums import EventKind, EventRole, EventStatus, Venue
from fairs.models import MarketEvent

CONFIRMED = [("yes", "Đã xác nhận"), ("no", "Chưa xác nhận")]


def years(rows, first, last=None):
    """Choices from the newest to the oldest year of the day columns `first` and `last` of a QuerySet; one query."""
    ends = rows.order_by().aggregate(a=Min(first), b=Max(last or first))
    if ends["a"] is None:
        return []
    return [(year, f"Năm {year}") for year in range(ends["b"].year, ends["a"].year - 1, -1)]


def words(placeholder):
    """The box for words, first in the filters of a list."""
    return django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": placeholder, "type": "search"}),
    )


class EventFilter(PlacedFilter):
    """`province` is whose event it is, wherever it was held."""

    q = words("Tên, chương trình, đơn vị tổ chức, nơi…")
    year = django_filters.ChoiceFilter(choices=(), field_name="starts_on__year", label="Năm", empty_label="Mọi năm")
    kind = django_filters.ChoiceFilter(choices=EventKind.choices, label="Loại", empty_label="Mọi loại")
    role = django_filters.ChoiceFilter(choices=EventRole.choices, label="Hình thức", empty_label="Tổ chức và tham gia")
    venue = django_filters.ChoiceFilter(choices=Venue.choices, label="Nơi tổ chức", empty_label="Mọi nơi")
    status = django_filters.ChoiceFilter(choices=EventStatus.choices, label="Trạng thái", empty_label="Mọi trạng thái")
    confirmed = django_filters.ChoiceFilter(
        choices=CONFIRMED, method="by_confirmation", label="Xác nhận", empty_label="Xác nhận hay chưa"
    )

    class Meta:
        model = MarketEvent
        fields = ["q", "year", "province", "boundaries", "kind", "role", "venue", "status", "confirmed"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        visible = MarketEvent.objects.visible_to(self.request.user)
        self.filters["year"].extra["choices"] = years(visible, "starts_on")

    def by_confirmation(self, queryset, name, value):
        return queryset.filter(confirmed_at__isnull=value == "no")
