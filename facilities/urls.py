from django.urls import path

from facilities.views import cluster_figures, clusters, facilities, merges, villages

app_name = "facilities"
urlpatterns = [
    path("", facilities.facility_list, name="facility-list"),
    path("options/", facilities.facility_options, name="facility-options"),
    path("new/", facilities.facility_create, name="facility-create"),
    path("<int:pk>/", facilities.facility_detail, name="facility-detail"),
    path("<int:pk>/edit/", facilities.facility_edit, name="facility-edit"),
    path("<int:pk>/history/", facilities.facility_history, name="facility-history"),
    path("clusters/", clusters.cluster_list, name="cluster-list"),
    path("clusters/options/", clusters.cluster_options, name="cluster-options"),
    path("clusters/new/", clusters.cluster_create, name="cluster-create"),
    path("clusters/figures/", cluster_figures.cluster_figures, name="cluster-figures"),
    path("clusters/<int:pk>/", clusters.cluster_detail, name="cluster-detail"),
    path("clusters/<int:pk>/edit/", clusters.cluster_edit, name="cluster-edit"),
    path("clusters/<int:pk>/history/", clusters.cluster_history, name="cluster-history"),
    path("clusters/<int:pk>/figures/", cluster_figures.cluster_figures_edit, name="cluster-figures-edit"),
    path("clusters/<int:pk>/projects/new/", clusters.project_create, name="cluster-project-create"),
    path("clusters/projects/<int:pk>/edit/", clusters.project_edit, name="cluster-project-edit"),
    path("clusters/projects/<int:pk>/delete/", clusters.project_delete, name="cluster-project-delete"),
    path("villages/", villages.village_list, name="village-list"),
    path("villages/new/", villages.village_create, name="village-create"),
    path("villages/<int:pk>/", villages.village_detail, name="village-detail"),
    path("villages/<int:pk>/edit/", villages.village_edit, name="village-edit"),
    path("villages/<int:pk>/history/", villages.village_history, name="village-history"),
    path("duplicates/", merges.duplicate_list, name="duplicate-list"),
    path("duplicates/dismiss/", merges.duplicate_dismiss, name="duplicate-dismiss"),
    path("merges/", merges.merge_list, name="merge-list"),
    path("merges/preview/", merges.merge_preview, name="merge-preview"),
    path("merges/new/", merges.merge_create, name="merge-create"),
    path("merges/<int:pk>/undo/", merges.merge_undo, name="merge-undo"),
]
