"""Administrative units: what a form offers as one types."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from khuyencong.models import AdministrativeUnit

OPTIONS = 30


@require_safe
def unit_options(request):
    """Units for a select that is typed into: `level` commune or district; at most 30, those of today first."""
    level = request.GET.get("level", AdministrativeUnit.Level.COMMUNE)
    found = AdministrativeUnit.objects.visible_to(request.user).filter(level=level).named()
    found = found.matching(request.GET.get("q", "")).order_by("-valid_to", "sort_key", "pk")
    results = [{"value": unit.pk, "text": str(unit), "note": unit.context} for unit in found[:OPTIONS]]
    return JsonResponse({"results": results})
