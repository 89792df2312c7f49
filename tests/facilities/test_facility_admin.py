"""The register in the admin: to be read, with the figures of each year."""

import pytest
from django.urls import reverse

from facilities.models import FacilityYear
from tests.factories import FacilityFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db


def test_an_auditor_reads_a_facility_with_its_years_and_changes_nothing(client, auditor):
    facility = FacilityFactory(name="Chè Thanh Chương", capital=3_500_000_000, province=auditor.province)
    FacilityYear.objects.create(facility=facility, year=2024, revenue=1_250_000_000)
    client.force_login(auditor)

    page = soup(client.get(reverse("admin:facilities_facility_change", args=[facility.pk])))

    text = page.select_one("#content").get_text(" ", strip=True)
    assert all(words in text for words in ("Chè Thanh Chương", "3.500.000.000", "1.250.000.000"))
    assert page.select("#content [type=submit], #content input[name^=years]:not([type=hidden])") == []
