"""Guards and people of the suite."""

import hypothesis
import pytest

from khuyencong.enums import Role
from tests.factories import UserFactory

hypothesis.settings.register_profile("suite", deadline=None)  # a busy machine is not a defect
hypothesis.settings.load_profile("suite")


@pytest.fixture
def staff(db):
    """A chuyên viên of Nghệ An."""
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def reviewer(db):
    return UserFactory(role=Role.REVIEWER)


@pytest.fixture
def leader(db):
    return UserFactory(role=Role.LEADER)


@pytest.fixture
def auditor(db):
    return UserFactory(role=Role.AUDITOR)


@pytest.fixture
def administrator(db):
    return UserFactory(role=Role.ADMINISTRATOR)


@pytest.fixture
def at_once(db):
    """Check deferred rules now, as the end of a transaction would."""
    from django.db import connection  # noqa: PLC0415  settings first

    return connection.check_constraints
