from django.urls import path

from facilities import views

app_name = "facilities"
urlpatterns = [
    path("", views.facility_list, name="facility-list"),
    path("options/", views.facility_options, name="facility-options"),
    path("new/", views.facility_create, name="facility-create"),
    path("<int:pk>/", views.facility_detail, name="facility-detail"),
    path("<int:pk>/edit/", views.facility_edit, name="facility-edit"),
    path("<int:pk>/history/", views.facility_history, name="facility-history"),
]
