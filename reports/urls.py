from django.urls import path

from reports import (
    budget_exports,
    cluster_exports,
    exports,
    facility_exports,
    fair_exports,
    ledger_exports,
    monitoring_exports,
    territory_table,
    views,
)

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report-list"),
    path("clusters.xlsx", cluster_exports.cluster_export, name="cluster-export"),
    path("clusters/form-03.xlsx", cluster_exports.cluster_form_03, name="cluster-form-03"),
    path("schemes.xlsx", exports.scheme_export, name="scheme-export"),
    path("monitoring.xlsx", monitoring_exports.monitoring_export, name="monitoring-export"),
    path("ledger.xlsx", ledger_exports.ledger_export, name="ledger-export"),
    path("reconciliation.xlsx", ledger_exports.reconciliation_export, name="reconciliation-export"),
    path("budgets.xlsx", budget_exports.budget_export_file, name="budget-export"),
    path("programmes/<int:pk>.xlsx", budget_exports.programme_export_file, name="programme-export"),
    path("facilities.xlsx", facility_exports.facility_export, name="facility-export"),
    path("events.xlsx", fair_exports.event_export, name="event-export"),
    path("deals.xlsx", fair_exports.deal_export, name="deal-export"),
    path("certificates.xlsx", fair_exports.certificate_export, name="certificate-export"),
    path("commendations.xlsx", fair_exports.commendation_export, name="commendation-export"),
    path("funnel.xlsx", fair_exports.funnel_export, name="funnel-export"),
    path("territories/", territory_table.territory_table, name="territory-table"),
    path("territories.xlsx", territory_table.territory_export, name="territory-export"),
    path("new/", views.report_request, name="report-request"),
    path("<int:pk>/", views.report_detail, name="report-detail"),
    path("<int:pk>/progress/", views.report_progress, name="report-progress"),
    path("<int:pk>/file/", views.report_download, name="report-download"),
    path("<int:pk>/retry/", views.report_retry, name="report-retry"),
    path("<int:pk>/cancel/", views.report_cancel, name="report-cancel"),
]
