"""What staff type about a cluster and the projects inside it."""

from django import forms
from django.urls import reverse_lazy

from facilities.models import ClusterProject, Facility, IndustrialCluster
from facilities.placed_forms import PlacedForm, localized, not_negative
from khuyencong.forms import ConstrainedModelForm, vietnamese_field

AREAS = ("planned_area", "established_area", "detailed_plan_area", "industrial_land", "infrastructure_area")


class ClusterForm(PlacedForm):
    """A cluster from the plan to operation; each stage is empty until it is decided."""

    constraint_fields = PlacedForm.constraint_fields | {
        "cluster_name_once": "name",
        "cluster_planned_on_before_removed_on": "removed_on",
        "cluster_industrial_land_within_plan": "industrial_land",
        "cluster_planned_has_area": "planned_area",
        "cluster_established_has_decision": "establishment_number",
        **not_negative("cluster", *AREAS, "infrastructure_capital"),
    }

    class Meta:
        model = IndustrialCluster
        formfield_callback = vietnamese_field
        fields = [
            "name",
            "kind",
            "province",
            "commune",
            "former_district",
            "location",
            "planned_on",
            "plan_number",
            "planned_area",
            "removed_on",
            "established_on",
            "establishment_number",
            "established_area",
            "investor",
            "investor_kind",
            "detailed_plan_on",
            "detailed_plan_number",
            "detailed_plan_area",
            "industrial_land",
            "infrastructure_on",
            "infrastructure_number",
            "infrastructure_area",
            "infrastructure_capital",
            "operating_from",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["investor_kind"].choices = [("", "Chưa chọn"), *IndustrialCluster.Investor.choices]


class ProjectForm(ConstrainedModelForm):
    """A project inside a cluster; of a facility of the register when it is one."""

    constraint_fields = {
        "cluster_project_leased_on_before_ended_on": "ended_on",
        **not_negative("cluster_project", "land", "capital"),
    }

    class Meta:
        model = ClusterProject
        formfield_callback = vietnamese_field
        fields = [
            "name",
            "investor",
            "facility",
            "is_foreign",
            "land",
            "capital",
            "leased_on",
            "operating_from",
            "ended_on",
            "relocated_from",
        ]
        widgets = {
            "facility": forms.Select(
                attrs={"data-kc-select": "", "data-kc-select-url": reverse_lazy("facilities:facility-options")}
            )
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        localized(self.fields["land"])
        field = self.fields["facility"]
        field.queryset = Facility.objects.visible_to(user)
        field.widget.choices = [("", "Không chọn"), *self._chosen()]

    def _chosen(self):
        """Only the chosen facility is drawn; the others are asked for as one types."""
        chosen = str(self["facility"].value() or "")
        rows = self.fields["facility"].queryset.filter(pk=chosen) if chosen.isdecimal() else Facility.objects.none()
        return rows.values_list("pk", "name")
