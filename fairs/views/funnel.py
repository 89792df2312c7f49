"""The funnel of product selection: what was registered, recognised, certified and promoted, level by level."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fairs.funnel import page, reading
from fairs.funnel.filters import FunnelFilter
from fairs.models import SelectionRound


@require_safe
@permission_required("fairs.view_selectionround", raise_exception=True)
def funnel(request):
    filters = FunnelFilter(request.GET, queryset=SelectionRound.objects.visible_to(request.user), request=request)
    context = page.context(*reading.read(filters.qs))
    return render(request, "fairs/funnel/funnel.html", context | {"filters": filters, "here": request.GET.urlencode()})
