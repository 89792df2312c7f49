"""Industrial clusters: list, page, form; the projects inside them."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities import versions
from facilities.clusters import law, pages, report_form, totals
from facilities.clusters.filters import ClusterFilter
from facilities.clusters.forms import ClusterForm, ProjectForm
from facilities.models import ClusterDefinition, ClusterProject, IndustrialCluster
from khuyencong import history
from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from khuyencong.paging import paginate

OPTIONS = 20


def visible_clusters(request):
    return IndustrialCluster.objects.visible_to(request.user)


@require_safe
@permission_required("facilities.view_industrialcluster", raise_exception=True)
def cluster_list(request):
    filters = ClusterFilter(request.GET, queryset=visible_clusters(request).for_list(), request=request)
    today = timezone.localdate()
    page = paginate(request, totals.with_area(totals.with_leased(filters.qs), today), ("sort_key", "pk"))
    context = {
        "filters": filters,
        "page": page,
        "rows": [pages.row(cluster) for cluster in page.rows],
        "totals": totals.list_totals(filters.qs, today),
        "report_form": report_form.CommuneReportForm(user=request.user, today=today),
        "here": request.GET.urlencode(),
    }
    return render(request, "facilities/cluster_list.html", context)


@require_safe
@permission_required("facilities.view_industrialcluster", raise_exception=True)
def cluster_options(request):
    """Clusters for a select that is typed into: at most 20."""
    found = visible_clusters(request).matching(request.GET.get("q", "")).for_list().order_by("sort_key", "pk")
    options = [{"value": one.pk, "text": one.name, "note": one.place or one.province.name} for one in found[:OPTIONS]]
    return JsonResponse({"results": options})


@require_safe
@permission_required("facilities.view_industrialcluster", raise_exception=True)
def cluster_detail(request, pk):
    cluster = get_object_or_404(visible_clusters(request).for_list(), pk=pk)
    today = timezone.localdate()
    definitions = list(ClusterDefinition.objects.order_by("-valid_from"))
    context = pages.detail(cluster, today) | {
        "remarks": law.remarks(cluster, definitions),
        "back": back_query(request),
        "village_share": pages.village_share(cluster, definitions, today),
    }
    return render(request, "facilities/cluster_detail.html", context)


@require_safe
@permission_required("facilities.view_industrialcluster", raise_exception=True)
def cluster_history(request, pk):
    cluster = get_object_or_404(visible_clusters(request), pk=pk)
    parts = (model.pgh_event_model.objects.filter(cluster=pk) for model in pages.PARTS)
    return render(
        request, "history.html", {"record": cluster, "entries": history.entries(cluster.events.all(), *parts)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.add_industrialcluster", raise_exception=True)
def cluster_create(request):
    return _edit(request, IndustrialCluster())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.change_industrialcluster", raise_exception=True)
def cluster_edit(request, pk):
    return _edit(request, get_object_or_404(visible_clusters(request), pk=pk))


def _edit(request, cluster):
    form = ClusterForm(request.POST or None, instance=cluster, user=request.user)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(cluster, request.POST.get("seen", ""))
            form.save()
        if not form.errors:
            messages.success(request, f"Đã lưu {cluster}.")
            return redirect(carrying(request, cluster.get_absolute_url()))
    context = {"form": form, "back": back_query(request), "seen": versions.newest(cluster)}
    context["others"] = versions.since(cluster, request.POST.get("seen", ""))
    return render(request, "facilities/cluster_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.change_industrialcluster", raise_exception=True)
def project_create(request, pk):
    cluster = get_object_or_404(visible_clusters(request), pk=pk)
    return _edit_project(request, ClusterProject(cluster=cluster))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.change_industrialcluster", raise_exception=True)
def project_edit(request, pk):
    return _edit_project(request, _visible_project(request, pk))


@require_POST
@permission_required("facilities.change_industrialcluster", raise_exception=True)
def project_delete(request, pk):
    """For a row written down by mistake; a project that ended has its last day."""
    project = _visible_project(request, pk)
    project.delete()
    messages.success(request, f"Đã xóa dự án {project}.")
    return redirect(carrying(request, project.cluster.get_absolute_url()))


def _visible_project(request, pk):
    projects = ClusterProject.objects.select_related("cluster")
    return get_object_or_404(projects.filter(cluster__in=visible_clusters(request)), pk=pk)


def _edit_project(request, project):
    form = ProjectForm(request.POST or None, instance=project, user=request.user)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            versions.check(project, request.POST.get("seen", ""))
            form.save()
        if not form.errors:
            messages.success(request, f"Đã lưu dự án {project}.")
            return redirect(carrying(request, project.cluster.get_absolute_url()))
    context = {"form": form, "cluster": project.cluster, "back": back_query(request), "seen": versions.newest(project)}
    context["others"] = versions.since(project, request.POST.get("seen", ""))
    return render(request, "facilities/cluster_project_form.html", context)
