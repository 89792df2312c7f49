"""The admin site: the reviewers' and administrators' workshop."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from khuyencong.admin_base import ScopedModelAdmin


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that waits for someone: how much, since when (None when nothing waits), and where it is done."""

    label: str
    count: int
    since: datetime | None
    url: str


class PortalAdminSite(admin.AdminSite):
    """Django's admin in Vietnamese, for people whose role works there.

    `waiting` holds functions `request -> Waiting | None` that apps add for the first page.
    """

    site_header = "Khuyến công: thẩm định và quản trị"
    site_title = "Khuyến công"
    index_title = "Công việc"
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = []

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only pages that keep to a person's provinces; those of third-party packages do not."""
        if admin_class is not None and issubclass(admin_class, ScopedModelAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self):
        """Without "view on site", which would tell whether another province's row exists."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def get_app_list(self, request, app_label=None):
        """In the order of registration, the daily work first."""
        return list(self._build_app_dict(request, app_label).values())[::-1]

    def index(self, request, extra_context=None):
        found = [work for ask in self.waiting if (work := ask(request)) is not None]
        return super().index(request, {"waiting": found} | (extra_context or {}))

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """There is one login page, the portal's, with its throttling; who is signed in without work here gets 403."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        target = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(target, resolve_url(settings.LOGIN_URL))

    def logout(self, request, extra_context=None):
        return LogoutView.as_view()(request)

    def password_change(self, request, extra_context=None):
        return redirect("password_change")

    def password_change_done(self, request, extra_context=None):
        return redirect("password_change_done")
