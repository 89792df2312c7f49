"""What staff type about a cluster and the projects inside it."""

from django import forms
from django.db.models import Q

from facilities.models import ClusterProject, Facility, IndustrialCluster
from facilities.placed_forms import PlacedForm, localized, not_negative
from facilities.selects import TypedSelect
from khuyencong.forms import ConstrainedModelForm, vietnamese_field

AREAS = ("planned_area", "established_area", "detailed_plan_area", "industrial_land", "infrastructure_area")


class ClusterForm(PlacedForm):
    """A cluster from the plan to operation; each stage is empty until it is decided."""

    constraint_fields = PlacedForm.constraint_fields | {
        "cluster_name_once": "name",
        "cluster_planned_on_before_removed_on": "removed_on",
        "cluster_industrial_land_within_plan": "industrial_land",
        "cluster_land_holds_leased": "industrial_land",
        "cluster_stays_with_facilities": "province",
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
        "project_facility_of_province": "facility",
        "cluster_project_of_standing": "facility",
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
        widgets = {"facility": TypedSelect("facilities:facility-options")}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        localized(self.fields["land"])
        kept = Q(merged_into__isnull=True) | Q(pk=self.instance.facility_id)  # a row written before a merge stays
        self.fields["facility"].queryset = Facility.objects.visible_to(user).filter(kept)
