from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.module_loading import autodiscover_modules


class KhuyencongConfig(AppConfig):
    name = "khuyencong"
    verbose_name = "Người dùng và địa bàn"

    def ready(self):
        """Every app's `search` module registers what the search box may find."""
        import_module("khuyencong.search.places")
        autodiscover_modules("search")


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site class, for reviewers and administrators."""

    default_site = "khuyencong.admin_site.PortalAdminSite"
