from django.urls import path

from khuyencong.views import delegations

app_name = "delegations"
urlpatterns = [
    path("", delegations.delegation_list, name="list"),
    path("end/", delegations.delegation_end, name="end"),
]
