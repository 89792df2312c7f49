"""Schemes under review and who reads them."""

import pytest

from tests.factories import FacilityFactory, SchemeFactory
from tests.programmes.reviewing import MONEY


@pytest.fixture
def submitted(db):
    """A scheme that waits for its decision, with one beneficiary."""
    facility = FacilityFactory(name="Cơ sở chè mẫu")
    return SchemeFactory(name="Máy sao chè", money=MONEY, benefits={facility: 100_000_000}, state="submitted")


@pytest.fixture
def reading(client, reviewer):
    """The browser of a reviewer."""
    client.force_login(reviewer)
    return client
