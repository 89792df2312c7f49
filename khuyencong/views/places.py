"""Administrative units: the list, one unit with its lineage, provinces then and now, and what a form offers as one types."""

from django.db.models import Count, Prefetch, Q
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from khuyencong import text
from khuyencong.back import back_query
from khuyencong.boundaries import LineageMap
from khuyencong.models import AdministrativeUnit, Province, UnitLineage
from khuyencong.paging import paginate
from khuyencong.place_files import LAST_DAY
from khuyencong.place_filters import UnitFilter

OPTIONS = 30


@require_safe
def unit_list(request):
    units = AdministrativeUnit.objects.visible_to(request.user).named().prefetch_related(*_lineage())
    filters = UnitFilter(request.GET, queryset=units, request=request)
    page = paginate(request, filters.qs, ("sort_key", "pk"))
    return render(request, "places/unit_list.html", {"filters": filters, "page": page})


@require_safe
def unit_detail(request, pk):
    units = AdministrativeUnit.objects.visible_to(request.user).named()
    unit = get_object_or_404(units.prefetch_related(*_lineage()), pk=pk)
    parts = list(units.filter(parent=unit).prefetch_related(*_lineage()))
    today = AdministrativeUnit.objects.successors_today([unit.pk, *(part.pk for part in parts)])
    context = {
        "unit": unit,
        "today": today[unit.pk] if unit.valid_to else [],
        "parts": [(part, today[part.pk]) for part in parts],
        "parts_today": len({one.pk for part in parts for one in today[part.pk]}),
        "namesakes": units.filter(code=unit.code).exclude(pk=pk).order_by("valid_from", "pk"),
        "back": back_query(request),
    }
    return render(request, "places/unit_detail.html", context)


@require_safe
def unit_options(request):
    """Units for a select that is typed into: `level` commune or district; at most 30, the name itself first, then today's."""
    level = request.GET.get("level", AdministrativeUnit.Level.COMMUNE)
    if level not in AdministrativeUnit.Level.values:
        return JsonResponse({"results": []})
    found = AdministrativeUnit.objects.visible_to(request.user).filter(level=level).named()
    asked = request.GET.get("q", "")
    found = found.matching(asked).order_by("-valid_to", "sort_key", "pk")[: 10 * OPTIONS]
    nearest = sorted(found, key=lambda unit: _distance(unit.name, asked))[:OPTIONS]
    results = [{"value": unit.pk, "text": str(unit), "note": unit.context} for unit in nearest]
    return JsonResponse({"results": results})


def _distance(name, asked):
    """0 for the name as typed, 1 without diacritics, 2 when it begins so, 3 otherwise."""
    if text.match_key(name) == text.match_key(asked):
        return 0
    key, wanted = text.search_key(name), text.search_key(asked)
    return 1 if key == wanted else 2 if key.startswith(wanted) else 3


@require_safe
def province_list(request):
    """Today's provinces, each with those of 30/6/2025 that it came from."""
    lineage, before = LineageMap.of_provinces(), {}
    former = list(Province.objects.on(LAST_DAY))
    for province in former:
        before.setdefault(lineage.today(province.pk), []).append(province)
    codes = {province.code: province for province in former}
    provinces = _provinces_today(request.user)
    rows = [{"now": one, "before": before.get(one.pk, []), "code_before": codes.get(one.code)} for one in provinces]
    totals = {
        "before": sum(len(row["before"]) for row in rows),
        "now": len(rows),
        "communes": sum(one.communes for one in provinces),
    }
    return render(request, "places/province_list.html", {"rows": rows, "totals": totals})


def _provinces_today(user):
    """By name, with `communes`: how many there are now."""
    in_force = Q(administrativeunit__level=AdministrativeUnit.Level.COMMUNE, administrativeunit__valid_to__isnull=True)
    provinces = Province.objects.visible_to(user).current().order_by("sort_key", "pk")
    return provinces.annotate(communes=Count("administrativeunit", filter=in_force))


def _lineage():
    """What to prefetch so that a unit shows where it came from and where it went, in the order of names."""
    return _links("predecessor_links", "predecessor"), _links("successor_links", "successor")


def _links(name, other):
    links = UnitLineage.objects.select_related(f"{other}__province", f"{other}__parent")
    return Prefetch(name, links.order_by(f"{other}__sort_key", "pk"))
