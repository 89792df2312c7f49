"""Facilities, clusters and craft villages in the search box, and the decisions on the latter two."""

from django.urls import reverse
from django.utils.http import urlencode

from facilities.models import CraftVillage, Facility, IndustrialCluster
from khuyencong.money import format_amount
from khuyencong.search import Hit, Rank, Source, best_first, near, rank_of, rank_of_row, register
from khuyencong.search.former import former_provinces, former_units
from khuyencong.search.numbers import CANDIDATES, numbered, rank_of_number

DECISIONS = {
    IndustrialCluster: {
        "establishment_number": ("thành lập", "established_on"),
        "plan_number": ("phương án phát triển", "planned_on"),
        "detailed_plan_number": ("quy hoạch chi tiết", "detailed_plan_on"),
        "infrastructure_number": ("dự án hạ tầng", "infrastructure_on"),
    },
    CraftVillage: {"recognition_number": ("công nhận", "recognized_on")},
}
FILTERS = {"commune": "commune", "district": "former_district"}
FORMER = 2  # lists that one search offers
SHOWN_PLACES = ("province", "commune", "former_district", "commune_today")
_NAMED = [f"{unit}__{field}" for unit in SHOWN_PLACES[1:] for field in ("kind", "name", "valid_to")]
SHOWN = ("name", "tax_code", "products", "contact_name", "province__name", *_NAMED, "merged_into__name")


def find_facilities(query, user, limit):
    """Also by tax code, by place old and new, and by the name of a facility that was merged into another one."""
    seen = Facility.objects.visible_to(user)
    found = {pk: rank_of_row(query, *names) for pk, *names in near(seen, query.keys, "name", "tax_code")}
    ranks = {pk: rank for pk, rank in found.items() if rank is not None}
    best = sorted(ranks, key=lambda pk: (ranks[pk], pk))[: 2 * limit]
    rows = seen.select_related(*SHOWN_PLACES, "merged_into").only(*SHOWN).filter(pk__in=best).order_by() if best else []
    hits = [_facility_hit(query, row, ranks[row.pk]) for row in rows]
    once = {hit.url: hit for hit in reversed(best_first(query, hits))}
    return best_first(query, once.values())[:limit]


def _facility_hit(query, facility, rank):
    kept = facility.merged_into or facility
    reasons = [f"tên cũ: {facility.name}"] if facility.merged_into else []
    reasons += [f"{label} {value}" for label, value in _details(facility) if rank_of(query, value) < Rank.ELSEWHERE]
    note = " · ".join(part for part in (*reasons, _place_then_and_now(facility)) if part)
    return Hit(kept.name, kept.get_absolute_url(), note, rank)


def _details(facility):
    yield "mã số thuế", facility.tax_code
    yield "sản phẩm:", facility.products
    yield "người liên hệ:", facility.contact_name


def _place_then_and_now(row):
    """'xã Diễn Kỷ cũ, Diễn Châu, nay là xã Diễn Châu, Nghệ An'."""
    commune, today = row.commune, row.commune_today
    if commune is None or commune.valid_to is None:
        return ", ".join(part for part in (row.place, row.province.name) if part)
    district = row.former_district and row.former_district.name
    now = f"nay là {today.full_name}" if today and today != commune else ""
    return ", ".join(part for part in (f"{commune.full_name} cũ", district, now, row.province.name) if part)


def find_former_places(query, user, limit):
    """Lists of the facilities in a former commune, district or province of the name that was typed, the longest first."""
    seen = Facility.objects.visible_to(user).standing()
    places = [
        (
            f"{unit.full_name} cũ",
            unit.context,
            {FILTERS[unit.level]: unit.pk},
            seen.filter(**{FILTERS[unit.level]: unit}),
        )
        for unit in former_units(query, user)
    ]
    places += [
        (
            str(province),
            "theo địa giới lúc đó",
            {"province": province.pk, "boundaries": "as_was"},
            seen.once_in(province),
        )
        for province in former_provinces(query, user)
    ]
    counted = sorted(((rows.count(), *place) for *place, rows in places), key=lambda one: -one[0])
    return [_list_hit(*one) for one in counted[:FORMER] if one[0] > 1]  # a single one is a hit itself


def _list_hit(count, name, note, asked):
    url = f"{reverse('facilities:facility-list')}?{urlencode(asked)}"
    return Hit(f"{format_amount(count)} cơ sở ở {name}", url, note, Rank.EXACT)


def find_placed(model):
    """The `find` of clusters or of villages."""

    def find(query, user, limit):
        seen = model.objects.visible_to(user)
        ranks = {pk: rank_of_row(query, *names) for pk, *names in near(seen, query.keys, "name")}
        ids = [pk for pk, rank in ranks.items() if rank is not None]
        rows = seen.for_list().filter(pk__in=ids).order_by() if ids else []
        return best_first(query, [_placed_hit(row, ranks[row.pk]) for row in rows])[:limit]

    return find


def _placed_hit(row, rank):
    note = " · ".join((row.get_kind_display(), _place_then_and_now(row)))
    return Hit(row.name, row.get_absolute_url(), note, rank)


def find_decisions(model):
    """The `find` of decisions on clusters or on villages, each with the page of what it decided on."""
    fields = DECISIONS[model]

    def find(query, user, limit):
        if not query.number:
            return []
        rows = model.objects.visible_to(user).filter(numbered(query, *fields))[:CANDIDATES]
        return best_first(query, [hit for row in rows for hit in _decision_hits(query, row, fields)])[:limit]

    return find


def _decision_hits(query, row, fields):
    for field, (subject, day_field) in fields.items():
        number, day = getattr(row, field), getattr(row, day_field)
        rank = rank_of_number(query, number)
        if rank < Rank.ELSEWHERE:
            title = f"{number} ngày {day:%d/%m/%Y}" if day else number
            note = f"{subject} {row._meta.verbose_name}: {row.name}"
            yield Hit(title, row.get_absolute_url(), note, rank)


VIEW = "facilities.view_facility"
VIEW_CLUSTER, VIEW_VILLAGE = "facilities.view_industrialcluster", "facilities.view_craftvillage"
register(Source("Cơ sở CNNT", find_facilities, 10, VIEW, "facilities:facility-list"))
register(Source("Cơ sở CNNT", find_former_places, 10, VIEW))
register(Source("Cụm công nghiệp", find_placed(IndustrialCluster), 30, VIEW_CLUSTER, "facilities:cluster-list"))
register(Source("Làng nghề", find_placed(CraftVillage), 40, VIEW_VILLAGE, "facilities:village-list"))
register(Source("Quyết định", find_decisions(IndustrialCluster), 60, VIEW_CLUSTER))
register(Source("Quyết định", find_decisions(CraftVillage), 60, VIEW_VILLAGE))
