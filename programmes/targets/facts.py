"""What the schemes of a programme gave, as plain rows that targets add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Sum

from khuyencong.boundaries import LineageMap
from khuyencong.scope import province_ids
from programmes.models import Scheme, SchemeBeneficiary, SchemeResult, budget_guards


@dataclass(frozen=True, slots=True)
class Fact:
    """`value` of one year and content; `key` is an indicator, a source or a facility.

    `is_own`: of the programme's own schemes, not only of its territory.
    """

    year: int
    content: int | None
    is_own: bool
    key: object
    value: Decimal


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the targets of one programme may ask for."""

    results: tuple[Fact, ...]
    schemes: tuple[Fact, ...]
    facilities: tuple[Fact, ...]
    money: tuple[Fact, ...]


def facts_of(programme, user) -> Facts:
    """Decided schemes of the programme's years: its own, and the others of its territory, that `user` may see.

    Five queries. Money is by the statement that limits budgets; only khuyến công money counts.
    """
    places, years = _places(programme, user), (programme.first_year, programme.last_year)
    schemes = Scheme.objects.filter(status__in=budget_guards.COMMITTED, year__range=years).of_provinces(places)
    own = programme.pk
    return Facts(
        results=_facts(
            own,
            SchemeResult.objects.filter(scheme__in=schemes, actual__isnull=False)
            .order_by()
            .values_list("scheme__year", "scheme__content", "scheme__programme", "indicator")
            .annotate(Sum("actual")),
        ),
        schemes=_facts(
            own, schemes.order_by().values_list("year", "content", "programme", "kind").annotate(Count("pk"))
        ),
        facilities=_facts(
            own,
            SchemeBeneficiary.objects.counted()
            .filter(scheme__in=schemes)
            .order_by()
            .values_list("scheme__year", "scheme__content", "scheme__programme", "counted_id")
            .annotate(Count("pk")),
        ),
        money=_facts(own, _money(places, years)),
    )


def _facts(own, rows: Iterable) -> tuple[Fact, ...]:
    return tuple(Fact(year, content, programme == own, key, value) for year, content, programme, key, value in rows)


def _places(programme, user):
    """Ids of the programme's territory, under all its names, as far as `user` may see; None: everywhere."""
    seen = province_ids(user)
    if programme.province_id is None:
        return seen and sorted(seen)
    lineage = LineageMap.of_provinces()
    named = lineage.same_place(programme.province_id)
    places = named.union(*(lineage.within(one) for one in named))
    return sorted(places if seen is None else places & set(seen))


def _money(places, years):
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT commitment.year, commitment.content_id, commitment.programme_id, commitment.source_id,
                sum(commitment.amount) FROM ({budget_guards.COMMITMENTS}) commitment
            JOIN programmes_fundingsource source ON source.code = commitment.source_id AND source.is_support
            WHERE commitment.year BETWEEN %s AND %s
                AND (%s::bigint[] IS NULL OR commitment.province_id = ANY(%s::bigint[]))
            GROUP BY 1, 2, 3, 4""",
            [*years, places, places],
        )
        return cursor.fetchall()
