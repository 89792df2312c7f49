"""Faults of accounts."""

import datetime

from django.utils import timezone

from tests.factories import UserFactory
from tests.faults.places import ended_province
from tests.faults.planting import fault, stamp


@fault("user-of-ended-province")
def _():
    UserFactory(province=ended_province())


@fault("user-login-twice")
def _():
    UserFactory(username="canbo"), UserFactory(username="CanBo")


@fault("user-name-given", "khuyencong_user.user_full_name_given")
def _():
    UserFactory(full_name="")


@fault("user-stamped-in-future")
def _():
    stamp(UserFactory(), password_set_at=timezone.now() + datetime.timedelta(days=1))
