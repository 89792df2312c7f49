"""The same facility supported twice for the same thing (TTLT 26/2014 Đ7: a cost item has no other state money).

Looked at: two schemes for one facility (a merged one counts for the kept one) of the same content or of contents of the
same clause, whose cost items are the same or alike (`programmes.warnings.items`). Where a cost item was not written down
the scheme's name stands in for it, without the facility's name; where that says nothing either, only schemes of one year
are looked at. Such a warning weighs less. The worst is one year and two sources.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Window
from django.db.models.functions import Coalesce

from khuyencong.money import format_amount
from programmes.enums import Status
from programmes.models import FundingLine, SchemeBeneficiary
from programmes.models.warnings import Kind
from programmes.warnings.alerts import Alert, Severity, facility_ref, scheme_ref
from programmes.warnings.items import cost_item_key, is_same_item, telling, words

GIVEN_UP = (Status.REJECTED, Status.TERMINATED)
SENTENCE = "{facility} có hai khoản hỗ trợ {item}: {first}; {second}."
COLUMNS = {
    "counted": "counted_id",
    "facility": "facility__name",
    "scheme": "scheme_id",
    "code": "scheme__code",
    "year": "scheme__year",
    "province": "scheme__province_id",
    "name": "scheme__name",
    "group": "group",
    "item": "cost_item",
    "amount": "amount",
}


@dataclass(frozen=True, slots=True)
class Support:
    """What one scheme gives to one facility; `counted`: the facility it counts for, `group`: the clause of its content."""

    counted: int
    facility: str
    scheme: int
    code: str
    year: int
    province: int
    name: str
    group: int
    item: str
    amount: int

    @property
    def words(self):
        """What it is for, by its cost item or else by the scheme's name; maybe none."""
        return words(self.item) if self.item else telling(self.name, besides=self.facility)


def find(schemes, scheme=None):
    """Alerts over `schemes` (a QuerySet); with `scheme` only those that it takes part in. Two queries."""
    pairs = [pair for heap in _heaps(schemes, scheme) for pair in pairs_of(heap)]
    if scheme is not None:
        pairs = [pair for pair in pairs if scheme.pk in (pair[0].scheme, pair[1].scheme)]
    sources = _sources({one.scheme for pair in pairs for one in pair})
    return [alert(*pair, sources) for pair in pairs]


def pairs_of(supports):
    """(earlier, later) of those of one facility and clause that are for the same thing."""
    ordered = sorted(((one, one.words) for one in supports), key=lambda pair: (pair[0].year, pair[0].scheme))
    return [(one, two) for (one, mine), (two, its) in combinations(ordered, 2) if _is_double(one, mine, two, its)]


def _is_double(one, mine, two, its):
    if one.scheme == two.scheme:
        return False
    return is_same_item(mine, its) if mine and its else one.year == two.year


def alert(first, second, sources):
    """The Alert of two supports; `sources`: {scheme id: {short name of a source}}."""
    is_stated = bool(first.item and second.item)
    return Alert(
        kind=Kind.DOUBLE,
        severity=severity(first, second, sources, is_stated),
        sentence=SENTENCE.format(
            facility=second.facility,
            item=_said_item(first, second),
            first=_said(first, sources),
            second=_said(second, sources),
        ),
        facts=(second.counted, *_facts(first, sources), *_facts(second, sources)),
        province=second.province,
        refs=(
            facility_ref(second.facility, second.counted),
            scheme_ref(first.code, first.scheme),
            scheme_ref(second.code, second.scheme),
        ),
        scheme=second.scheme,
        facility=second.counted,
        provinces=frozenset({first.province, second.province}),
        order=second.year,
    )


def severity(first, second, sources, is_stated):
    """One year and two sources is the worst; what was only guessed from names weighs less."""
    both = sources.get(first.scheme, set()) | sources.get(second.scheme, set())
    if first.year == second.year and len(both) > 1:
        return Severity.GRAVE if is_stated else Severity.HIGH
    return Severity.HIGH if is_stated else Severity.LOOK


def _facts(support, sources):
    item = cost_item_key(support.item or support.name)
    return support.scheme, support.year, int(support.amount), item, *sorted(sources.get(support.scheme, ()))


def _said(support, sources):
    source = ", ".join(sorted(sources.get(support.scheme, ()))).lower()
    of = f" ({source})" if source else ""
    return f"{support.code} năm {support.year}, {format_amount(support.amount)} đồng{of}"


def _said_item(first, second):
    if not (first.item and second.item):
        return "trong cùng nhóm nội dung, chưa ghi đủ hạng mục nên chưa rõ có trùng không"
    if cost_item_key(first.item) == cost_item_key(second.item):
        return f"cho “{second.item}”"
    return f"cho hạng mục gần giống nhau “{first.item}” và “{second.item}”"


def _heaps(schemes, scheme):
    """Supports by facility and clause, where there are at least two."""
    # A draft is nobody's claim yet: it counts only for the one who is writing it.
    counting = schemes.exclude(status__in=(*GIVEN_UP, Status.DRAFT))
    if scheme is not None:
        counting = counting | schemes.filter(pk=scheme.pk)
    benefits = (
        SchemeBeneficiary.objects.filter(scheme__in=counting.order_by())
        .counted()
        .annotate(
            group=Coalesce("scheme__content__group", "scheme__content"),
            amount=Coalesce("adjusted_amount", "approved_amount", "proposed_amount"),
        )
        .filter(amount__gt=0)
    )
    if scheme is not None:
        benefits = benefits.filter(counted_id__in=scheme.beneficiaries.counted().values("counted_id"))
    several = benefits.annotate(times=Window(Count("pk"), partition_by=["counted_id", "group"])).filter(times__gt=1)
    heaps = defaultdict(list)
    for row in several.order_by().values_list(*COLUMNS.values()):
        support = Support(*row)
        heaps[support.counted, support.group].append(support)
    return heaps.values()


def _sources(schemes):
    """{scheme id: short names of the sources of its support}."""
    found = defaultdict(set)
    lines = FundingLine.objects.filter(scheme__in=schemes).support().with_money()
    for scheme, name in lines.order_by().values_list("scheme", "source__short_name"):
        found[scheme].add(name)
    return found
