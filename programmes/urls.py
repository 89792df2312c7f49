from django.urls import path

from programmes.views import commune_choices, plan_funding, schemes, steps

app_name = "programmes"
urlpatterns = [
    path("schemes/", schemes.scheme_list, name="scheme-list"),
    path("schemes/new/", schemes.scheme_create, name="scheme-create"),
    path("schemes/<int:pk>/", schemes.scheme_detail, name="scheme-detail"),
    path("schemes/<int:pk>/edit/", schemes.scheme_edit, name="scheme-edit"),
    path("schemes/<int:pk>/history/", schemes.scheme_history, name="scheme-history"),
    path("schemes/<int:pk>/delete/", schemes.scheme_delete, name="scheme-delete"),
    path("schemes/<int:pk>/submit/", steps.scheme_submit, name="scheme-submit"),
    path("schemes/<int:pk>/withdraw/", steps.scheme_withdraw, name="scheme-withdraw"),
    path("schemes/<int:pk>/start/", steps.scheme_start, name="scheme-start"),
    path("schemes/<int:pk>/accept/", steps.scheme_accept, name="scheme-accept"),
    path("schemes/<int:pk>/record/", steps.scheme_record, name="scheme-record"),
    path("commune-choices/", commune_choices.commune_choices, name="commune-choices"),
    path("plan-funding/", plan_funding.plan_funding_list, name="plan-funding-list"),
    path("plan-funding/new/", plan_funding.plan_funding_create, name="plan-funding-create"),
    path("plan-funding/<int:pk>/edit/", plan_funding.plan_funding_edit, name="plan-funding-edit"),
]
