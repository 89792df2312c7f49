from django.urls import path

from reports import exports, views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report-list"),
    path("schemes.xlsx", exports.scheme_export, name="scheme-export"),
    path("new/", views.report_request, name="report-request"),
    path("<int:pk>/", views.report_detail, name="report-detail"),
    path("<int:pk>/progress/", views.report_progress, name="report-progress"),
    path("<int:pk>/file/", views.report_download, name="report-download"),
    path("<int:pk>/retry/", views.report_retry, name="report-retry"),
    path("<int:pk>/cancel/", views.report_cancel, name="report-cancel"),
]
