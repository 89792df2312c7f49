"""Clusters and villages, read only for reviewers and auditors; what the law calls a cluster, for national administrators."""

from django.contrib import admin

from facilities.clusters.figures_forms import NUMBERS
from facilities.models import ClusterDefinition, ClusterFigures, ClusterProject, CraftVillage, IndustrialCluster
from khuyencong.admin_base import PlainYearMixin, ReadOnlyMixin, ScopedInline, ScopedModelAdmin


class PartInline(ScopedInline):
    """Parts of a cluster: who may look at it may look at them."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("facilities.view_industrialcluster")

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class FiguresInline(PlainYearMixin, PartInline):
    model = ClusterFigures
    fields = ["in_year", "half", *NUMBERS, "wastewater", "note"]


class ProjectInline(PartInline):
    model = ClusterProject


@admin.register(IndustrialCluster)
class IndustrialClusterAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """Staff keep the clusters in the portal."""

    fields = [
        field.name
        for field in IndustrialCluster._meta.fields
        if field.editable and field.name not in {"id", "search_key", "sort_key"}
    ]
    inlines = [FiguresInline, ProjectInline]
    list_display = ["name", "kind", "stage_label", "planned_area", "established_area", "commune", "province"]
    list_filter = ["kind", "investor_kind", "province"]
    list_select_related = ["province", "commune"]
    search_fields = ["search_key"]

    def history_events(self, obj):
        """With the versions of its figures and projects."""
        parts = (ClusterFigures, ClusterProject)
        return [obj.events.all(), *(part.pgh_event_model.objects.filter(cluster=obj.pk) for part in parts)]

    @admin.display(description="giai đoạn")
    def stage_label(self, cluster):
        return cluster.stage


@admin.register(CraftVillage)
class CraftVillageAdmin(ReadOnlyMixin, ScopedModelAdmin):
    """Staff keep the villages in the portal."""

    fields = [
        "name",
        "kind",
        "province",
        "commune",
        "former_district",
        "trades",
        "products",
        "recognition_number",
        "recognized_on",
        "revoked_on",
        "households",
        "workers",
        "facility",
        "note",
    ]
    list_display = ["name", "kind", "recognition_number", "recognized_on", "commune", "province"]
    list_filter = ["kind", "trades", "province"]
    list_select_related = ["province", "commune"]
    search_fields = ["search_key"]


@admin.register(ClusterDefinition)
class ClusterDefinitionAdmin(ScopedModelAdmin):
    is_national = True
    list_display = ["document", "valid_from", "least_area", "least_area_special", "most_area", "is_verified"]
    search_fields = ["document"]
