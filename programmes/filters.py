"""What the list of schemes can be asked."""

import django_filters
from django import forms
from django.db.models import Max, Min, Q
from django.utils import timezone

from khuyencong.filters import TerritoryFilterSet
from khuyencong.models import User
from programmes.deadlines import waiting, worktable
from programmes.enums import Kind, Level, Selection, Status
from programmes.models import ActivityContent, FundingLine, FundingSource, PlanFunding, Scheme

KINDS = {
    Kind.SCHEME.value: ("Đề án", Q(kind=Kind.SCHEME)),
    "flagship": ("Đề án điểm", Q(is_flagship=True)),
    "group": ("Đề án nhóm", Q(is_group=True)),
    Kind.TASK.value: ("Nhiệm vụ", Q(kind=Kind.TASK)),
}


def years(request):
    """From the newest year of the visible schemes to the oldest: two looks at the index, however many schemes."""
    found = Scheme.objects.visible_to(request.user).aggregate(first=Min("year"), last=Max("year"))
    if found["last"] is None:
        return []
    return [(year, f"Năm {year}") for year in range(found["last"], found["first"] - 1, -1)]


def holders(request):
    """For whom schemes may wait: anybody, the reviewers' common queue, or a person who takes steps of schemes."""
    people = User.objects.visible_to(request.user).filter(role__in=[waiting.STAFF, waiting.REVIEWER])
    return [
        ("any", "Mọi đề án đang chờ"),
        ("queue", worktable.ANYONE[waiting.REVIEWER]),
        *((person.pk, str(person)) for person in people.order_by("full_name", "pk")),
    ]


class SchemeFilter(TerritoryFilterSet):
    """Filters of the scheme list; `content` takes a leaf or its whole group, `q` searches without diacritics."""

    q = django_filters.CharFilter(
        method="search",
        label="Tìm trong danh sách",
        widget=forms.TextInput(attrs={"placeholder": "Tên, mã, cơ sở, số quyết định…", "type": "search"}),
    )
    year = django_filters.ChoiceFilter(choices=(), label="Năm", empty_label="Mọi năm")
    level = django_filters.ChoiceFilter(choices=Level.choices, label="Cấp", empty_label="Mọi cấp")
    kind = django_filters.ChoiceFilter(
        choices=[(key, label) for key, (label, _) in KINDS.items()],
        method="of_kind",
        label="Loại",
        empty_label="Mọi loại",
    )
    selection = django_filters.ChoiceFilter(
        choices=Selection.choices, label="Phương thức lựa chọn", empty_label="Mọi phương thức"
    )
    content = django_filters.ModelChoiceFilter(
        queryset=ActivityContent.objects.filter(is_active=True),
        method="of_content",
        label="Nội dung",
        empty_label="Mọi nội dung",
        to_field_name="code",
    )
    source = django_filters.ModelChoiceFilter(
        queryset=FundingSource.objects.all(), method="of_source", label="Nguồn", empty_label="Mọi nguồn"
    )
    status = django_filters.ChoiceFilter(choices=Status.choices, label="Trạng thái", empty_label="Mọi trạng thái")
    due = django_filters.ChoiceFilter(
        choices=tuple(waiting.DUE.items()), method="of_due", label="Hạn", empty_label="Mọi hạn"
    )
    waits_for = django_filters.ChoiceFilter(
        choices=(), method="of_holder", label="Đang chờ", empty_label="Đang chờ ai cũng được"
    )

    class Meta:
        model = Scheme
        fields = [
            *("q", "year", "level", "kind", "selection", "content"),
            *("source", "status", "due", "waits_for", "province"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = years(self.request)
        self.filters["waits_for"].extra["choices"] = lambda: holders(self.request)  # asked only when shown or used

    def search(self, queryset, name, value):
        return queryset.matching(value)

    def of_kind(self, queryset, name, kind):
        return queryset.filter(KINDS[kind][1])

    def of_content(self, queryset, name, content):
        return queryset.filter(Q(content=content) | Q(content__group=content))

    def of_due(self, queryset, name, value):
        return waiting.of_due(waiting.waiting(queryset), value, waiting.Clock.read(timezone.localdate()))

    def of_holder(self, queryset, name, holder):
        found = waiting.waiting(queryset)
        if holder == "any":
            return found
        return found.filter(holder__isnull=True) if holder == "queue" else found.filter(holder=holder)

    def of_source(self, queryset, name, source):
        lines = FundingLine.objects.filter(source=source).with_money()
        return queryset.filter(pk__in=lines.values("scheme"))


class PlanFundingFilter(TerritoryFilterSet):
    """Filters of the money without schemes."""

    year = django_filters.NumberFilter(label="Năm", widget=forms.NumberInput(attrs={"placeholder": "Năm"}))
    source = django_filters.ModelChoiceFilter(
        queryset=FundingSource.objects.all(), label="Nguồn", empty_label="Mọi nguồn"
    )
    confirmed = django_filters.BooleanFilter(
        field_name="confirmed_at",
        lookup_expr="isnull",
        exclude=True,
        label="Xác nhận",
        widget=forms.Select(choices=[("", "Đã và chưa xác nhận"), ("true", "Đã xác nhận"), ("false", "Chờ xác nhận")]),
    )

    class Meta:
        model = PlanFunding
        fields = ["year", "source", "confirmed", "province"]
