"""Closed lists that more than one module uses."""

from django.db import models


class Role(models.TextChoices):
    """What a person does in the portal (`khuyencong.scope` says what each may do)."""

    STAFF = "staff", "Chuyên viên"
    REVIEWER = "reviewer", "Thẩm định"
    LEADER = "leader", "Lãnh đạo"
    AUDITOR = "auditor", "Thanh tra"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"
