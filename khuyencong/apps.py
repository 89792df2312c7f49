from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class KhuyencongConfig(AppConfig):
    name = "khuyencong"
    verbose_name = "Người dùng và địa bàn"


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site class, for reviewers and administrators."""

    default_site = "khuyencong.admin_site.PortalAdminSite"
