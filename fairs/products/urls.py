"""Addresses of this part; `fairs.urls` joins them."""

from django.urls import path

from fairs.views import certificates, commendations, holder_reports, photos, products

urlpatterns = [
    path("products/", products.product_list, name="product-list"),
    path("products/options/", products.product_options, name="product-options"),
    path("products/new/", products.product_create, name="product-create"),
    path("products/<int:pk>/", products.product_detail, name="product-detail"),
    path("products/<int:pk>/edit/", products.product_edit, name="product-edit"),
    path("products/<int:pk>/history/", products.product_history, name="product-history"),
    path("products/<int:pk>/delete/", products.product_delete, name="product-delete"),
    path("products/<int:pk>/photos/new/", photos.photo_create, name="photo-create"),
    path("products/photos/<int:pk>/", photos.photo_file, name="photo-file"),
    path("products/photos/<int:pk>/thumbnail/", photos.photo_thumbnail, name="photo-thumbnail"),
    path("products/photos/<int:pk>/delete/", photos.photo_delete, name="photo-delete"),
    path("products/certificates/", certificates.certificate_list, name="certificate-list"),
    path("products/certificates/<int:pk>/", certificates.certificate_detail, name="certificate-detail"),
    path("products/certificates/<int:pk>/history/", certificates.certificate_history, name="certificate-history"),
    path("products/certificates/<int:pk>/paper/", certificates.certificate_paper, name="certificate-paper"),
    path("products/reports/", holder_reports.holder_report_list, name="holder-report-list"),
    path("products/reports/new/", holder_reports.holder_report_create, name="holder-report-create"),
    path("products/reports/<int:pk>/edit/", holder_reports.holder_report_edit, name="holder-report-edit"),
    path("products/reports/<int:pk>/history/", holder_reports.holder_report_history, name="holder-report-history"),
    path("products/reports/<int:pk>/delete/", holder_reports.holder_report_delete, name="holder-report-delete"),
    path("commendations/", commendations.commendation_list, name="commendation-list"),
    path("commendations/new/", commendations.commendation_create, name="commendation-create"),
    path("commendations/<int:pk>/edit/", commendations.commendation_edit, name="commendation-edit"),
    path("commendations/<int:pk>/history/", commendations.commendation_history, name="commendation-history"),
    path("commendations/<int:pk>/delete/", commendations.commendation_delete, name="commendation-delete"),
]
