"""Options of the selects that an event's form asks for as one types (`static/js/select.js`)."""

from django.contrib.auth.decorators import permission_required
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from khuyencong import text
from khuyencong.models import Province
from programmes.models import Scheme

OPTIONS = 20


@require_safe
@permission_required("programmes.view_scheme", raise_exception=True)
def scheme_options(request):
    """Schemes that the person may see: the newest 20 of `?q=`, by code or name."""
    found = Scheme.objects.visible_to(request.user).matching(request.GET.get("q", "")).order_by("-year", "code")
    options = [
        {"value": one.pk, "text": f"{one.code} – {one.name}", "note": f"năm {one.year}"} for one in found[:OPTIONS]
    ]
    return JsonResponse({"results": options})


@require_safe
@permission_required("fairs.view_marketevent", raise_exception=True)
def province_options(request):
    """Provinces of the whole country whose name holds each word of `?q=`, those of today first; none without words.

    Their names are public: a fair may be held in any of them.
    """
    words = text.search_key(request.GET.get("q", "")).split()
    found = Province.objects.order_by("-valid_to", "sort_key", "pk") if words else Province.objects.none()
    for word in words:
        found = found.filter(search_key__contains=word)
    return JsonResponse({"results": [{"value": one.pk, "text": str(one)} for one in found[:OPTIONS]]})
