"""Half-yearly figures of clusters: one screen for a province, one page for a cluster."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from facilities.clusters.filters import SheetFilter
from facilities.clusters.sheet import FiguresSheet, asked_half, halves_until
from facilities.clusters.stages import come
from facilities.views.clusters import visible_clusters
from khuyencong.back import back_query, carrying
from khuyencong.paging import paginate
from khuyencong.periods import administrative_window

ROWS = 40  # about 500 boxes
SAVED = "Đã lưu số liệu {} của {} cụm công nghiệp."
NOTHING = "Không có ô nào thay đổi nên không lưu gì."


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.change_industrialcluster", raise_exception=True)
def cluster_figures(request):
    """A row a cluster that its report counts; what was posted names its clusters, so that a list that changed meanwhile mixes nothing up."""
    half = asked_half(request.GET)
    clusters = visible_clusters(request).exclude(come("removed_on", administrative_window(half).end)).for_list()
    filters = SheetFilter(request.GET, queryset=clusters, request=request)
    page = paginate(request, filters.qs, ("sort_key", "pk"), size=ROWS)
    if request.method == "POST":
        sheet = FiguresSheet(clusters.filter(pk__in=_ids(request.POST)), half, request.POST)
        if _is_saved(request, sheet):
            return redirect(request.get_full_path())
    else:
        sheet = FiguresSheet(page.rows, half)
    context = {"sheet": sheet, "half": half, "filters": filters, "page": page} | _periods(request, half)
    return render(request, "facilities/cluster_figures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.change_industrialcluster", raise_exception=True)
def cluster_figures_edit(request, pk):
    """The figures of one cluster for `?period=`."""
    cluster, half = get_object_or_404(visible_clusters(request).for_list(), pk=pk), asked_half(request.GET)
    sheet = FiguresSheet([cluster], half, request.POST or None, with_note=True)
    if request.method == "POST" and _is_saved(request, sheet):
        return redirect(carrying(request, cluster.get_absolute_url()))
    context = {"cluster": cluster, "row": sheet.rows[0], "half": half, "back": back_query(request)}
    return render(request, "facilities/cluster_figures_form.html", context | _periods(request, half))


def _ids(posted: QueryDict):
    return [pk for pk in posted.getlist("cluster")[: 2 * ROWS] if pk.isdecimal() and len(pk) < 10]


def _is_saved(request, sheet):
    changed = sheet.save()
    if changed:
        messages.success(request, SAVED.format(sheet.half.label, changed))
    elif changed == 0:
        messages.info(request, NOTHING)
    return changed is not None


def _periods(request, half):
    """The half-years to choose from, also the one that was asked for when it is older."""
    found = halves_until(timezone.localdate())
    return {"halves": found if half in found else [*found, half], "previous": half.previous()}
