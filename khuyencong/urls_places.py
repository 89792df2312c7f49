from django.urls import path

from khuyencong.views import places

app_name = "places"
urlpatterns = [
    path("", places.unit_list, name="unit-list"),
    path("<int:pk>/", places.unit_detail, name="unit-detail"),
    path("options/", places.unit_options, name="unit-options"),
    path("provinces/", places.province_list, name="province-list"),
]
