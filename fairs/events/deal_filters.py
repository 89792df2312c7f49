"""What the list of memoranda and contracts can be asked."""

import django_filters
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from fairs.enums import DealOutcome
from fairs.events.filters import words, years
from fairs.models import Deal
from khuyencong import text
from khuyencong.filters import TerritoryFilterSet

DUE, LATE = "due", "late"
FIRST_DAY = Coalesce("signed_on", "contract_on")


class DealFilter(TerritoryFilterSet):
    """A deal is of the year of its memorandum, else of its contract."""

    q = words("Đối tác, hàng hóa, số hợp đồng, cơ sở, sự kiện…")
    year = django_filters.ChoiceFilter(choices=(), field_name="first_day__year", label="Năm", empty_label="Mọi năm")
    outcome = django_filters.ChoiceFilter(choices=DealOutcome.choices, label="Kết quả", empty_label="Mọi kết quả")
    follow = django_filters.ChoiceFilter(
        choices=[(DUE, "Đến hạn hỏi lại"), (LATE, "Quá hạn hỏi lại")],
        method="to_follow",
        label="Theo dõi",
        empty_label="Đến hạn hay chưa",
    )

    class Meta:
        model = Deal
        fields = ["q", "year", "province", "boundaries", "outcome", "follow"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.queryset = self.queryset.annotate(first_day=FIRST_DAY)
        visible = Deal.objects.visible_to(self.request.user).annotate(first_day=FIRST_DAY)
        self.filters["year"].extra["choices"] = years(visible, "first_day")

    def search(self, queryset, name, value):
        """Each word stands in the deal, in its facility or in its event; diacritics or not."""
        for word in text.search_key(value).split():
            places = ("search_key", "facility__search_key", "event__search_key")
            found = Q()
            for place in places:
                found |= Q(**{f"{place}__contains": word})
            queryset = queryset.filter(found)
        return queryset

    def to_follow(self, queryset, name, value):
        today = timezone.localdate()
        rows = queryset.to_follow(today)
        return rows.filter(follow_up_on__lt=today) if value == LATE else rows

    def within(self, queryset, provinces):
        return queryset.filter(event__province__in=provinces)
