from django.urls import path

from khuyencong.views import places

app_name = "places"
urlpatterns = [
    path("options/", places.unit_options, name="unit-options"),
]
