from django.urls import path

from programmes.budgets import views as budgets
from programmes.ceilings import planned
from programmes.dossier import views as dossier
from programmes.ledger import views as ledger
from programmes.monitoring import views as monitoring
from programmes.targets import views as targets
from programmes.views import commune_choices, plan, plan_funding, scheme_form, schemes, steps
from programmes.warnings import views as warnings

app_name = "programmes"
urlpatterns = [
    path("schemes/", schemes.scheme_list, name="scheme-list"),
    path("schemes/new/", scheme_form.scheme_create, name="scheme-create"),
    path("schemes/<int:pk>/", schemes.scheme_detail, name="scheme-detail"),
    path("schemes/<int:pk>/edit/", scheme_form.scheme_edit, name="scheme-edit"),
    path("schemes/<int:pk>/history/", schemes.scheme_history, name="scheme-history"),
    path("schemes/<int:pk>/delete/", schemes.scheme_delete, name="scheme-delete"),
    path("schemes/<int:pk>/submit/", steps.scheme_submit, name="scheme-submit"),
    path("schemes/<int:pk>/withdraw/", steps.scheme_withdraw, name="scheme-withdraw"),
    path("schemes/<int:pk>/start/", steps.scheme_start, name="scheme-start"),
    path("schemes/<int:pk>/step/", steps.scheme_step, name="scheme-step"),
    path("schemes/<int:pk>/plan/", plan.scheme_plan, name="scheme-plan"),
    path("schemes/<int:pk>/beyond/", planned.scheme_beyond, name="scheme-beyond"),
    path("schemes/<int:pk>/accept/", steps.scheme_accept, name="scheme-accept"),
    path("schemes/<int:pk>/record/", steps.scheme_record, name="scheme-record"),
    path("schemes/<int:pk>/monitoring/", monitoring.monitoring_edit, name="monitoring-edit"),
    path("schemes/<int:pk>/ledger/new/", ledger.entry_create, name="ledger-entry-create"),
    path("ledger/", ledger.ledger_list, name="ledger-list"),
    path("ledger/<int:pk>/reverse/", ledger.entry_reverse, name="ledger-entry-reverse"),
    path("reconciliation/", ledger.reconciliation_page, name="reconciliation"),
    path("warnings/", warnings.warning_list, name="warning-list"),
    path("warnings/decide/", warnings.warning_decide, name="warning-decide"),
    path("monitoring/", monitoring.monitoring_list, name="monitoring-list"),
    path("schemes/<int:pk>/dossier/", dossier.dossier_add, name="dossier-add"),
    path("schemes/<int:pk>/dossier/archive/", dossier.dossier_archive, name="dossier-archive"),
    path("schemes/<int:pk>/dossier/print/", dossier.dossier_print, name="dossier-print"),
    path("schemes/<int:pk>/dossier/paper/", dossier.dossier_paper, name="dossier-paper"),
    path("documents/<int:pk>/", dossier.document_download, name="document-download"),
    path("documents/<int:pk>/withdraw/", dossier.document_withdraw, name="document-withdraw"),
    path("commune-choices/", commune_choices.commune_choices, name="commune-choices"),
    path("plan-funding/", plan_funding.plan_funding_list, name="plan-funding-list"),
    path("plan-funding/new/", plan_funding.plan_funding_create, name="plan-funding-create"),
    path("plan-funding/<int:pk>/edit/", plan_funding.plan_funding_edit, name="plan-funding-edit"),
    path("budgets/", budgets.budget_list, name="budget-list"),
    path("budgets/new/", budgets.allocation_create, name="allocation-create"),
    path("budgets/<int:pk>/edit/", budgets.allocation_edit, name="allocation-edit"),
    path("budgets/<int:pk>/delete/", budgets.allocation_delete, name="allocation-delete"),
    path("programmes/", targets.programme_list, name="programme-list"),
    path("programmes/new/", targets.programme_create, name="programme-create"),
    path("programmes/<int:pk>/", targets.programme_detail, name="programme-detail"),
    path("programmes/<int:pk>/edit/", targets.programme_edit, name="programme-edit"),
    path("programmes/<int:pk>/groups/new/", targets.group_create, name="group-create"),
    path("programmes/groups/<int:pk>/edit/", targets.group_edit, name="group-edit"),
    path("programmes/groups/<int:pk>/delete/", targets.group_delete, name="group-delete"),
    path("programmes/<int:pk>/targets/new/", targets.target_create, name="target-create"),
    path("programmes/targets/<int:pk>/edit/", targets.target_edit, name="target-edit"),
    path("programmes/targets/<int:pk>/delete/", targets.target_delete, name="target-delete"),
    path("programmes/targets/<int:pk>/figures/", targets.target_figures, name="target-figures"),
]
