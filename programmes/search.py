"""Schemes in the search box, and the decisions and documents on schemes and on money without schemes."""

from itertools import groupby

from django.urls import reverse
from django.utils.http import urlencode

from khuyencong.boundaries import LineageMap
from khuyencong.money import format_amount
from khuyencong.search import Hit, Rank, Source, best_first, near, rank_of_row, register
from khuyencong.search.former import former_provinces
from khuyencong.search.numbers import CANDIDATES, numbered, rank_of_number
from programmes.enums import Status
from programmes.models import PlanFunding, Scheme

DECIDED_AS = {Status.RETURNED: "trả lại", Status.REJECTED: "không phê duyệt"}

SHOWN = (
    "code",
    "name",
    "status",
    "location",
    "province__name",
    "commune__kind",
    "commune__name",
    "former_district__name",
)


def find_schemes(query, user, limit):
    """By code, name, number of the decision, or place."""
    seen = Scheme.objects.visible_to(user)
    found = {pk: rank_of_row(query, *names) for pk, *names in near(seen, query.keys, "code", "name")}
    ranks = {pk: rank for pk, rank in found.items() if rank is not None}
    best = sorted(ranks, key=lambda pk: (ranks[pk], -pk))[: 2 * limit]
    rows = (
        seen.select_related("province", "commune", "former_district").only(*SHOWN).filter(pk__in=best).order_by()
        if best
        else []
    )
    return best_first(query, [_scheme_hit(row, ranks[row.pk]) for row in rows])[:limit]


def _scheme_hit(scheme, rank):
    place = ", ".join(part for part in (scheme.place, scheme.province.name) if part)
    note = " · ".join((scheme.code, scheme.get_status_display(), place))
    return Hit(scheme.name, scheme.get_absolute_url(), note, rank)


def find_former_provinces(query, user, limit):
    """The list of the schemes of a former province of the name that was typed."""
    found = []
    for province in former_provinces(query, user):
        same = LineageMap.of_provinces().same_place(province.pk)
        if count := Scheme.objects.visible_to(user).of_provinces(same).count():
            url = f"{reverse('programmes:scheme-list')}?{urlencode({'province': province.pk, 'boundaries': 'as_was'})}"
            found.append(
                Hit(f"Đề án của {province}", url, f"{format_amount(count)} đề án, theo địa giới lúc đó", Rank.EXACT)
            )
    return found


def find_approvals(query, user, limit):
    """Decisions on schemes, one hit a decision however many schemes it names."""
    rows = _numbered(Scheme, query, user, "decision_number").order_by("decision_number", "-decision_on", "-pk")
    together = groupby(rows[:CANDIDATES], key=lambda row: (row.decision_number, row.decision_on))
    return [_approval_hit(query, *decision, list(schemes)) for decision, schemes in together][:limit]


def _approval_hit(query, number, day, schemes):
    verb = DECIDED_AS.get(schemes[0].status, "phê duyệt")
    others = f" và {len(schemes) - 1} đề án khác" if len(schemes) > 1 else ""
    url = schemes[0].get_absolute_url()
    if others:
        url = f"{reverse('programmes:scheme-list')}?{urlencode({'q': number})}"
    note = f"{verb} {schemes[0]}{others}"
    return _document_hit(query, number, day, url, note)


def find_settlements(query, user, limit):
    rows = _numbered(Scheme, query, user, "settlement_number").order_by("settlement_number", "-pk")[:limit]
    return [
        _document_hit(query, row.settlement_number, row.settled_on, row.get_absolute_url(), f"quyết toán {row}")
        for row in rows
    ]


def find_plan_decisions(query, user, limit):
    rows = _numbered(PlanFunding, query, user, "decision_number").order_by("decision_number", "-pk")[:limit]
    list_url = reverse("programmes:plan-funding-list")
    return [
        _document_hit(
            query,
            row.decision_number,
            row.decision_on,
            f"{list_url}?{urlencode({'year': row.year})}",
            f"kinh phí ngoài đề án năm {row.year}: {row.purpose}",
        )
        for row in rows
    ]


def _document_hit(query, number, day, url, note):
    return Hit(f"{number} ngày {day:%d/%m/%Y}", url, note, rank_of_number(query, number))


def _numbered(model, query, user, field):
    seen = model.objects.visible_to(user)
    return seen.filter(numbered(query, field)) if query.number else seen.none()


VIEW, VIEW_PLAN = "programmes.view_scheme", "programmes.view_planfunding"
register(Source("Đề án", find_schemes, 20, VIEW, "programmes:scheme-list"))
register(Source("Đề án", find_former_provinces, 20, VIEW))
register(Source("Quyết định", find_approvals, 60, VIEW))
register(Source("Quyết định", find_settlements, 60, VIEW))
register(Source("Quyết định", find_plan_decisions, 60, VIEW_PLAN))
