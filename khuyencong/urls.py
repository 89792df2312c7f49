"""Addresses. Apps are named by string; each has its own urls.py."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path
from django.utils.module_loading import import_string

from khuyencong import views
from khuyencong.views.search import search_page

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("login/", auth_views.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("password/", auth_views.PasswordChangeView.as_view(), name="password_change"),
    path("password/done/", auth_views.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("amount-in-words/", views.amount_in_words, name="amount-in-words"),
    path("search/", search_page, name="search"),
    path("", import_string("programmes.views.worktable.home"), name="home"),
    path("", include("programmes.urls")),
    path("places/", include("khuyencong.urls_places")),
    path("notices/", include("khuyencong.urls_notices")),
    path("delegations/", include("khuyencong.urls_delegations")),
    path("facilities/", include("facilities.urls")),
    path("", include("fairs.urls")),
    path("reports/", include("reports.urls")),
    path("admin/", admin.site.urls),
]
